package dev.headlight.analysis.engine;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.LibUtils;
import dev.headlight.analysis.model.Engines;
import java.util.ArrayList;
import java.util.List;

/**
 * What the tensor engine is and what it computes on.
 *
 * @param djl version of DJL
 * @param pytorch version of PyTorch
 * @param libraries folder of PyTorch's libraries
 * @param devices names of the devices that can compute, {@code cpu} first
 * @param threads threads of one operation on the cpu
 */
public record EngineFacts(
    String djl, String pytorch, String libraries, List<String> devices, int threads) {

  /** Copies the list. */
  public EngineFacts {
    devices = List.copyOf(devices);
  }

  /**
   * Starts the engine, computes one number with it and says what it is.
   *
   * @throws LinkageError when a native library does not load
   * @throws ai.djl.engine.EngineException when the engine does not start
   */
  public static EngineFacts read() {
    try (NDManager manager = Engines.manager();
        NDArray one = manager.ones(new Shape(1))) {
      if (one.getFloat(0) != 1) {
        throw new IllegalStateException("the engine says that 1 is " + one.getFloat(0));
      }
    }
    Engine engine = Engine.getEngine("PyTorch");
    List<String> devices = new ArrayList<>(List.of("cpu"));
    for (int i = 0; i < engine.getGpuCount(); i++) {
      devices.add("cuda:" + i);
    }
    return new EngineFacts(
        Engine.getDjlVersion(),
        engine.getVersion(),
        LibUtils.getLibtorchPath(),
        devices,
        JniUtils.getNumThreads());
  }
}
