package dev.headlight.renderer.figure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.renderer.Matrix;
import dev.headlight.renderer.Theme;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PdfTest {
  private static final int DPI = 100;

  /** Tokens of many scripts, and what no font may draw. */
  private static final List<String> TOKENS =
      List.of(
          "When",
          "␣漢字",
          "سلام",
          "שלום",
          "\ud83d\ude00",
          "e\u0301t\u00e9",
          "\u200b",
          Character.toString(0x1ffff),
          "<b>",
          "\ue000x");

  private static Matrix causal(int length) {
    float[] cells = new float[length * length];
    for (int i = 0; i < cells.length; i++) {
      int row = i / length;
      int column = i % length;
      cells[i] = column > row ? Float.NaN : (row * 37 + column * 101) % 97 / 97f;
    }
    return Matrix.of(length, length, cells);
  }

  private static HeatmapFigure.Builder figure(int length) {
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      labels.add(TOKENS.get(i % TOKENS.size()));
    }
    return HeatmapFigure.builder(causal(length))
        .labels(labels, labels)
        .title("L5H3 (KV group 1)")
        .subtitle("sample:induction, " + length + " tokens")
        .caption("Attention of L5H3.")
        .valueName("attention weight")
        .style(FigureStyle.page().withDpi(DPI))
        .provenance(new Provenance(Map.of("model", "sample:induction")));
  }

  private static byte[] bytes(Figure figure, FigureFormat format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    FigureWriter.write(figure, format, out);
    return out.toByteArray();
  }

  private static PDDocument pdf(Figure figure) throws IOException {
    return Loader.loadPDF(bytes(figure, FigureFormat.PDF));
  }

  @Test
  void textIsTextWhateverItsScript() throws IOException {
    try (PDDocument document = pdf(figure(TOKENS.size()).build())) {
      String text = new PDFTextStripper().getText(document);
      for (String plain :
          List.of("L5H3 (KV group 1)", "When", "<b>", "query", "attention weight · √ scale")) {
        assertTrue(text.contains(plain), plain + " in " + text);
      }
      // Where no font has a letter its code is shown, and the letter is what is copied.
      String reordered = text.replace("\u202c", "");
      for (String other : List.of("漢字", "\ud83d\ude00", "\ue000", "\u200b")) {
        assertTrue(reordered.contains(other), other + " in " + text);
      }
    }
  }

  @Test
  void fontsAreEmbeddedInPart() throws IOException {
    try (PDDocument document = pdf(figure(TOKENS.size()).build())) {
      PDResources resources = document.getPage(0).getResources();
      List<String> names = new ArrayList<>();
      for (COSName name : resources.getFontNames()) {
        PDFont font = resources.getFont(name);
        assertTrue(font.isEmbedded(), font.getName());
        assertTrue(font.getName().matches("[A-Z]{6}\\+.*"), font.getName());
        names.add(font.getName().substring(7));
      }
      assertTrue(names.containsAll(List.of("Inter-Regular", "Inter-SemiBold")), names.toString());
      assertTrue(names.contains("JetBrainsMono-Regular"), names.toString());
    }
  }

  @Test
  void thePageHasTheSizeAskedForAndSaysWhereItComesFrom() throws IOException {
    FigureStyle style = FigureStyle.page().withWidthMm(88);
    try (PDDocument document = pdf(figure(4).style(style).build())) {
      assertEquals(88 / 25.4 * 72, document.getPage(0).getMediaBox().getWidth(), 0.01);
      assertEquals("L5H3 (KV group 1)", document.getDocumentInformation().getTitle());
      assertEquals("Attention of L5H3.", document.getDocumentInformation().getSubject());
      assertEquals(
          "{\"model\":\"sample:induction\"}",
          document.getDocumentInformation().getCustomMetadataValue("Headlight"));
    }
  }

  @Test
  void largeCellsAreRectanglesAndSmallOnesOneSharpPicture() throws IOException {
    try (PDDocument few = pdf(figure(8).build());
        PDDocument many = pdf(figure(512).build())) {
      // The colour bar is a picture in both.
      assertEquals(1, pictures(few).size());
      List<PDImageXObject> pictures = pictures(many);
      assertEquals(2, pictures.size());
      assertTrue(pictures.stream().noneMatch(PDImageXObject::getInterpolate));
      assertTrue(pictures.stream().anyMatch(p -> p.getWidth() == 2048 && p.getHeight() == 2048));
    }
    assertTrue(bytes(figure(512).build(), FigureFormat.PDF).length < 1_000_000);
  }

  private static List<PDImageXObject> pictures(PDDocument document) throws IOException {
    PDResources resources = document.getPage(0).getResources();
    List<PDImageXObject> pictures = new ArrayList<>();
    for (COSName name : resources.getXObjectNames()) {
      pictures.add((PDImageXObject) resources.getXObject(name));
    }
    return pictures;
  }

  @Test
  void theSameFigureGivesTheSameBytes() throws IOException {
    assertArrayEquals(
        bytes(figure(9).build(), FigureFormat.PDF), bytes(figure(9).build(), FigureFormat.PDF));
  }

  @ParameterizedTest
  @EnumSource(Theme.class)
  void looksLikeThePng(Theme theme) throws IOException {
    assertAlike(figure(TOKENS.size()).style(FigureStyle.page().withDpi(DPI).withTheme(theme)));
  }

  @Test
  void manyCellsLookLikeThePng() throws IOException {
    assertAlike(figure(300));
  }

  private static void assertAlike(HeatmapFigure.Builder builder) throws IOException {
    HeatmapFigure figure = builder.mark(3, 1).build();
    BufferedImage png = ImageIO.read(new ByteArrayInputStream(bytes(figure, FigureFormat.PNG)));
    try (PDDocument document = pdf(figure)) {
      BufferedImage page = new PDFRenderer(document).renderImageWithDPI(0, DPI);
      assertEquals(png.getWidth(), page.getWidth(), 1);
      assertEquals(png.getHeight(), page.getHeight(), 1);
      double differing = differing(png, page);
      // Edges fall on whole pixels in one and not in the other; nothing larger may differ.
      assertTrue(differing < 0.06, "share of differing pixels " + differing);
    }
    assertFalse(png.getRGB(0, 0) == png.getRGB(png.getWidth() / 2, png.getHeight() / 2));
  }

  /** Share of the pixels whose neighbourhood in the other picture has nothing like them. */
  private static double differing(BufferedImage one, BufferedImage other) {
    int width = Math.min(one.getWidth(), other.getWidth()) - 1;
    int height = Math.min(one.getHeight(), other.getHeight()) - 1;
    int differing = 0;
    for (int y = 1; y < height; y++) {
      for (int x = 1; x < width; x++) {
        differing += alike(one.getRGB(x, y), other, x, y) ? 0 : 1;
      }
    }
    return (double) differing / (width * height);
  }

  private static boolean alike(int colour, BufferedImage other, int x, int y) {
    for (int i = 0; i < 9; i++) {
      if (distance(colour, other.getRGB(x - 1 + i % 3, y - 1 + i / 3)) < 40) {
        return true;
      }
    }
    return false;
  }

  private static int distance(int a, int b) {
    return Math.abs((a >> 16 & 0xff) - (b >> 16 & 0xff))
        + Math.abs((a >> 8 & 0xff) - (b >> 8 & 0xff))
        + Math.abs((a & 0xff) - (b & 0xff));
  }
}
