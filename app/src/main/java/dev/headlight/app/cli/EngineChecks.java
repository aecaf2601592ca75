package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.engine.EngineFacts;
import dev.headlight.analysis.model.Device;
import dev.headlight.analysis.model.TorchLibrary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The engine, the library it loads, the devices it sees, and what CUDA still needs. */
final class EngineChecks {
  private static final String CUDA = "CUDA";
  private static final String REPAIR =
      "delete the folder .djl.ai in your home folder and try again; on Linux glibc 2.28 or newer is"
          + " needed; if PYTORCH_LIBRARY_PATH or PYTORCH_FLAVOR is set, unset it; a build with CUDA"
          + " needs NVIDIA's driver and libcudart (docs/devices.md)";

  private EngineChecks() {}

  static List<DoctorCheck> all() {
    try {
      return of(EngineFacts.read(), TorchLibrary.driver());
    } catch (LinkageError | RuntimeException e) {
      return List.of(broken(e));
    }
  }

  static DoctorCheck broken(Throwable e) {
    if (e instanceof HeadlightException && e.getCause() == null) {
      return DoctorCheck.broken("PyTorch", "does not start", e.getMessage());
    }
    return DoctorCheck.broken("PyTorch", "does not start: " + root(e), REPAIR);
  }

  static List<DoctorCheck> of(EngineFacts facts, boolean driver) {
    List<DoctorCheck> checks = new ArrayList<>();
    checks.add(DoctorCheck.ok("DJL", facts.djl()));
    checks.add(DoctorCheck.ok("PyTorch", facts.pytorch() + ", " + library(facts.library())));
    checks.add(
        DoctorCheck.ok(
            "devices",
            facts.devices().stream().map(Device::toString).collect(Collectors.joining(", "))
                + "; auto takes "
                + facts.automatic()
                + "; "
                + facts.threads()
                + " threads on cpu"));
    if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac")) {
      checks.add(cuda(facts, driver));
    }
    return checks;
  }

  private static String library(TorchLibrary library) {
    String build = library.build().isEmpty() ? "" : " (" + library.build() + ")";
    return (library.cuda() ? "with CUDA" : "for the CPU")
        + build
        + (library.own() ? ", from PYTORCH_LIBRARY_PATH, " : ", from Headlight's jars, ")
        + library.folder();
  }

  /** What is there of driver, library and card, and the next of them to get. */
  private static DoctorCheck cuda(EngineFacts facts, boolean driver) {
    if (facts.devices().stream().anyMatch(d -> d.kind() == Device.Kinds.CUDA)) {
      return DoctorCheck.ok(CUDA, "driver, library and card are there");
    }
    if (!driver) {
      return DoctorCheck.missing(
          CUDA,
          "no NVIDIA driver",
          "all works on cpu; with an NVIDIA card install its driver"
              + (facts.library().cuda() ? "" : ", then " + TorchLibrary.WAYS_TO_CUDA));
    }
    if (!facts.library().cuda()) {
      return DoctorCheck.missing(
          CUDA, "a driver, but a library for the CPU", TorchLibrary.WAYS_TO_CUDA);
    }
    return DoctorCheck.missing(
        CUDA,
        "a driver and a library with CUDA, but no card that they can use",
        "see whether nvidia-smi lists a card and names a CUDA version not older than the library's,"
            + " and whether CUDA_VISIBLE_DEVICES hides it or PYTORCH_FLAVOR is set to cpu");
  }

  private static Throwable root(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
