package dev.headlight.analysis.model;

import ai.djl.engine.Engine;
import ai.djl.engine.StandardCapabilities;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.model.Device.Kinds;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The devices the engine can compute on, and the choice among them. */
public final class Devices {
  private static final String MPS = "mps";

  private Devices() {}

  /** What is there: the CPU first, then CUDA's, then Apple's; starts the engine. */
  public static List<Device> present() {
    Engine engine = Engines.engine();
    List<Device> present = new ArrayList<>(List.of(new Device(Kinds.CPU, 0)));
    for (int i = 0; i < cudaCount(engine); i++) {
      present.add(new Device(Kinds.CUDA, i));
    }
    if (hasMps(engine)) {
      present.add(new Device(Kinds.MPS, 0));
    }
    return present;
  }

  /**
   * The device that is meant.
   *
   * @param asked a device, or {@link Device#AUTO}: the first of CUDA's, else Apple's, else the CPU
   * @param present what is there
   * @throws HeadlightException when the device is not there, naming those that are
   */
  public static Device choose(Device asked, List<Device> present) {
    if (asked.kind() == Kinds.AUTO) {
      return first(Kinds.CUDA, present, first(Kinds.MPS, present, new Device(Kinds.CPU, 0)));
    }
    if (present.contains(asked)) {
      return asked;
    }
    String there = present.stream().map(Device::toString).collect(Collectors.joining(", "));
    throw new HeadlightException(
        Kind.INPUT, asked + " is not there, found " + there + advice(asked, present));
  }

  private static Device first(Kinds kind, List<Device> present, Device otherwise) {
    return present.stream().filter(d -> d.kind() == kind).findFirst().orElse(otherwise);
  }

  private static String advice(Device asked, List<Device> present) {
    boolean cuda = present.stream().anyMatch(d -> d.kind() == Kinds.CUDA);
    if (asked.kind() != Kinds.CUDA || cuda) {
      return "; use one of these, or auto";
    }
    return "; use one of these or auto, or get CUDA: " + TorchLibrary.WAYS_TO_CUDA;
  }

  /**
   * Whether the library can use CUDA is asked of the library, since a card and CUDA's files may be
   * there beside a library without it. The engine counts cards with another library, which it does
   * not always find.
   */
  private static int cudaCount(Engine engine) {
    return engine.hasCapability(StandardCapabilities.CUDA) ? Math.max(1, engine.getGpuCount()) : 0;
  }

  private static boolean hasMps(Engine engine) {
    boolean mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac");
    if (!mac || !System.getProperty("os.arch").equals("aarch64")) {
      return false;
    }
    try (NDManager manager = engine.newBaseManager(of(new Device(Kinds.MPS, 0)));
        NDArray one = manager.ones(new Shape(1))) {
      return HostMemory.copy(one)[0] == 1;
    } catch (RuntimeException e) {
      // The engine has no question for it: an array that cannot be made is the answer.
      return false;
    }
  }

  /** The engine's name of a device that was chosen. */
  static ai.djl.Device of(Device device) {
    return switch (device.kind()) {
      case CPU -> ai.djl.Device.cpu();
      case CUDA -> ai.djl.Device.gpu(device.index());
      case MPS -> ai.djl.Device.of(MPS, 0);
      case AUTO -> throw new IllegalArgumentException("auto is not chosen yet");
    };
  }

  /** A device of the engine's, by our name. */
  static Device named(ai.djl.Device device) {
    if (device.isGpu()) {
      return new Device(Kinds.CUDA, device.getDeviceId());
    }
    return new Device(device.getDeviceType().equals(MPS) ? Kinds.MPS : Kinds.CPU, 0);
  }
}
