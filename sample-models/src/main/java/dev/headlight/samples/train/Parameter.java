package dev.headlight.samples.train;

import ai.djl.ndarray.NDArray;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A trained array.
 *
 * @param name its name in the checkpoint
 * @param array the numbers the forward pass reads, fp32 on the CPU
 * @param turned whether files store the transpose of it, as GPT-2's Conv1D does
 * @param decays whether weight decay pulls it to zero
 * @param parts names and numbers of rows of the tensors that files have in place of it, in the
 *     order of its rows; empty where they have it whole
 * @param filed axes in files, where they have the same numbers in the same order in other axes;
 *     empty where they have not
 */
record Parameter(
    String name,
    NDArray array,
    boolean turned,
    boolean decays,
    Map<String, Integer> parts,
    List<Long> filed) {

  /** A parameter that files have whole. */
  Parameter(String name, NDArray array, boolean turned, boolean decays) {
    this(name, array, turned, decays, Map.of(), List.of());
  }

  /**
   * A tensor of a checkpoint.
   *
   * @param name its name
   * @param shape its shape
   * @param values its numbers, the last axis fastest
   */
  record Stored(String name, long[] shape, FloatBuffer values) {}

  /** The tensors that the files of a model have for it. */
  List<Stored> tensors() {
    FloatBuffer all = FloatBuffer.wrap(stored());
    if (parts.isEmpty()) {
      return List.of(new Stored(name, storedShape(), all));
    }
    List<Stored> tensors = new ArrayList<>();
    boolean matrix = array.getShape().dimension() > 1;
    int columns = matrix ? (int) array.getShape().get(1) : 1;
    int from = 0;
    for (Map.Entry<String, Integer> part : parts.entrySet()) {
      int size = part.getValue() * columns;
      long[] shape = matrix ? new long[] {part.getValue(), columns} : new long[] {size};
      tensors.add(new Stored(part.getKey(), shape, all.slice(from, size)));
      from += size;
    }
    return tensors;
  }

  int size() {
    return Math.toIntExact(array.size());
  }

  /** Shape in the checkpoint, parts together. */
  long[] storedShape() {
    if (!filed.isEmpty()) {
      return filed.stream().mapToLong(Long::longValue).toArray();
    }
    long[] shape = array.getShape().getShape();
    return turned ? new long[] {shape[1], shape[0]} : shape;
  }

  /** Numbers as the checkpoint stores them. */
  float[] stored() {
    float[] values = array.toFloatArray();
    return turned ? transposed(values, storedShape()) : values;
  }

  /** Takes numbers from a checkpoint. */
  void load(float[] stored) {
    memory().put(turned ? transposed(stored, array.getShape().getShape()) : stored);
  }

  /** The array's own memory. Writing to it goes past the engine's record of gradients. */
  FloatBuffer memory() {
    return memory(array);
  }

  /** The memory of an array on the CPU. */
  static FloatBuffer memory(NDArray array) {
    return array.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  private static float[] transposed(float[] values, long[] toShape) {
    int rows = (int) toShape[0];
    int columns = (int) toShape[1];
    float[] turned = new float[values.length];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        turned[r * columns + c] = values[c * rows + r];
      }
    }
    return turned;
  }
}
