package dev.headlight.analysis.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.headlight.analysis.checkpoint.Checkpoint;
import dev.headlight.analysis.checkpoint.CheckpointException;
import dev.headlight.analysis.checkpoint.Tensors;
import dev.headlight.analysis.checkpoint.WeightCheck;
import java.nio.FloatBuffer;
import java.util.stream.IntStream;

/**
 * A matrix as it lies in a checkpoint, and how its rows are found there. Rows are decoded in
 * blocks, on all cores, and checked for numbers that are not finite while they are in the cache.
 */
abstract class StoredMatrix {
  private final Checkpoint checkpoint;
  private final Tensors tensors;
  private final long rows;
  private final int columns;

  /**
   * @param checkpoint where the tensors belong
   * @param tensors where their bytes are
   */
  StoredMatrix(Checkpoint checkpoint, Tensors tensors, long rows, long columns) {
    this.checkpoint = checkpoint;
    this.tensors = tensors;
    this.rows = rows;
    this.columns = Math.toIntExact(columns);
  }

  final long rows() {
    return rows;
  }

  final int columns() {
    return columns;
  }

  /** How many rows are decoded in one go. */
  abstract int blockRows();

  /** Decodes {@code count} rows from {@code row} on. */
  abstract void block(long row, int count, float[] into);

  /** Rows {@code row0 .. row1 - 1} as a new fp32 array. */
  final NDArray read(long row0, long row1, NDManager manager) {
    return HostMemory.filled(
        new Shape(row1 - row0, columns), manager, into -> fill(row0, row1, into));
  }

  /** Writes rows {@code row0 .. row1 - 1} from the buffer's start on. */
  final void fill(long row0, long row1, FloatBuffer into) {
    int count = Math.toIntExact(row1 - row0);
    int step = blockRows();
    IntStream.range(0, (count + step - 1) / step)
        .parallel()
        .forEach(
            b -> {
              int first = b * step;
              int size = Math.min(step, count - first);
              float[] values = new float[size * columns];
              block(row0 + first, size, values);
              into.duplicate().position(first * columns).put(values);
            });
  }

  /** Rows by index, {@code [shape..., columns]}. */
  final NDArray gather(int[] ids, Shape shape, NDManager manager) {
    return HostMemory.filled(
        shape.add(columns),
        manager,
        into -> {
          float[] row = new float[columns];
          for (int id : ids) {
            block(id, 1, row);
            into.put(row);
          }
        });
  }

  /** Decodes and checks elements of a tensor. */
  final void decode(String tensor, long first, float[] into, int offset, int count) {
    tensors.decode(tensor, first, FloatBuffer.wrap(into, offset, count));
    long bad = WeightCheck.firstNonFinite(FloatBuffer.wrap(into, offset, count));
    if (bad >= 0) {
      throw notFinite(checkpoint, tensor, into[(int) (offset + bad)], first + bad);
    }
  }

  /** The exception for a weight that is not a number. */
  static CheckpointException notFinite(
      Checkpoint checkpoint, String tensor, float value, long element) {
    return new CheckpointException(
        checkpoint.info(tensor).file().getFileName()
            + ": tensor "
            + tensor
            + " holds "
            + value
            + " at element "
            + element
            + "; expected finite numbers. The file is damaged or training diverged");
  }
}
