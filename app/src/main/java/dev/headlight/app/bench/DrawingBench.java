package dev.headlight.app.bench;

import dev.headlight.renderer.bench.PaintBench;
import java.util.List;

/** Times what the window draws, off-screen. */
public final class DrawingBench {
  private static final int REPEATS = 15;

  private DrawingBench() {}

  /** One row a picture, each with the time it may take. */
  public static List<BenchRow> run() {
    return PaintBench.run(REPEATS).stream().map(DrawingBench::row).toList();
  }

  private static BenchRow row(PaintBench.Timing timing) {
    BenchRow row = BenchRow.of(timing.name(), null, timing.milliseconds(), timing.best());
    return row.with(Fact.Kind.LIMIT, timing.limit());
  }
}
