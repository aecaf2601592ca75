package dev.headlight.renderer.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.renderer.Theme;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;

class GraphFigureTest {
  private static GraphFigure figure(Theme theme) {
    Graph graph =
        new Graph(
            List.of(
                new Graph.Node("embed", 100, 190, 54, 20),
                new Graph.Node("L0H3", 60, 100, 54, 20),
                new Graph.Node("logits", 100, 10, 54, 20)),
            List.of(
                new Graph.Edge(new double[] {100, 60}, new double[] {180, 110}, 0.5),
                new Graph.Edge(new double[] {60, 80, 100}, new double[] {90, 50, 20}, -1)),
            200,
            200);
    return new GraphFigure(
        graph,
        "blue carries the answer",
        "Circuit",
        "toy",
        "A caption.",
        FigureStyle.page().withTheme(theme),
        Provenance.none());
  }

  @Test
  void everyFormatNamesTheNodes() throws Exception {
    String svg = FigureWriter.svg(figure(Theme.LIGHT));
    for (String name : List.of("embed", "L0H3", "logits", "blue carries the answer")) {
      assertTrue(svg.contains(">" + name + "<"), name);
    }
    assertEquals(2, svg.split("stroke-linejoin", -1).length - 1, "one path an edge");
    ByteArrayOutputStream pdf = new ByteArrayOutputStream();
    FigureWriter.write(figure(Theme.PAPER), FigureFormat.PDF, pdf);
    try (PDDocument document = Loader.loadPDF(pdf.toByteArray())) {
      assertTrue(new PDFTextStripper().getText(document).contains("L0H3"));
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    FigureWriter.write(figure(Theme.DARK), FigureFormat.PNG, png);
    assertTrue(png.size() > 1000);
  }

  @Test
  void coloursFollowTheSign() {
    String light = FigureWriter.svg(figure(Theme.LIGHT));
    String red = "#%06x".formatted(Theme.LIGHT.negative() & 0xffffff);
    assertTrue(light.contains("stroke=\"" + red + "\""), "the strongest line has its whole colour");
  }

  @Test
  void linesNeedPoints() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Graph.Edge(new double[] {1}, new double[] {1}, 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Graph.Edge(new double[] {1, 2}, new double[] {1, 2}, 1.5));
    assertThrows(IllegalArgumentException.class, () -> new Graph(List.of(), List.of(), 0, 1));
  }
}
