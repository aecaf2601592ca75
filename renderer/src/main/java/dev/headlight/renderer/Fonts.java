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
   * @param text what to draw; boxes stand for characters without a glyph
   * @param font its font
   */
  public record Run(String text, Font font) {
    /** Advance width in the unit of the font size. */
    public double width() {
      return font.getStringBounds(text, UNHINTED).getWidth();
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

  /** Cuts a text into runs of one font each, in reading order of the string. */
  public static List<Run> runs(String text, Face face, float size) {
    List<Run> runs = new ArrayList<>();
    StringBuilder run = new StringBuilder();
    Font wanted = font(face, size);
    Font current = wanted;
    for (int at = 0; at < text.length(); ) {
      int codePoint = text.codePointAt(at);
      at += Character.charCount(codePoint);
      Font font = joins(codePoint) && run.length() > 0 ? current : find(codePoint, face, size);
      String drawn = font == null ? MISSING : Character.toString(codePoint);
      Font next = font == null ? wanted : font;
      if (!next.equals(current) && run.length() > 0) {
        runs.add(new Run(run.toString(), current));
        run.setLength(0);
      }
      current = next;
      run.append(drawn);
    }
    if (run.length() > 0) {
      runs.add(new Run(run.toString(), current));
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

  private static Font find(int codePoint, Face face, float size) {
    Font own = font(face, size);
    if (own.canDisplay(codePoint)) {
      return own;
    }
    Face other = face == Face.JETBRAINS_MONO ? Face.INTER : Face.JETBRAINS_MONO;
    if (font(other, size).canDisplay(codePoint)) {
      return font(other, size);
    }
    return PLATFORM
        .computeIfAbsent(codePoint, Fonts::platform)
        .map(font -> font.deriveFont(size))
        .orElse(null);
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
