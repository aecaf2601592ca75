package dev.headlight.analysis.roles;

import ai.djl.ndarray.NDArray;
import dev.headlight.analysis.attention.ScoreRule;
import dev.headlight.analysis.model.Hooks;
import dev.headlight.analysis.model.HostMemory;
import java.nio.FloatBuffer;
import java.util.BitSet;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Reads, while a pass runs, how every head's attention to marked cells compares with that to the
 * others. Only cells that the mask allows are counted; memory does not grow with the prompt.
 */
final class MarkedCells implements Hooks {
  private final IntFunction<ScoreRule> rules;
  private final int heads;
  private final int firstKey;
  private final IntFunction<BitSet> marks;

  /** Sums of a head: weights on marked cells, of all cells, of their squares. */
  private final double[][] sums;

  /** Counts of a layer: rows that see a mark, cells, marked cells. */
  private final long[][] counts;

  private final double[] uniform;

  /**
   * @param rules which keys are visible, by layer
   * @param firstKey keys before it are left out
   * @param marks the marked keys of each row; empty for none
   */
  MarkedCells(
      IntFunction<ScoreRule> rules,
      int layers,
      int heads,
      int firstKey,
      IntFunction<BitSet> marks) {
    this.rules = rules;
    this.heads = heads;
    this.firstKey = firstKey;
    this.marks = marks;
    sums = new double[layers * heads][3];
    counts = new long[layers][3];
    uniform = new double[layers];
  }

  @Override
  public void rows(int layer, NDArray scores, NDArray pattern, int row0, int key0) {
    FloatBuffer weights = HostMemory.floats(pattern);
    add(
        layer,
        weights,
        (int) pattern.getShape().get(2),
        (int) pattern.getShape().get(3),
        row0,
        key0);
  }

  /**
   * Counts a block of rows in.
   *
   * @param weights {@code [H, rows, keys]}
   * @param row0 position of the first row
   * @param key0 position of the first key
   */
  void add(int layer, FloatBuffer weights, int count, int keys, int row0, int key0) {
    ScoreRule rule = rules.apply(layer);
    for (int r = 0; r < count; r++) {
      int query = row0 + r;
      int from = Math.max(firstKey, Math.max(key0, rule.firstKey(query)));
      int to = rule.endKey(query + 1, key0 + keys);
      if (to > from) {
        BitSet marked = marks.apply(query).get(from, to);
        count(layer, marked.cardinality(), to - from);
        int at = r * keys + from - key0;
        IntStream.range(0, heads)
            .parallel()
            .forEach(
                h -> sum(layer * heads + h, weights, h * count * keys + at, to - from, marked));
      }
    }
  }

  private void count(int layer, int marked, int cells) {
    counts[layer][1] += cells;
    counts[layer][2] += marked;
    if (marked > 0) {
      counts[layer][0]++;
      uniform[layer] += (double) marked / cells;
    }
  }

  private void sum(int head, FloatBuffer weights, int at, int cells, BitSet marked) {
    double[] of = sums[head];
    for (int k = marked.nextSetBit(0); k >= 0; k = marked.nextSetBit(k + 1)) {
      of[0] += weights.get(at + k);
    }
    for (int k = 0; k < cells; k++) {
      double weight = weights.get(at + k);
      of[1] += weight;
      of[2] += weight * weight;
    }
  }

  /** Whether any row sees a mark. */
  boolean any() {
    return counts[0][0] > 0;
  }

  /** Mean over the rows that see a mark of the weights there, row-major {@code [layers][heads]}. */
  double[] mass() {
    return each(i -> sums[i][0] / counts[i / heads][0]);
  }

  /** The same of attention that is uniform over what the mask allows, {@code [layers][heads]}. */
  double[] uniform() {
    return each(i -> uniform[i / heads] / counts[i / heads][0]);
  }

  /**
   * Pearson correlation of weights with marks (0 or 1) over all cells, {@code [layers][heads]}; NaN
   * where either does not vary.
   */
  double[] correlation() {
    return each(
        i -> {
          double cells = counts[i / heads][1];
          double marked = counts[i / heads][2];
          double together = sums[i][0] - sums[i][1] * marked / cells;
          double weights = sums[i][2] - sums[i][1] * sums[i][1] / cells;
          double marks = marked - marked * marked / cells;
          return weights > 1e-12 && marks > 0 ? together / Math.sqrt(weights * marks) : Double.NaN;
        });
  }

  private double[] each(IntToDoubleFunction value) {
    return IntStream.range(0, sums.length).mapToDouble(value).toArray();
  }
}
