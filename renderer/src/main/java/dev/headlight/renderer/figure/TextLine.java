package dev.headlight.renderer.figure;

import dev.headlight.renderer.Fonts.Face;
import java.awt.Font;
import java.awt.font.GlyphVector;
import java.text.Bidi;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A text with its glyphs and their places, in points from the start of the baseline. Characters
 * that no font has stand as their framed code, such as U+4E2D; nothing is ever left out.
 *
 * @param runs from left to right
 * @param width advance in points
 */
record TextLine(List<Run> runs, double width) {
  private static final double CODE_SIZE = 0.66;
  private static final double CODE_PADDING = 0.12;
  private static final double CODE_RISE = 0.07;
  private static final double FRAME_ASCENT = 0.68;
  private static final double FRAME_DESCENT = 0.12;

  /**
   * Glyphs of one font.
   *
   * @param text what the glyphs show
   * @param source what was asked for; differs from {@code text} for a code
   * @param size in points
   * @param x start on the line
   * @param rise of the baseline above the line's
   * @param shaped whether the glyphs are more than one after the other: joined, marked, reordered
   * @param frame around a code, relative to the start of the line
   */
  record Run(
      String text,
      String source,
      Typeface typeface,
      double size,
      double x,
      double rise,
      GlyphVector glyphs,
      boolean shaped,
      Optional<Box> frame) {

    double width() {
      return glyphs.getGlyphPosition(glyphs.getNumGlyphs()).getX();
    }
  }

  /** Copies the list. */
  TextLine {
    runs = List.copyOf(runs);
  }

  /** Lays a text out. */
  static TextLine of(String text, Face face, double size) {
    String shown = withPictures(text, face);
    List<Part> parts = new ArrayList<>();
    for (Part part : Part.split(shown, face)) {
      parts.addAll(directed(part, shown));
    }
    Part[] ordered = parts.toArray(Part[]::new);
    byte[] levels = new byte[ordered.length];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (byte) ordered[i].level();
    }
    Bidi.reorderVisually(levels, 0, ordered, 0, ordered.length);
    List<Run> runs = new ArrayList<>();
    double x = 0;
    for (Part part : ordered) {
      Run run = part.typeface() == null ? code(part, size, x) : run(part, size, x);
      runs.add(run);
      x += run.width() + (part.typeface() == null ? 4 * CODE_PADDING * size : 0);
    }
    return new TextLine(runs, x);
  }

  /** Control characters as their pictures (␊) where a font has them. */
  private static String withPictures(String text, Face face) {
    StringBuilder shown = new StringBuilder(text);
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        String picture = Text.visible(text.substring(i, i + 1));
        if (Typefaces.find(picture, face).isPresent()) {
          shown.replace(i, i + 1, picture);
        }
      }
    }
    return shown.toString();
  }

  /** A part cut where the direction of writing changes. */
  private static List<Part> directed(Part part, String text) {
    char[] characters = text.toCharArray();
    if (!Bidi.requiresBidi(characters, 0, characters.length)) {
      return List.of(part);
    }
    Bidi bidi = new Bidi(text, Bidi.DIRECTION_DEFAULT_LEFT_TO_RIGHT);
    List<Part> pieces = new ArrayList<>();
    int from = part.start();
    int end = part.start() + part.text().length();
    while (from < end) {
      int level = bidi.getLevelAt(from);
      int to = from + 1;
      while (to < end && bidi.getLevelAt(to) == level) {
        to++;
      }
      pieces.add(new Part(text.substring(from, to), from, part.typeface(), level));
      from = to;
    }
    return pieces;
  }

  private static Run run(Part part, double size, double x) {
    char[] characters = part.text().toCharArray();
    Font font = part.typeface().font(size);
    boolean shaped =
        part.level() % 2 == 1 || Font.textRequiresLayout(characters, 0, characters.length);
    GlyphVector glyphs =
        shaped
            ? font.layoutGlyphVector(
                Typeface.UNHINTED,
                characters,
                0,
                characters.length,
                part.level() % 2 == 1 ? Font.LAYOUT_RIGHT_TO_LEFT : Font.LAYOUT_LEFT_TO_RIGHT)
            : font.createGlyphVector(Typeface.UNHINTED, characters);
    return new Run(
        part.text(), part.text(), part.typeface(), size, x, 0, glyphs, shaped, Optional.empty());
  }

  private static Run code(Part part, double size, double x) {
    Typeface mono = Typefaces.of(Face.JETBRAINS_MONO);
    String code = String.format(Locale.ROOT, "U+%04X", part.text().codePointAt(0));
    double small = CODE_SIZE * size;
    GlyphVector glyphs = mono.font(small).createGlyphVector(Typeface.UNHINTED, code);
    double width = glyphs.getGlyphPosition(glyphs.getNumGlyphs()).getX();
    double gap = CODE_PADDING * size;
    Box frame =
        new Box(
            x + gap, -FRAME_ASCENT * size, width + 2 * gap, (FRAME_ASCENT + FRAME_DESCENT) * size);
    return new Run(
        code,
        part.text(),
        mono,
        small,
        x + 2 * gap,
        CODE_RISE * size,
        glyphs,
        false,
        Optional.of(frame));
  }
}
