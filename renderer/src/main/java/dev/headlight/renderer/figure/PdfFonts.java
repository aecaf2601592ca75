package dev.headlight.renderer.figure;

import java.awt.font.GlyphVector;
import java.awt.geom.Point2D;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/** The fonts of a page; of each only the glyphs that are shown are embedded. */
final class PdfFonts implements AutoCloseable {
  /** Java marks glyphs that are not there, such as joiners, with numbers beyond any font's. */
  private static final int FIRST_INVISIBLE = 0xfffe;

  /** Glyphs that stand where the one before ends, up to this share of the size, need no place. */
  private static final double SAME_PLACE = 1e-3;

  private final PDDocument document;
  private final PDResources resources;
  private final Map<Typeface, Loaded> fonts = new LinkedHashMap<>();

  /** A font of this document. */
  private record Loaded(PDType0Font font, COSName name, TrueTypeFont ttf, Set<Integer> glyphs) {
    double advance(int glyph, double size) throws IOException {
      return (double) ttf.getAdvanceWidth(glyph) / ttf.getUnitsPerEm() * size;
    }
  }

  PdfFonts(PDDocument document, PDResources resources) {
    this.document = document;
    this.resources = resources;
  }

  /** Writes the glyphs of a run; its font's number of a glyph is its code. */
  void show(TextLine.Run run, StringBuilder out) throws IOException {
    Loaded font = load(run.typeface());
    out.append("BT /%s %s Tf\n".formatted(font.name.getName(), PdfSurface.number(run.size())));
    GlyphVector glyphs = run.glyphs();
    StringBuilder hex = new StringBuilder();
    double pen = Double.NaN;
    double line = 0;
    for (int i = 0; i < glyphs.getNumGlyphs(); i++) {
      int glyph = glyphs.getGlyphCode(i);
      if (glyph >= FIRST_INVISIBLE) {
        continue;
      }
      Point2D at = glyphs.getGlyphPosition(i);
      boolean follows =
          Math.abs(at.getX() - pen) < SAME_PLACE * run.size()
              && Math.abs(at.getY() - line) < SAME_PLACE * run.size();
      if (!follows) {
        flush(hex, out);
        out.append(
            "1 0 0 -1 %s %s Tm "
                .formatted(
                    PdfSurface.number(run.x() + at.getX()),
                    PdfSurface.number(at.getY() - run.rise())));
      }
      hex.append("%04X".formatted(glyph));
      font.glyphs.add(glyph);
      pen = at.getX() + font.advance(glyph, run.size());
      line = at.getY();
    }
    flush(hex, out);
    out.append("ET\n");
  }

  private static void flush(StringBuilder hex, StringBuilder out) {
    if (hex.length() > 0) {
      out.append('<').append(hex).append("> Tj\n");
      hex.setLength(0);
    }
  }

  private Loaded load(Typeface typeface) throws IOException {
    Loaded loaded = fonts.get(typeface);
    if (loaded == null) {
      TrueTypeFont ttf = typeface.open();
      PDType0Font font = PDType0Font.load(document, ttf, true);
      loaded = new Loaded(font, resources.add(font), ttf, new TreeSet<>());
      fonts.put(typeface, loaded);
    }
    return loaded;
  }

  /** Puts the glyphs that were shown into the document. */
  void embed() throws IOException {
    for (Loaded loaded : fonts.values()) {
      loaded.font.addGlyphsToSubset(loaded.glyphs);
      loaded.font.subset();
    }
  }

  @Override
  public void close() throws IOException {
    for (Loaded loaded : fonts.values()) {
      loaded.ttf.close();
    }
  }
}
