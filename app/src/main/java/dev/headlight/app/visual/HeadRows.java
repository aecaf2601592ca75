package dev.headlight.app.visual;

import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Tensor;
import dev.headlight.analysis.vision.Maps;
import java.util.Arrays;

/**
 * Attention of every head from some queries to the patches of a picture, kept so that another word,
 * head or layer is there at once; and where the rest of each row went.
 */
public final class HeadRows {
  private static final int BLOCK = 128;

  private final int heads;
  private final int[] queries;
  private final int[] keys;
  private final float[][] weights;
  private final float[][] shares;
  private final int groups;

  private HeadRows(int layers, int heads, int[] queries, int[] keys, int groups) {
    this.heads = heads;
    this.queries = queries;
    this.keys = keys;
    this.groups = groups;
    weights = new float[layers * heads][queries.length * keys.length];
    shares = new float[layers * heads][queries.length * groups];
  }

  /** What keeping rows takes, in numbers. */
  static long size(int layers, int heads, int queries, int keys) {
    return (long) layers * heads * queries * keys;
  }

  /**
   * Reads rows.
   *
   * @param queries positions of the rows, ascending
   * @param keys positions of the patches, in the order in which they are kept
   * @param group of each position, below {@code groups}, whose share of each row is summed
   */
  static HeadRows read(
      Maps maps,
      int layers,
      int heads,
      int[] queries,
      int[] keys,
      int[] group,
      int groups,
      Progress progress) {
    HeadRows rows = new HeadRows(layers, heads, queries.clone(), keys.clone(), groups);
    for (int l = 0; l < layers; l++) {
      progress.report((double) l / layers, "attention of layer " + l);
      progress.check();
      for (int h = 0; h < heads; h++) {
        rows.read(maps, new Head(l, h), group);
      }
    }
    return rows;
  }

  private void read(Maps maps, Head head, int[] group) {
    for (int from = 0; from < queries.length; ) {
      int to = from + 1;
      while (to < queries.length && to - from < BLOCK && queries[to] == queries[from] + to - from) {
        to++;
      }
      Tensor block = maps.rows(head, queries[from], queries[from] + to - from);
      for (int q = from; q < to; q++) {
        keep(head, q, block.data(), (q - from) * group.length, group);
      }
      from = to;
    }
  }

  private void keep(Head head, int query, float[] rows, int at, int[] group) {
    float[] kept = weights[cell(head)];
    for (int k = 0; k < keys.length; k++) {
      kept[query * keys.length + k] = rows[at + keys[k]];
    }
    float[] sums = shares[cell(head)];
    for (int k = 0; k < group.length; k++) {
      sums[query * groups + group[k]] += rows[at + k];
    }
  }

  private int cell(Head head) {
    return head.layer() * heads + head.head();
  }

  /** Positions whose rows are kept, ascending. */
  public int[] queries() {
    return queries.clone();
  }

  /** Whether a position's row is kept. */
  public boolean has(int query) {
    return Arrays.binarySearch(queries, query) >= 0;
  }

  /** A head's row over the patches. */
  public float[] row(Head head, int query) {
    int q = Arrays.binarySearch(queries, query);
    return Arrays.copyOfRange(weights[cell(head)], q * keys.length, (q + 1) * keys.length);
  }

  /** What looks at a patch: the weight of each kept query. */
  public float[] column(Head head, int patch) {
    float[] column = new float[queries.length];
    for (int q = 0; q < column.length; q++) {
      column[q] = weights[cell(head)][q * keys.length + patch];
    }
    return column;
  }

  /** The share of a row that went to each group of positions, sum 1. */
  public float[] shares(Head head, int query) {
    int q = Arrays.binarySearch(queries, query);
    return Arrays.copyOfRange(shares[cell(head)], q * groups, (q + 1) * groups);
  }
}
