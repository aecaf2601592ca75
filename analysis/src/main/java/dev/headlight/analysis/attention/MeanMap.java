package dev.headlight.analysis.attention;

import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.run.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * Attention averaged over heads: each cell is the mean of the weights of the heads that see it, NaN
 * where none does. Heads of one layer see the same cells, so their rows still sum to 1. Belongs to
 * the thread that uses the model.
 */
public final class MeanMap implements AttentionWeights {
  /** Cells of a head that are held at once: 16 MB. */
  private static final int CELLS = 4 << 20;

  private final List<? extends AttentionWeights> maps;
  private final Progress progress;

  /**
   * The mean of these maps.
   *
   * @param maps at least one, of one pass
   * @param progress asked between heads whether to stop
   */
  public MeanMap(List<? extends AttentionWeights> maps, Progress progress) {
    if (maps.isEmpty()) {
      throw new IllegalArgumentException("a mean needs at least one head");
    }
    this.maps = List.copyOf(maps);
    this.progress = progress;
  }

  @Override
  public int length() {
    return maps.get(0).length();
  }

  @Override
  public Tensor weights(int row0, int row1, int col0, int col1) {
    int size = (row1 - row0) * (col1 - col0);
    double[] sums = new double[size];
    int[] counts = new int[size];
    for (AttentionWeights map : maps) {
      progress.check();
      float[] values = map.weights(row0, row1, col0, col1).data();
      for (int i = 0; i < size; i++) {
        if (!Float.isNaN(values[i])) {
          sums[i] += values[i];
          counts[i]++;
        }
      }
    }
    float[] mean = new float[size];
    for (int i = 0; i < size; i++) {
      mean[i] = counts[i] == 0 ? Float.NaN : (float) (sums[i] / counts[i]);
    }
    return new Tensor(mean, row1 - row0, col1 - col0);
  }

  @Override
  public Tensor pooled(int side) {
    return pooled(this, side, "averaging " + maps.size() + " heads", progress);
  }

  /** Pools any map, in blocks of rows. */
  static Tensor pooled(AttentionWeights map, int side, String what, Progress progress) {
    int length = map.length();
    int bin = RowStatistics.bin(length, side);
    int size = (length + bin - 1) / bin;
    float[] pooled = new float[size * size];
    Arrays.fill(pooled, Float.NaN);
    int step = Math.max(1, CELLS / length);
    for (int row0 = 0; row0 < length; row0 += step) {
      int row1 = Math.min(length, row0 + step);
      progress.report((double) row0 / length, what);
      float[] values = map.weights(row0, row1, 0, length).data();
      for (int i = 0; i < values.length; i++) {
        int cell = (row0 + i / length) / bin * size + i % length / bin;
        // NaN, where nothing was seen yet, loses against any number.
        pooled[cell] =
            pooled[cell] >= values[i] || Float.isNaN(values[i]) ? pooled[cell] : values[i];
      }
    }
    return new Tensor(pooled, size, size);
  }
}
