package dev.headlight.renderer;

import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.GraphicsEnvironment;
import java.awt.font.FontRenderContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The bundled typefaces (SIL OFL 1.1) and, character by character, the platform's fonts where they
 * lack a script. A character that no font has is drawn as a box, never dropped.
 */
public final class Fonts {
  /** What is drawn for a character without a glyph. */
  public static final String MISSING = "\u25a1";

  private static final FontRenderContext UNHINTED = new FontRenderContext(null, true, true);
  private static final Map<Face, Font> BASE = new ConcurrentHashMap<>();
  private static final Map<Integer, Optional<Font>> PLATFORM = new ConcurrentHashMap<>();

  private Fonts() {}

  /** The bundled faces. */
  public enum Face {
    /** Inter 4 Regular: all text. */
    INTER("Inter-Regular.ttf", "Inter", 400),
    /** Inter 4 SemiBold: titles. */
    INTER_SEMIBOLD("Inter-SemiBold.ttf", "Inter", 600),
    /** JetBrains Mono 2 Regular: tokens and commands. */
    JETBRAINS_MONO("JetBrainsMono-Regular.ttf", "JetBrains Mono", 400);

    private final String file;
    private final String family;
    private final int weight;

    Face(String file, String family, int weight) {
      this.file = file;
      this.family = family;
      this.weight = weight;
    }

    /** Family name, as in CSS. */
    public String family() {
      return family;
    }

    /** Weight, as in CSS: 400 or 600. */
    public int weight() {
      return weight;
    }

    /** The TrueType file, for other tool-kits; the caller closes it. */
    public InputStream open() {
      InputStream in = Fonts.class.getResourceAsStream("fonts/" + file);
      if (in == null) {
        throw new IllegalStateException("the font " + file + " is missing from the jar");
      }
      return in;
    }
  }

  /**
   * A piece of text that one font can draw.
   *
   * @param text the characters
   * @param font their font
   * @param missing whether no font has these characters
   */
  public record Run(String text, Font font, boolean missing) {
    /** What to draw: the text, or a box for each character without a glyph. */
    public String drawn() {
      return missing ? MISSING.repeat(text.codePointCount(0, text.length())) : text;
    }

    /** Advance width in the unit of the font size. */
    public double width() {
      return font.getStringBounds(drawn(), UNHINTED).getWidth();
    }

    private boolean looksLike(Run other) {
      return font.equals(other.font) && missing == other.missing;
    }

    private Run plus(String more) {
      return new Run(text + more, font, missing);
    }
  }

  /** A face at a size. */
  public static Font font(Face face, float size) {
    return BASE.computeIfAbsent(face, Fonts::load).deriveFont(size);
  }

  private static Font load(Face face) {
    try (InputStream in = face.open()) {
      return Font.createFont(Font.TRUETYPE_FONT, in);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the font " + face.family(), e);
    } catch (FontFormatException e) {
      throw new IllegalStateException("the font " + face.family() + " is damaged", e);
    } catch (LinkageError | InternalError e) {
      // Java without the system's font libraries, as in bare containers.
      throw new UncheckedIOException(
          "this Java cannot measure text: install the fontconfig and freetype libraries and a font",
          new IOException(e));
    }
  }

  /** Advance width of a text, fallback fonts included, in the unit of the size. */
  public static double width(String text, Face face, float size) {
    double width = 0;
    for (Run run : runs(text, face, size)) {
      width += run.width();
    }
    return width;
  }

  /** Cuts a text into runs of one font each, in the order of the string. */
  public static List<Run> runs(String text, Face face, float size) {
    List<Run> runs = new ArrayList<>();
    for (int at = 0; at < text.length(); ) {
      int codePoint = text.codePointAt(at);
      at += Character.charCount(codePoint);
      String character = Character.toString(codePoint);
      int last = runs.size() - 1;
      if (last >= 0 && joins(codePoint)) {
        runs.set(last, runs.get(last).plus(character));
        continue;
      }
      Run run = find(codePoint, face, size);
      if (last >= 0 && run.looksLike(runs.get(last))) {
        runs.set(last, runs.get(last).plus(character));
      } else {
        runs.add(run);
      }
    }
    return runs;
  }

  /** Marks, joiners and variation selectors belong to the character before them. */
  private static boolean joins(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT;
  }

  private static Run find(int codePoint, Face face, float size) {
    String text = Character.toString(codePoint);
    Face other = face == Face.JETBRAINS_MONO ? Face.INTER : Face.JETBRAINS_MONO;
    for (Face bundled : List.of(face, other)) {
      if (font(bundled, size).canDisplay(codePoint)) {
        return new Run(text, font(bundled, size), false);
      }
    }
    return PLATFORM
        .computeIfAbsent(codePoint, Fonts::platform)
        .map(font -> new Run(text, font.deriveFont(size), false))
        .orElseGet(() -> new Run(text, font(face, size), true));
  }

  private static Optional<Font> platform(int codePoint) {
    Font logical = new Font(Font.SANS_SERIF, Font.PLAIN, 1);
    if (logical.canDisplay(codePoint)) {
      return Optional.of(logical);
    }
    for (Font font : GraphicsEnvironment.getLocalGraphicsEnvironment().getAllFonts()) {
      if (font.canDisplay(codePoint)) {
        return Optional.of(font);
      }
    }
    return Optional.empty();
  }
}
