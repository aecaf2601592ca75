package dev.headlight.analysis.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.headlight.analysis.model.HostMemory;

/**
 * A change to the rows of a value {@code [B, T, …]} at some positions, in place.
 *
 * @param first first position changed
 * @param end one past the last position changed
 * @param slice index on the third axis (head or group), or -1 for all of it
 * @param slices how many slices from there on
 * @param factor what the present value is multiplied by
 * @param values what is then added, one row a position from {@code first} on; null for nothing
 * @param later row added at positions past the last of {@code values}; null for none
 * @param matrix M of {@code x + x M}, which is done besides, {@code [e · e]}; null for none
 */
record ValueEdit(
    int first,
    int end,
    int slice,
    int slices,
    float factor,
    float[][] values,
    float[] later,
    float[] matrix) {
  private static final NDIndex ALL = new NDIndex(":");

  /** Of one slice, without a matrix. */
  ValueEdit(int first, int end, int slice, float factor, float[][] values, float[] later) {
    this(first, end, slice, 1, factor, values, later, null);
  }

  /** Multiplies rows. */
  static ValueEdit scale(int first, int end, int slice, float factor) {
    return new ValueEdit(first, end, slice, factor, null, null);
  }

  /** Adds {@code x M} to every row. */
  static ValueEdit times(int slice, float[] matrix) {
    return new ValueEdit(0, Integer.MAX_VALUE, slice, 1, 1, null, null, matrix);
  }

  /** This change and another that only scales the next slice likewise, as one; else null. */
  ValueEdit joined(ValueEdit next) {
    boolean scales = values == null && matrix == null && slice >= 0;
    boolean alike = scales && next.values == null && next.matrix == null;
    boolean beside = next.slice == slice + slices && next.first == first && next.end == end;
    return alike && beside && next.factor == factor
        ? new ValueEdit(first, end, slice, slices + next.slices, factor, null, null, null)
        : null;
  }

  /** Applies the change to rows that stand at positions {@code past} and after. */
  void apply(NDArray x, int past) {
    int rows = (int) x.getShape().get(1);
    int from = Math.max(first, past);
    int to = Math.min(end, past + rows);
    if (values != null && later == null) {
      to = Math.min(to, first + values.length);
    }
    if (from >= to) {
      return;
    }
    NDIndex where = new NDIndex().addAllDim().addSliceDim(from - past, to - past);
    NDArray part = x.get(slice < 0 ? where : where.addSliceDim(slice, slice + (long) slices));
    if (factor != 1) {
      // Not by multiplying: 0 · NaN would stay NaN.
      if (factor == 0) {
        part.set(ALL, 0);
      } else {
        // As an array of the engine's: a backward pass would read a lent Java number too late.
        part.muli(part.getManager().full(new Shape(), factor));
      }
    }
    if (values != null) {
      part.addi(rows(part, from, to));
    }
    if (matrix != null) {
      long width = part.getShape().get(part.getShape().dimension() - 1);
      NDManager manager = part.getManager();
      part.addi(part.matMul(HostMemory.array(matrix, new Shape(width, width), manager)));
    }
    part.close();
  }

  private NDArray rows(NDArray part, int from, int to) {
    int width = (later == null ? values[0] : later).length;
    float[] flat = new float[(to - from) * width];
    for (int p = from; p < to; p++) {
      float[] row = p - first < values.length ? values[p - first] : later;
      System.arraycopy(row, 0, flat, (p - from) * width, width);
    }
    NDManager manager = part.getManager();
    long[] shape = part.getShape().getShape().clone();
    shape[0] = 1;
    return manager.create(flat, new Shape(shape));
  }
}
