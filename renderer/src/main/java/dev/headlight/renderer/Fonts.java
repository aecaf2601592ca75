package dev.headlight.renderer;

import java.awt.Font;
import java.awt.FontFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The bundled typefaces (SIL OFL 1.1). */
public final class Fonts {
  private static final Map<Face, Font> BASE = new ConcurrentHashMap<>();

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
}
