package dev.headlight.analysis.model;

import dev.headlight.analysis.checkpoint.Checkpoint;
import dev.headlight.analysis.checkpoint.Tensors;
import java.util.Arrays;

/** Rows of one or more tensors, one after the other, or in another order. */
final class StoredRows extends StoredMatrix {
  private static final int BLOCK = 1 << 16;

  private final String[] names;
  private final long[] ends;
  private final int[] order;

  /**
   * @param tensors where their bytes are
   * @param names of the tensors
   * @param counts rows of each
   * @param order row i is stored row order[i] of the only tensor; null where they are in order
   */
  StoredRows(
      Checkpoint checkpoint,
      Tensors tensors,
      String[] names,
      long[] counts,
      long columns,
      int[] order) {
    super(checkpoint, tensors, Arrays.stream(counts).sum(), columns);
    this.names = names.clone();
    this.order = order;
    ends = counts.clone();
    Arrays.parallelPrefix(ends, Long::sum);
  }

  @Override
  int blockRows() {
    return Math.max(1, BLOCK / columns());
  }

  @Override
  void block(long row, int count, float[] into) {
    int done = 0;
    while (done < count) {
      long at = row + done;
      int part = part(at);
      int run =
          order == null ? (int) Math.min(count - done, ends[part] - at) : run(at, count - done);
      long start = order == null ? at - (part == 0 ? 0 : ends[part - 1]) : order[(int) at];
      decode(names[part], start * columns(), into, done * columns(), run * columns());
      done += run;
    }
  }

  private int part(long row) {
    int part = 0;
    while (ends[part] <= row) {
      part++;
    }
    return part;
  }

  /** How many rows from here on are neighbours in the file too. */
  private int run(long row, int most) {
    int run = 1;
    while (run < most && order[(int) row + run] == order[(int) row] + run) {
      run++;
    }
    return run;
  }
}
