package dev.headlight.analysis.attention;

import ai.djl.ndarray.NDArray;
import dev.headlight.analysis.model.HostMemory;
import dev.headlight.analysis.run.Tensor;
import java.nio.FloatBuffer;
import java.util.stream.IntStream;

/** Gathers {@link HeadStatistics} from blocks of rows while a pass runs. */
public final class StatisticsGatherer {
  private final int length;
  private final RowStatistics[][] heads;

  /**
   * An empty gatherer.
   *
   * @param rules which keys are visible, one a layer
   * @param headCount query heads a layer
   * @param length tokens of the prompt
   */
  public StatisticsGatherer(ScoreRule[] rules, int headCount, int length) {
    this(rules, headCount, length, null);
  }

  /**
   * A gatherer that also tells copies of tokens apart.
   *
   * @param ids of the prompt
   */
  public StatisticsGatherer(ScoreRule[] rules, int headCount, int[] ids) {
    this(rules, headCount, ids.length, new Earlier(ids));
  }

  private StatisticsGatherer(ScoreRule[] rules, int headCount, int length, Earlier earlier) {
    this.length = length;
    heads = new RowStatistics[rules.length][headCount];
    for (int l = 0; l < rules.length; l++) {
      for (int h = 0; h < headCount; h++) {
        heads[l][h] = new RowStatistics(length, HeadStatistics.THUMBNAIL, rules[l], earlier);
      }
    }
  }

  /**
   * Counts a block of rows in; the blocks of a layer come in order.
   *
   * @param scores {@code [1, H, rows, keys]}, or null where the pattern is not their softmax
   * @param pattern {@code [1, H, rows, keys]}
   */
  public void add(int layer, NDArray scores, NDArray pattern, int row0, int key0) {
    int rows = (int) pattern.getShape().get(2);
    int keys = (int) pattern.getShape().get(3);
    FloatBuffer weights = HostMemory.floats(pattern);
    FloatBuffer logits = scores == null ? null : HostMemory.floats(scores);
    IntStream.range(0, heads[layer].length)
        .parallel()
        .forEach(
            h -> {
              float[] weightRow = new float[keys];
              float[] scoreRow = logits == null ? null : new float[keys];
              for (int r = 0; r < rows; r++) {
                int at = (h * rows + r) * keys;
                int visible = heads[layer][h].visible(row0 + r, key0, keys);
                weights.get(at, weightRow, 0, visible);
                if (logits != null) {
                  logits.get(at, scoreRow, 0, visible);
                }
                heads[layer][h].add(row0 + r, key0, visible, weightRow, scoreRow);
              }
            });
  }

  /** Log-sum-exp of each row of a head, {@code [T]}; zeros where rows came without scores. */
  public float[] logSums(int layer, int head) {
    return heads[layer][head].logSums();
  }

  /** What was gathered so far; NaN for layers without rows. */
  public HeadStatistics finish() {
    int layers = heads.length;
    int count = heads[0].length;
    int side = heads[0][0].side();
    float[][] tables = new float[4][layers * count];
    float[] columns = new float[layers * count * length];
    float[] thumbnails = new float[layers * count * side * side];
    float[] beyondFirst = new float[layers * count * side];
    for (int i = 0; i < layers * count; i++) {
      RowStatistics s = heads[i / count][i % count];
      tables[0][i] = (float) s.entropy();
      tables[1][i] = (float) s.distance();
      tables[2][i] = (float) s.firstShare();
      tables[3][i] = (float) s.previousShare();
      for (int k = 0; k < length; k++) {
        columns[i * length + k] = (float) s.columnMean(k);
      }
      s.thumbnail(thumbnails, i * side * side);
      s.beyondFirst(beyondFirst, i * side);
    }
    return new HeadStatistics(
        new Tensor(tables[0], layers, count),
        new Tensor(tables[1], layers, count),
        new Tensor(tables[2], layers, count),
        new Tensor(tables[3], layers, count),
        new Tensor(columns, layers, count, length),
        new Tensor(thumbnails, layers, count, side, side),
        new Tensor(beyondFirst, layers, count, side),
        shares());
  }

  private RoleShares shares() {
    int layers = heads.length;
    int count = heads[0].length;
    float[] near = new float[layers * count * RoleShares.NEAR];
    float[] streaming = new float[layers * count];
    float[] duplicate = new float[layers * count];
    float[] induction = new float[layers * count];
    for (int i = 0; i < layers * count; i++) {
      RowStatistics s = heads[i / count][i % count];
      streaming[i] = (float) s.streamingShare();
      duplicate[i] = (float) s.duplicateShare();
      induction[i] = (float) s.inductionShare();
      for (int d = 0; d < RoleShares.NEAR; d++) {
        near[i * RoleShares.NEAR + d] = (float) s.near(d);
      }
    }
    return new RoleShares(
        new Tensor(near, layers, count, RoleShares.NEAR),
        new Tensor(streaming, layers, count),
        new Tensor(duplicate, layers, count),
        new Tensor(induction, layers, count));
  }
}
