package dev.headlight.analysis.engine;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import dev.headlight.analysis.model.Device;
import dev.headlight.analysis.model.Devices;
import dev.headlight.analysis.model.Engines;
import dev.headlight.analysis.model.TorchLibrary;
import java.util.List;

/**
 * What the tensor engine is and what it computes on.
 *
 * @param djl version of DJL
 * @param pytorch version of PyTorch
 * @param library the PyTorch library that is loaded
 * @param devices the devices that can compute, the CPU first
 * @param threads threads of one operation on the cpu
 */
public record EngineFacts(
    String djl, String pytorch, TorchLibrary library, List<Device> devices, int threads) {

  /** Copies the list. */
  public EngineFacts {
    devices = List.copyOf(devices);
  }

  /** The device that {@link Device#AUTO} means here. */
  public Device automatic() {
    return Devices.choose(Device.AUTO, devices);
  }

  /**
   * Starts the engine, computes one number on the device it would take, and says what it is.
   *
   * @throws dev.headlight.analysis.HeadlightException when the engine does not start
   */
  public static EngineFacts read() {
    try (NDManager manager = Engines.manager(Device.AUTO);
        NDArray one = manager.ones(new Shape(1))) {
      if (one.getFloat(0) != 1) {
        throw new IllegalStateException("the engine says that 1 is " + one.getFloat(0));
      }
    }
    return new EngineFacts(
        Engine.getDjlVersion(),
        Engine.getEngine("PyTorch").getVersion(),
        TorchLibrary.loaded(),
        Devices.present(),
        JniUtils.getNumThreads());
  }
}
