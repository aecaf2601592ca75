package dev.headlight.app.bench;

import dev.headlight.analysis.attention.AttentionMap;
import dev.headlight.analysis.cost.FlopCount;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;

/** Times exact parts of the maps of a long prompt, computed on demand. */
public final class TileBench {
  private static final int SIDE = 512;
  private static final int WARM_UP = 4;
  private static final int REPEATS = 40;
  private static final double LIMIT = 10;

  private final Bed bed;
  private double worst;
  private int tiles;

  private TileBench(Bed bed) {
    this.bed = bed;
  }

  /** A row for parts of random heads at random places. */
  public static BenchRow run(Bed bed, int length) {
    return new TileBench(bed).time(length);
  }

  private BenchRow time(int length) {
    int side = Math.min(SIDE, length);
    int e = bed.spec().headDim();
    FlopCount count = new FlopCount(0, 2.0 * e * side * side, 0, 0, 0, 0, 0);
    RunRequest request = RunRequest.of(bed.ids(length)).forViewing();
    try (Run run = bed.model().run(request, bed.progress()).get(0)) {
      String what = "a tile of %d × %d of any head, %s".formatted(side, side, bed.model().name());
      BenchRow row = bed.time(what, length, count, WARM_UP, REPEATS, () -> tile(run, side));
      return row.with(Fact.Kind.WORST, worst).with(Fact.Kind.LIMIT, LIMIT);
    }
  }

  private void tile(Run run, int side) {
    Head head = new Head(bed.random(bed.spec().layers()), bed.random(bed.spec().heads()));
    int row = bed.random(run.tokens().length - side + 1);
    int column = bed.random(run.tokens().length - side + 1);
    long start = System.nanoTime();
    AttentionMap map = run.map(head);
    map.weights(row, row + side, column, column + side);
    // The first ones wait for the compiler, as the first click in a window does; they are not
    // counted.
    if (++tiles > WARM_UP) {
      worst = Math.max(worst, (System.nanoTime() - start) / 1e6);
    }
  }
}
