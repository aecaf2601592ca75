package dev.headlight.renderer.figure;

import dev.headlight.renderer.Fonts;
import dev.headlight.renderer.Fonts.Face;
import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.font.GlyphVector;
import java.io.File;
import java.io.IOException;
import java.util.Locale;
import org.apache.fontbox.ttf.OS2WindowsMetricsTable;
import org.apache.fontbox.ttf.OTFParser;
import org.apache.fontbox.ttf.OpenTypeFont;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeCollection;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.io.RandomAccessReadBufferedFile;

/**
 * One font program. What measures and draws pixels is what a file embeds, so that all formats show
 * the same glyphs in the same places.
 */
final class Typeface {
  /** Unhinted, with fractions: the widths that the font itself states. */
  static final FontRenderContext UNHINTED = new FontRenderContext(null, true, true);

  private static final int REGULAR = 400;

  private final String family;
  private final int weight;
  private final Font font;
  private final Program program;
  private Boolean embeddable;

  /** Opens the font's file; the caller closes it. */
  @FunctionalInterface
  private interface Program {
    TrueTypeFont open() throws IOException;
  }

  private Typeface(String family, int weight, Font font, Program program) {
    this.family = family;
    this.weight = weight;
    this.font = font;
    this.program = program;
  }

  static Typeface bundled(Face face) {
    return new Typeface(
        face.family(),
        face.weight(),
        Fonts.font(face, 1),
        () -> new TTFParser().parse(new RandomAccessReadBuffer(face.open())));
  }

  /** A font of a file that the system has. */
  static Typeface installed(Font font, File file) {
    return new Typeface(font.getFamily(Locale.ROOT), REGULAR, font, () -> open(font, file));
  }

  private static TrueTypeFont open(Font font, File file) throws IOException {
    String name = file.getName().toLowerCase(Locale.ROOT);
    if (name.endsWith(".ttc") || name.endsWith(".otc")) {
      TrueTypeFont member = new TrueTypeCollection(file).getFontByName(font.getPSName());
      if (member == null) {
        throw new IOException(file + " holds no font " + font.getPSName());
      }
      return member;
    }
    TTFParser parser = name.endsWith(".otf") ? new OTFParser() : new TTFParser();
    return parser.parse(new RandomAccessReadBufferedFile(file));
  }

  /** Family name, as in CSS. */
  String family() {
    return family;
  }

  /** Weight, as in CSS. */
  int weight() {
    return weight;
  }

  /** At a size. */
  Font font(double size) {
    return font.deriveFont((float) size);
  }

  /** The font's tables; the caller closes them. */
  TrueTypeFont open() throws IOException {
    return program.open();
  }

  /** Whether there is a glyph, and one with an outline: bitmaps cannot be embedded or scaled. */
  boolean draws(int codePoint) {
    if (!font.canDisplay(codePoint)) {
      return false;
    }
    if (Character.isSpaceChar(codePoint) || Typefaces.isInvisibleJoiner(codePoint)) {
      return true;
    }
    GlyphVector glyphs =
        font.deriveFont(16f).createGlyphVector(UNHINTED, Character.toString(codePoint));
    return !glyphs.getVisualBounds().isEmpty();
  }

  /** Whether a file may hold a part of it: TrueType outlines, and its maker permits it. */
  synchronized boolean embeddable() {
    if (embeddable == null) {
      try (TrueTypeFont ttf = open()) {
        embeddable = !isPostScript(ttf) && permitted(ttf.getOS2Windows());
      } catch (IOException e) {
        // Then its outlines are drawn instead.
        embeddable = false;
      }
    }
    return embeddable;
  }

  private static boolean isPostScript(TrueTypeFont ttf) {
    return ttf instanceof OpenTypeFont openType && openType.isPostScript();
  }

  private static boolean permitted(OS2WindowsMetricsTable table) {
    if (table == null) {
      return true;
    }
    int licence = table.getFsType();
    int level = licence & 0x0f;
    boolean restricted = level == OS2WindowsMetricsTable.FSTYPE_RESTRICTED;
    int partial =
        OS2WindowsMetricsTable.FSTYPE_NO_SUBSETTING | OS2WindowsMetricsTable.FSTYPE_BITMAP_ONLY;
    return !restricted && (licence & partial) == 0;
  }
}
