package dev.headlight.analysis.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.function.Consumer;

/**
 * The way between Java's memory and the engine's. Java sees the memory of arrays on the CPU and
 * reads and fills it where it is; what lies on another device is copied as a whole. The system
 * property {@code headlight.host.copy} makes everything be copied, so that the way of a device can
 * be walked on a CPU.
 */
public final class HostMemory {
  /** Name of the system property. */
  static final String COPY = "headlight.host.copy";

  private HostMemory() {}

  /**
   * An array whose memory Java sees: the array itself, or a copy that lives as long as the array's
   * manager. Who reads an array more than once asks once and reads the answer.
   */
  public static NDArray visible(NDArray array) {
    boolean cpu = array.getDevice().equals(Device.cpu());
    if (cpu) {
      return Boolean.getBoolean(COPY) ? array.duplicate() : array;
    }
    return array.toDevice(Device.cpu(), false);
  }

  /**
   * The numbers of an fp32 array in row-major order, only to be read: whether writing reaches the
   * array depends on its device. Valid until the array's manager closes.
   */
  public static FloatBuffer floats(NDArray array) {
    return memory(visible(array));
  }

  /** A copy of the numbers of an fp32 array; leaves nothing behind in its manager. */
  public static float[] copy(NDArray array) {
    NDArray visible = visible(array);
    try {
      return visible.toFloatArray();
    } finally {
      if (visible != array) {
        visible.close();
      }
    }
  }

  /**
   * An fp32 array on the manager's device.
   *
   * @param values as many as the shape says, row-major
   */
  public static NDArray array(float[] values, Shape shape, NDManager manager) {
    return filled(shape, manager, memory -> memory.put(values));
  }

  /**
   * An fp32 array on the manager's device, in memory that the engine owns: that of a direct buffer
   * would only be freed by the collector.
   *
   * @param filler writes all numbers, row-major, at most 2³¹ − 1 bytes of them
   */
  public static NDArray filled(Shape shape, NDManager manager, Consumer<FloatBuffer> filler) {
    boolean cpu = manager.getDevice().equals(Device.cpu());
    if (cpu && !Boolean.getBoolean(COPY)) {
      return onCpu(shape, manager, filler);
    }
    // Not array.set(values): where the device is not CUDA, DJL 0.35 would lend it Java's memory.
    try (NDManager host = manager.newSubManager(Device.cpu())) {
      NDArray staged = onCpu(shape, host, filler);
      NDArray array = cpu ? staged.duplicate() : staged.toDevice(manager.getDevice(), false);
      array.attach(manager);
      return array;
    }
  }

  private static NDArray onCpu(Shape shape, NDManager cpu, Consumer<FloatBuffer> filler) {
    NDArray array = cpu.create(shape, DataType.FLOAT32);
    try {
      filler.accept(memory(array));
      return array;
    } catch (RuntimeException | Error e) {
      array.close();
      throw e;
    }
  }

  private static FloatBuffer memory(NDArray array) {
    return array.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }
}
