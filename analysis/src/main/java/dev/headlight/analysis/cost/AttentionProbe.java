package dev.headlight.analysis.cost;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.headlight.analysis.attention.AttentionRows;
import dev.headlight.analysis.attention.Masks;
import dev.headlight.analysis.attention.PatternEdits;
import dev.headlight.analysis.attention.RowBlock;
import dev.headlight.analysis.attention.ScoreRule;
import dev.headlight.analysis.attention.StatisticsGatherer;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelSpec;

/** Measures blocks of attention rows on random queries and keys, with their statistics. */
final class AttentionProbe {
  /** Cells of all heads in the largest block that is measured. */
  private static final int LARGEST = 2 << 20;

  private static final int LONGEST = 8192;

  /** So long without getting faster, and a loop is as fast as the compiler makes it. */
  private static final long STEADY_NS = 120_000_000;

  private static final long WARM_UP_NS = 900_000_000;

  private final ModelSpec spec;
  private final int layer;
  private final Model model;
  private Curve attention;
  private Curve statistics;

  /**
   * @param model whose device is measured
   * @param spec of the model, or of its tower
   */
  AttentionProbe(Model model, ModelSpec spec, int layer) {
    this.model = model;
    this.layer = layer;
    this.spec = spec;
  }

  /** The loops of the statistics are slow until the compiler has seen them often. */
  private void warmUp(Progress progress) {
    long start = System.nanoTime();
    long faster = start;
    double best = Double.POSITIVE_INFINITY;
    while (System.nanoTime() - faster < STEADY_NS && System.nanoTime() - start < WARM_UP_NS) {
      progress.check();
      double gathered = block(64, 512)[1];
      if (gathered < 0.9 * best) {
        best = gathered;
        faster = System.nanoTime();
      }
    }
  }

  /**
   * @param cold whether nothing was measured before
   */
  void measure(boolean cold, Progress progress) {
    if (cold) {
      warmUp(progress);
    }
    CurveBuilder mixing = new CurveBuilder();
    CurveBuilder gathering = new CurveBuilder();
    int rows = 128;
    int keys = Math.min(LONGEST, Math.max(4 * rows, LARGEST / (rows * spec.heads())));
    for (int[] size : new int[][] {{1, 16}, {32, 32}, {256, 256}, {rows, keys}}) {
      double[] gathered = new double[1];
      double cells = cells(size[0], size[1]);
      mixing.add(
          cells,
          cells,
          () -> {
            progress.check();
            double[] both = block(size[0], size[1]);
            gathered[0] = gathered[0] == 0 ? both[1] : Math.min(gathered[0], both[1]);
            return both[0];
          });
      gathering.add(cells, cells, () -> gathered[0]);
    }
    attention = mixing.build();
    statistics = gathering.build();
  }

  private double cells(int rows, int keys) {
    ScoreRule rule = spec.scoreRule(layer);
    return (double) spec.heads() * rows * (keys - rule.firstKey(keys - rows));
  }

  /** Seconds of the last rows of a prompt: attention, and its statistics. */
  private double[] block(int rows, int length) {
    ScoreRule rule = spec.scoreRule(layer);
    int e = spec.headDim();
    int groups = spec.kvHeads();
    StatisticsGatherer gatherer =
        new StatisticsGatherer(new ScoreRule[] {rule}, spec.heads(), length);
    try (NDManager scope = model.newScope()) {
      NDArray q = scope.randomNormal(new Shape(1, spec.heads(), rows, e));
      NDArray k =
          scope.randomNormal(new Shape(1, groups, length, e)).muli(spec.layer(layer).scale());
      AttentionRows attended =
          new AttentionRows(q, k, length - rows, 0, rule, PatternEdits.NONE, new Masks(scope));
      RowBlock block = attended.block(length - rows, length);
      NDArray values = scope.ones(new Shape(groups, block.keys(), e));
      long start = System.nanoTime();
      NDArray scores = attended.scores(block);
      NDArray pattern = attended.pattern(scores, block);
      long perGroup = spec.heads() / groups;
      NDArray z = pattern.reshape(groups, perGroup * rows, block.keys()).matMul(values);
      z.getFloat(0, 0, 0);
      long mixed = System.nanoTime();
      gatherer.add(0, scores, pattern, block.row0(), block.key0());
      return new double[] {(mixed - start) / 1e9, (System.nanoTime() - mixed) / 1e9};
    }
  }

  /** Seconds by cells of all heads in a block. */
  Curve attention() {
    return attention;
  }

  /** The same of gathering statistics. */
  Curve statistics() {
    return statistics;
  }
}
