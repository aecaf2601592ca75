package dev.headlight.analysis.model;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;

/** Starts the engine, offline. */
public final class Engines {
  private Engines() {}

  /** A fresh top-level manager on a device. */
  public static NDManager manager(Device device) {
    if (device.kind() != Device.Kinds.AUTO && device.kind() != Device.Kinds.CPU) {
      throw new HeadlightException(
          Kind.INPUT,
          device + " is not available, this build computes on cpu; use the device cpu or auto");
    }
    return manager();
  }

  /** A fresh top-level manager; the first call loads the engine's native library. */
  public static NDManager manager() {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    // The graph executor only concerns TorchScript; switching it off silences a warning about it.
    if (System.getProperty("ai.djl.pytorch.graph_optimizer") == null) {
      System.setProperty("ai.djl.pytorch.graph_optimizer", "false");
    }
    return Engine.getEngine("PyTorch").newBaseManager();
  }
}
