package dev.headlight.app.bench;

import dev.headlight.renderer.bench.FigureBench;
import dev.headlight.renderer.bench.PaintBench;
import java.util.ArrayList;
import java.util.List;

/** Times what the window draws, off-screen, and the writing of figures. */
public final class DrawingBench {
  private static final int REPEATS = 15;
  private static final int FIGURES = 5;

  private DrawingBench() {}

  /** One row a picture, each with the time it may take. */
  public static List<BenchRow> run() {
    List<BenchRow> rows = new ArrayList<>();
    PaintBench.run(REPEATS).forEach(timing -> rows.add(row(timing)));
    rows.add(row(FigureBench.pdf(FIGURES)));
    rows.add(raster());
    return rows;
  }

  /** Its picture would fill a gigabyte; only a strip of it may be in memory. */
  private static BenchRow raster() {
    PeakMemory memory = new PeakMemory();
    BenchRow row = row(FigureBench.raster(FigureBench.RASTER));
    return memory
        .bytes()
        .map(taken -> row.with(Fact.Kind.TAKEN, Math.max(0, taken.doubleValue())))
        .orElse(row);
  }

  private static BenchRow row(PaintBench.Timing timing) {
    BenchRow row = BenchRow.of(timing.name(), null, timing.milliseconds(), timing.best());
    return row.with(Fact.Kind.LIMIT, timing.limit());
  }
}
