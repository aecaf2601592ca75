package dev.headlight.analysis.checkpoint;

import java.nio.FloatBuffer;

/** Numbers of stored tensors, wherever their bytes are. */
public interface Tensors {
  /**
   * Decodes the elements {@code first .. first + into.remaining()} (row major) to fp32. Safe to use
   * from several threads.
   *
   * @param firstElement 0 or more
   * @param into heap or direct; filled from its position to its limit
   * @throws CheckpointException if there is no such tensor or it cannot be read
   * @throws IndexOutOfBoundsException if the range leaves the tensor
   */
  void decode(String tensor, long firstElement, FloatBuffer into);
}
