package dev.headlight.renderer.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.renderer.Theme;
import dev.headlight.renderer.figure.Plot.Axis;
import dev.headlight.renderer.figure.Plot.Mark;
import dev.headlight.renderer.figure.Plot.Role;
import dev.headlight.renderer.figure.Plot.Rule;
import dev.headlight.renderer.figure.Plot.Series;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;

class PlotTest {
  private static final double[] X = {0, 1, 2, 3};

  private static Plot plot() {
    Series main =
        new Series(
            "top by score",
            X,
            new double[] {100, 80, Double.NaN, 20},
            new double[] {100, 70, 40, 10},
            new double[] {100, 90, 60, 30},
            Role.MAIN);
    Series random = new Series("random", X, new double[] {100, 99, 98, 97}, Role.REFERENCE);
    return new Plot(
        Axis.linear("heads masked", 0, 3),
        Axis.linear("needles found, %", 0, 100),
        List.of(main, random),
        List.of(new Rule("chance", 5)),
        List.of(new Mark("here", 1, 80)));
  }

  private static PlotFigure figure(FigureStyle style) {
    return new PlotFigure(plot(), 0.6, "Masking", "seed 0", "A caption.", style, Provenance.none());
  }

  /** A point without a name is a dot, in every format. */
  @Test
  void marksNeedNoName() throws Exception {
    Plot plot =
        new Plot(
            Axis.linear("x", 0, 3),
            Axis.linear("y", 0, 100),
            List.of(),
            List.of(),
            List.of(new Mark("", 1, 80)));
    PlotFigure figure =
        new PlotFigure(plot, 0.6, "", "", "", FigureStyle.page(), Provenance.none());
    for (FigureFormat format : FigureFormat.values()) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      FigureWriter.write(figure, format, out);
      assertTrue(out.size() > 500, format.toString());
    }
    PlotImage image = PlotImage.of(plot, Theme.LIGHT, 200, 120, 12, 1);
    assertTrue(image.width() > 0);
  }

  /** Nothing is between two layers, so no tick is; between other numbers there is. */
  @Test
  void countsHaveWholeTicks() throws Exception {
    String layers = svg(new double[] {0, 1, 2});
    assertTrue(layers.contains(">1<") && !layers.contains(">0.5<"), layers);
    assertTrue(svg(new double[] {0, 0.7, 2}).contains(">0.5<"));
  }

  private static String svg(double... x) throws Exception {
    Plot plot =
        new Plot(
            Axis.linear("layer", 0, 2),
            Axis.linear("share", 0, 10),
            List.of(new Series("", x, new double[] {1, 9, 4}, Role.MAIN)));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    FigureWriter.write(
        new PlotFigure(plot, 0.6, "", "", "", FigureStyle.page(), Provenance.none()),
        FigureFormat.SVG,
        out);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void numbersStandWhereTheirAxisSays() {
    Axis linear = Axis.linear("x", -1, 3);
    assertEquals(0.25, linear.position(0), 1e-12);
    assertEquals(0, linear.value(0.25), 1e-12);
    Axis log = new Axis("x", true, 0.125, 8);
    assertEquals(0.5, log.position(1), 1e-12);
    assertEquals(1, log.value(0.5), 1e-12);
    Axis around = Axis.around("y", false, new double[] {2, Double.NaN}, new double[] {4});
    assertTrue(around.least() < 2 && around.most() > 4 && around.most() < 5);
    Axis flat = Axis.around("y", false, new double[] {3, 3});
    assertTrue(flat.least() < 3 && flat.most() > 3);
    Axis powers = Axis.around("y", true, new double[] {0, 1, 1000});
    assertTrue(powers.least() > 0.5 && powers.least() < 1 && powers.most() > 1000);
  }

  @Test
  void wrongNumbersAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> Axis.linear("x", 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new Axis("x", true, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> Axis.linear("x", 0, Double.NaN));
    assertThrows(
        IllegalArgumentException.class, () -> new Series("a", X, new double[] {1, 2}, Role.MAIN));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Series("a", X, X, new double[] {1}, new double[0], Role.MAIN));
    assertThrows(
        IllegalArgumentException.class,
        () -> new PlotFigure(plot(), 0, "", "", "", FigureStyle.page(), Provenance.none()));
  }

  @Test
  void aVectorFileHasEveryName() throws Exception {
    String svg = FigureWriter.svg(figure(FigureStyle.page()));
    for (String text :
        List.of("Masking", "heads masked · ↑ needles found, %", "top by score", "chance", "here")) {
      assertTrue(svg.contains(text), text);
    }
    ByteArrayOutputStream pdf = new ByteArrayOutputStream();
    FigureWriter.write(figure(FigureStyle.page()), FigureFormat.PDF, pdf);
    try (PDDocument document = Loader.loadPDF(pdf.toByteArray())) {
      String text = new PDFTextStripper().getText(document);
      assertTrue(text.contains("top by score"), text);
      assertTrue(text.contains("100"), text);
    }
  }

  @Test
  void aCurvePassesThroughItsPoints() {
    PlotImage image = PlotImage.of(plot(), Theme.LIGHT, 400, 300, 12, 2);
    assertEquals(800, image.width());
    assertEquals(600, image.height());
    assertTrue(image.left() + image.across() < 400 && image.top() + image.down() < 300);
    assertEquals(Theme.LIGHT.accent(), pixel(image, 0.5 / 3, 0.9), "half way between 100 and 80");
    assertEquals(Theme.LIGHT.accent(), pixel(image, 1, 0.2), "a point alone is a dot");
    int gap = pixel(image, 1.5 / 3, 0.65);
    assertFalse(gap == Theme.LIGHT.accent(), "no line over a gap");
    assertFalse(gap == Theme.LIGHT.panel(), "but the band is there");
    assertEquals(Theme.LIGHT.panel(), pixel(image, 2.5 / 3, 0.7));
  }

  private static int pixel(PlotImage image, double right, double up) {
    int x = (int) Math.round(2 * (image.left() + right * image.across()));
    int y = (int) Math.round(2 * (image.top() + (1 - up) * image.down()));
    return image.argb()[y * image.width() + Math.min(image.width() - 1, x)];
  }

  @Test
  void namesAtTheEndDoNotTouch() {
    Series a = new Series("a", X, new double[] {0, 0, 0, 50}, Role.MAIN);
    Series b = new Series("b", X, new double[] {0, 0, 0, 50.1}, Role.SECOND);
    Plot plot = new Plot(Axis.linear("x", 0, 3), Axis.linear("y", 0, 100), List.of(a, b));
    String svg =
        FigureWriter.svg(
            new PlotFigure(plot, 0.6, "", "", "", FigureStyle.page(), Provenance.none()));
    assertTrue(Math.abs(y(svg, ">a<") - y(svg, ">b<")) > FigureStyle.page().fontSizePt());
  }

  private static double y(String svg, String text) {
    String before = svg.substring(0, svg.indexOf(text));
    String element = before.substring(before.lastIndexOf("<text"));
    int from = element.indexOf(" y=\"") + 4;
    return Double.parseDouble(element.substring(from, element.indexOf('"', from)));
  }

  @Test
  void curvesNeedNoNameAndNeighbouringTicksDiffer() {
    Plot plot =
        new Plot(
            Axis.linear("γ", 0, 3),
            Axis.linear("loss", 1.750, 1.772),
            List.of(new Series("", X, new double[] {1.76, 1.751, 1.753, 1.77}, Role.MAIN)));
    String svg =
        FigureWriter.svg(
            new PlotFigure(plot, 0.6, "", "", "", FigureStyle.page(), Provenance.none()));
    assertTrue(svg.contains(">1.760<"), svg);
    assertTrue(svg.contains(">1.765<") || svg.contains(">1.762<"), svg);
  }
}
