package dev.headlight.renderer.bench;

import dev.headlight.renderer.Matrix;
import dev.headlight.renderer.bench.PaintBench.Timing;
import dev.headlight.renderer.figure.FigureFormat;
import dev.headlight.renderer.figure.FigureStyle;
import dev.headlight.renderer.figure.FigureWriter;
import dev.headlight.renderer.figure.HeatmapFigure;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Times the writing of figures, of made-up causal maps, into nowhere. */
public final class FigureBench {
  /** Pixels across the raster: a poster. */
  public static final int RASTER = 16_384;

  private static final int TOKENS = 512;
  private static final double WIDTH_MM = 400;

  private FigureBench() {}

  /**
   * A PDF of a head of 512 tokens, with every cell and label.
   *
   * @param repeats after the first time, at least 1
   */
  public static Timing pdf(int repeats) {
    return time(
        "PDF of a head of 512 tokens", FigureFormat.PDF, figure(TOKENS, 300), repeats, 2000);
  }

  /**
   * A PNG of {@value #RASTER} pixels across; once, as it takes long.
   *
   * @param pixels across
   */
  public static Timing raster(int pixels) {
    int dpi = (int) Math.ceil(pixels / (WIDTH_MM / 25.4));
    String name = "PNG of %,d pixels across, of 2,048 tokens".formatted(pixels);
    return time(name, FigureFormat.PNG, figure(4 * TOKENS, dpi), 0, 30_000);
  }

  private static HeatmapFigure figure(int tokens, int dpi) {
    Matrix map = PaintBench.causal(tokens, 3);
    List<String> labels = IntStream.range(0, tokens).mapToObj(i -> "␣token" + i).toList();
    return HeatmapFigure.builder(map)
        .labels(labels, labels)
        .title("L5H3")
        .style(FigureStyle.page().withWidthMm(WIDTH_MM).withDpi(dpi))
        .build();
  }

  private static Timing time(
      String name, FigureFormat format, HeatmapFigure figure, int repeats, double limit) {
    double first = PaintBench.milliseconds(() -> write(figure, format));
    double[] all = new double[Math.max(1, repeats)];
    Arrays.setAll(
        all, i -> repeats == 0 ? first : PaintBench.milliseconds(() -> write(figure, format)));
    Arrays.sort(all);
    return new Timing(name, first, all[0], all[all.length / 2], limit);
  }

  private static void write(HeatmapFigure figure, FigureFormat format) {
    try {
      FigureWriter.write(figure, format, OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
