package dev.headlight.renderer.figure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.renderer.Fonts.Face;
import dev.headlight.renderer.Matrix;
import dev.headlight.renderer.Theme;
import dev.headlight.renderer.ValueScale;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.stream.ImageInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class FigureWriterTest {
  private static final float NAN = Float.NaN;
  private static final List<String> TOKENS =
      List.of("When", "<b>&\"", "␣漢字", "\ud83d\ude00", "a\u0000\nb");

  private static HeatmapFigure.Builder figure() {
    float[] cells = new float[25];
    for (int i = 0; i < 25; i++) {
      cells[i] = i % 5 > i / 5 ? NAN : i / 25f;
    }
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put("model", "sample:\"induction\"");
    provenance.put("prompt", "When <b> \ud83d\ude00\n漢字");
    return HeatmapFigure.builder(Matrix.of(5, 5, cells))
        .labels(TOKENS, TOKENS)
        .title("L5H3 & more")
        .subtitle("KV group 1")
        .valueName("attention weight")
        .selectedRow(4)
        .mark(4, 1)
        .provenance(new Provenance(provenance));
  }

  private static Document parse(String svg) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    return factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
  }

  private static List<String> texts(Document svg) {
    List<String> texts = new ArrayList<>();
    NodeList nodes = svg.getElementsByTagName("text");
    for (int i = 0; i < nodes.getLength(); i++) {
      texts.add(nodes.item(i).getTextContent());
    }
    return texts;
  }

  @Test
  void svgHoldsEveryLabelAsText() throws Exception {
    byte[] file = bytes(figure().build(), FigureFormat.SVG);
    List<String> texts = texts(parse(new String(file, StandardCharsets.UTF_8)));
    for (String token : TOKENS) {
      String shown =
          TextLine.of(token, Face.JETBRAINS_MONO, 8).runs().stream()
              .map(TextLine.Run::text)
              .collect(Collectors.joining());
      assertEquals(2, texts.stream().filter(shown::equals).count(), shown + " in " + texts);
    }
    for (String text :
        List.of(
            "L5H3 & more",
            "KV group 1",
            "query",
            "key",
            "rows query · columns key",
            "attention weight · √ scale",
            "masked",
            "0",
            "0.25",
            "1")) {
      assertTrue(texts.contains(text), text + " in " + texts);
    }
  }

  @Test
  void theColourBarCanBeLeftOut() throws Exception {
    FigureStyle style = figure().build().style();
    HeatmapFigure without = figure().style(style.withColourBar(false)).build();
    List<String> texts = texts(parse(FigureWriter.svg(without)));
    assertTrue(texts.contains("query"), texts.toString());
    for (String text : List.of("0.25", "masked", "attention weight · √ scale")) {
      assertFalse(texts.contains(text), text + " in " + texts);
    }
    double lower = Drawing.of(figure().build()).height() - Drawing.of(without).height();
    assertTrue(lower > style.fontSizePt(), lower + " pt");
  }

  @Test
  void svgHoldsTheProvenanceAndExactCells() throws Exception {
    Document svg = parse(FigureWriter.svg(figure().build()));
    Element prompt = (Element) svg.getElementsByTagName("entry").item(1);
    assertEquals("prompt", prompt.getAttribute("key"));
    assertEquals("When <b> \ud83d\ude00␊漢字", prompt.getTextContent());
    Element image = (Element) svg.getElementsByTagName("image").item(0);
    assertTrue(image.getAttribute("style").contains("pixelated"));
    String data = image.getAttribute("xlink:href").replace("data:image/png;base64,", "");
    BufferedImage cells = ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(data)));
    assertEquals(5, cells.getWidth());
    assertEquals(5, cells.getHeight());
    assertEquals(Theme.LIGHT.masked(), cells.getRGB(4, 0));
    HeatmapFigure figure = figure().build();
    double position = figure.scale().position(20 / 25f);
    assertEquals(figure.palette().map().argb(position), cells.getRGB(0, 4));
  }

  @Test
  void pngHasItsResolutionAndProvenance() throws Exception {
    HeatmapFigure figure = figure().style(FigureStyle.page().withDpi(150)).build();
    byte[] file = bytes(figure, FigureFormat.PNG);
    ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(file))) {
      reader.setInput(in);
      assertEquals(Math.round(160 / 25.4 * 150), reader.getWidth(0));
      Element root = tree(reader.getImageMetadata(0));
      Element physical = (Element) root.getElementsByTagName("pHYs").item(0);
      assertEquals("5906", physical.getAttribute("pixelsPerUnitXAxis"));
      assertEquals("meter", physical.getAttribute("unitSpecifier"));
      Map<String, String> chunks = new LinkedHashMap<>();
      NodeList entries = root.getElementsByTagName("iTXtEntry");
      for (int i = 0; i < entries.getLength(); i++) {
        Element entry = (Element) entries.item(i);
        chunks.put(entry.getAttribute("keyword"), entry.getAttribute("text"));
      }
      assertEquals("L5H3 & more", chunks.get("Title"));
      assertEquals(
          "{\"model\":\"sample:\\\"induction\\\"\","
              + "\"prompt\":\"When <b> \ud83d\ude00\\u000a漢字\"}",
          chunks.get("Headlight"));
    } finally {
      reader.dispose();
    }
  }

  private static Element tree(IIOMetadata metadata) {
    return (Element) metadata.getAsTree("javax_imageio_png_1.0");
  }

  @ParameterizedTest
  @EnumSource(Theme.class)
  void themesFillTheGround(Theme theme) throws IOException {
    FigureStyle style = FigureStyle.page().withDpi(50).withTheme(theme);
    BufferedImage image = read(FigureWriter.png(figure().style(style).build()));
    assertEquals(theme.panel(), image.getRGB(0, 0));
    assertEquals(theme.panel(), image.getRGB(image.getWidth() - 1, image.getHeight() - 1));
  }

  private static BufferedImage read(byte[] png) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(png));
  }

  @Test
  void bothFormatsHaveTheSameProportions() throws Exception {
    HeatmapFigure figure = figure().style(FigureStyle.page().withDpi(300)).build();
    BufferedImage png = read(FigureWriter.png(figure));
    String[] box =
        parse(FigureWriter.svg(figure)).getDocumentElement().getAttribute("viewBox").split(" ", -1);
    assertEquals(Double.parseDouble(box[2]) * 300 / 72, png.getWidth(), 1);
    assertEquals(Double.parseDouble(box[3]) * 300 / 72, png.getHeight(), 1);
  }

  @Test
  void theSameFigureGivesTheSameBytes() throws IOException {
    assertArrayEquals(FigureWriter.png(figure().build()), FigureWriter.png(figure().build()));
    assertEquals(FigureWriter.svg(figure().build()), FigureWriter.svg(figure().build()));
  }

  @Test
  void gridNumbersLayersAndHeads() throws Exception {
    GridFigure.Builder grid = GridFigure.builder(2, 3).title("All heads").selected(1, 2);
    Matrix map = Matrix.of(2, 2, new float[] {1, NAN, 0.5f, 0.5f});
    grid.map(0, 0, map).map(1, 2, map).scale(ValueScale.weights().withHideColumn0(true));
    Document svg = parse(FigureWriter.svg(grid.build()));
    List<String> texts = texts(svg);
    assertTrue(
        texts.containsAll(
            List.of("All heads", "layer", "0", "1", "2", "rows layer · columns head", "masked")),
        texts.toString());
    assertTrue(texts.contains("each map: rows query · columns key · √ scale, first key hidden"));
    assertEquals(3, svg.getElementsByTagName("image").getLength());
    assertTrue(read(FigureWriter.png(grid.build())).getWidth() > 100);
  }

  @Test
  void oddShapesCanBeDrawn() throws IOException {
    FigureStyle style = FigureStyle.page().withDpi(50).withWidthMm(40);
    for (int[] shape : new int[][] {{1, 1}, {1, 400}, {400, 1}, {3, 300}}) {
      Matrix matrix = Matrix.of(shape[0], shape[1], new float[shape[0] * shape[1]]);
      HeatmapFigure figure = HeatmapFigure.builder(matrix).style(style).build();
      assertTrue(read(FigureWriter.png(figure)).getHeight() > 10);
      assertTrue(FigureWriter.svg(figure).contains("<image"));
    }
  }

  @Test
  void refusesLabelsAndMarksThatDoNotFit() {
    assertThrows(
        IllegalArgumentException.class, () -> figure().labels(List.of("a"), List.of()).build());
    assertThrows(IndexOutOfBoundsException.class, () -> figure().mark(5, 0).build());
    assertThrows(IndexOutOfBoundsException.class, () -> figure().selectedRow(-1).build());
    assertThrows(IllegalArgumentException.class, () -> FigureStyle.page().withDpi(5));
  }

  @Test
  void tooManyPixelsAreRefused() {
    FigureStyle style = FigureStyle.page().withDpi(2400).withWidthMm(1000);
    IOException error =
        assertThrows(IOException.class, () -> FigureWriter.png(figure().style(style).build()));
    assertTrue(error.getMessage().contains("lower the dpi"), error.getMessage());
  }

  private static byte[] bytes(Figure figure, FigureFormat format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    FigureWriter.write(figure, format, out);
    return out.toByteArray();
  }
}
