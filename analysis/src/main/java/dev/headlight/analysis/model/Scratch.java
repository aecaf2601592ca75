package dev.headlight.analysis.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import dev.headlight.analysis.attention.Slices;
import java.nio.ByteOrder;

/**
 * Memory that stored weights are widened into, one after the other, as large as the largest of
 * them. Fresh memory would cost more than the widening: the system clears every page of it.
 */
final class Scratch {
  private final NDManager manager;
  private NDArray memory;
  private boolean taken;

  /** Nothing yet; memory will belong to {@code manager}. */
  Scratch(NDManager manager) {
    this.manager = manager;
  }

  /**
   * Rows {@code row0 .. row1 - 1} as fp32, in this memory if it is free.
   *
   * @param scope owner of what is made instead when it is not
   */
  Weight.Lent lend(StoredMatrix stored, long row0, long row1, NDManager scope) {
    // A recorded pass looks at the weights again on its way back, and a device has its own memory.
    if (taken || JniUtils.isGradMode() || !scope.getDevice().equals(Device.cpu())) {
      NDArray fresh = stored.read(row0, row1, scope);
      return new Weight.Lent(fresh, fresh::close);
    }
    long rows = row1 - row0;
    long size = rows * stored.columns();
    taken = true;
    try {
      stored.fill(
          row0, row1, memory.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer());
      NDArray part = Slices.range(memory, 0, 0, size);
      NDArray matrix = part.reshape(rows, stored.columns());
      matrix.attach(scope);
      if (part != memory) {
        part.close();
      }
      return new Weight.Lent(
          matrix,
          () -> {
            matrix.close();
            taken = false;
          });
    } catch (RuntimeException | Error e) {
      taken = false;
      throw e;
    }
  }

  /** Makes room for a matrix while the model is opened; it costs nothing until it is used. */
  void reserve(StoredMatrix stored) {
    long rows = Math.min(stored.rows(), Weight.panelRows(stored.columns()));
    long size = rows * stored.columns();
    if (memory != null && memory.size() >= size) {
      return;
    }
    if (memory != null) {
      memory.close();
      memory = null;
    }
    memory = manager.create(new Shape(size), DataType.FLOAT32);
  }
}
