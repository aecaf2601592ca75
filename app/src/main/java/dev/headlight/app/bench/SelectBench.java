package dev.headlight.app.bench;

import dev.headlight.analysis.cost.FlopCount;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.run.Tensor;
import dev.headlight.renderer.HeatmapPainter;
import dev.headlight.renderer.Matrix;
import dev.headlight.renderer.MatrixPyramid;
import dev.headlight.renderer.Palette;
import dev.headlight.renderer.Theme;
import dev.headlight.renderer.ValueScale;
import dev.headlight.renderer.Viewport;

/** Times what a click on another head of a long prompt asks for: its whole map, painted. */
public final class SelectBench {
  /** Length of the prompt at most. */
  public static final int TOKENS = 4096;

  private static final int SIDE = 800;
  private static final int CELLS = 1024;
  private static final int WARM_UP = 3;
  private static final int REPEATS = 15;
  private static final double LIMIT = 200;

  private SelectBench() {}

  /** A row for random heads, none of whose maps is kept. */
  public static BenchRow run(Bed bed, int length) {
    double causal = length * (length + 1.0) / 2;
    FlopCount count = new FlopCount(0, 2.0 * bed.spec().headDim() * causal, 0, 0, 0, 0, 0);
    try (Run run =
        bed.model().run(RunRequest.of(bed.ids(length)).forViewing(), bed.progress()).get(0)) {
      String what = "another head: its map recomputed and painted, " + bed.model().name();
      return bed.time(what, length, count, WARM_UP, REPEATS, () -> paint(bed, run))
          .with(Fact.Kind.LIMIT, LIMIT);
    }
  }

  private static void paint(Bed bed, Run run) {
    Head head = new Head(bed.random(bed.spec().layers()), bed.random(bed.spec().heads()));
    Tensor pooled = run.map(head).pooled(CELLS);
    Matrix map = Matrix.of(pooled.size(0), pooled.size(1), pooled.data());
    ValueScale scale = ValueScale.weights();
    HeatmapPainter.paint(
        MatrixPyramid.of(map, scale),
        Viewport.all(map),
        scale,
        Palette.sequential(Theme.LIGHT),
        new int[SIDE * SIDE],
        SIDE,
        SIDE);
  }
}
