package dev.headlight.analysis.model;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;

/** Starts the engine, offline. */
public final class Engines {
  private static final Device CPU = new Device(Device.Kinds.CPU, 0);

  private Engines() {}

  /**
   * A fresh top-level manager on a device, which managers and arrays made from it inherit.
   *
   * @throws HeadlightException when the device is not there, naming those that are
   */
  public static NDManager manager(Device device) {
    return engine().newBaseManager(Devices.of(chosen(device)));
  }

  /** A fresh top-level manager on the CPU, whatever else is there. */
  public static NDManager manager() {
    return engine().newBaseManager(Devices.of(CPU));
  }

  /**
   * The device that will compute.
   *
   * @throws HeadlightException when it is not there
   */
  public static Device chosen(Device asked) {
    return Devices.choose(asked, Devices.present());
  }

  /**
   * The engine; the first call loads its native library.
   *
   * @throws HeadlightException when that fails
   */
  static Engine engine() {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    // The graph executor only concerns TorchScript; switching it off silences a warning about it.
    if (System.getProperty("ai.djl.pytorch.graph_optimizer") == null) {
      System.setProperty("ai.djl.pytorch.graph_optimizer", "false");
    }
    TorchLibrary.prepare();
    try {
      return Engine.getEngine("PyTorch");
    } catch (EngineException | LinkageError e) {
      throw new HeadlightException(
          Kind.INPUT,
          "the PyTorch library does not load (" + root(e) + "); headlight doctor says what to do",
          e);
    }
  }

  private static String root(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage();
  }
}
