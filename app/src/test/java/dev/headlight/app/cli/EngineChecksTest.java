package dev.headlight.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.engine.EngineFacts;
import dev.headlight.analysis.model.Device;
import dev.headlight.analysis.model.TorchLibrary;
import dev.headlight.app.cli.DoctorCheck.Status;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What the doctor says of the engine on machines of many kinds. */
@DisabledOnOs(OS.MAC)
class EngineChecksTest {
  private static final Path FOLDER = Path.of("libraries");
  private static final TorchLibrary JARS = new TorchLibrary(false, FOLDER, false, "");
  private static final TorchLibrary PIP = new TorchLibrary(true, FOLDER, true, "2.7.1+cu126");

  private static DoctorCheck check(
      String name, TorchLibrary library, boolean driver, String... devices) {
    List<Device> present = Stream.of(devices).map(Device::parse).toList();
    EngineFacts facts = new EngineFacts("0", "2.7.1", library, present, 2);
    List<DoctorCheck> checks = EngineChecks.of(facts, driver);
    return checks.stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void theLibraryAndWhereItComesFromAreSaid() {
    assertEquals(
        "2.7.1, for the CPU, from Headlight's jars, libraries",
        check("PyTorch", JARS, false, "cpu").found());
    assertEquals(
        "2.7.1, with CUDA (2.7.1+cu126), from PYTORCH_LIBRARY_PATH, libraries",
        check("PyTorch", PIP, false, "cpu").found());
  }

  @Test
  void devicesAndTheOneThatAutoTakesAreSaid() {
    assertEquals(
        "cpu; auto takes cpu; 2 threads on cpu", check("devices", JARS, false, "cpu").found());
    assertEquals(
        "cpu, cuda:0, cuda:1; auto takes cuda:0; 2 threads on cpu",
        check("devices", PIP, true, "cpu", "cuda:0", "cuda:1").found());
  }

  @Test
  void anEngineThatDoesNotStartIsBroken() {
    Throwable cause = new UnsatisfiedLinkError("libcuda.so.1: cannot open");
    DoctorCheck load = EngineChecks.broken(new HeadlightException(Kind.INPUT, "it fails", cause));
    assertEquals(Status.BROKEN, load.status());
    assertTrue(load.found().contains("libcuda.so.1: cannot open"), load.found());
    assertTrue(load.advice().contains("PYTORCH_FLAVOR"), load.advice());

    DoctorCheck setting = EngineChecks.broken(new HeadlightException(Kind.INPUT, "no such folder"));
    assertEquals("no such folder", setting.advice());
  }

  @Test
  void theNextStepToCudaIsSaid() {
    DoctorCheck nothing = check("CUDA", JARS, false, "cpu");
    assertEquals(Status.MISSING, nothing.status());
    assertTrue(nothing.advice().contains("driver"), nothing.advice());
    assertTrue(nothing.advice().contains("PYTORCH_LIBRARY_PATH"), nothing.advice());
    assertTrue(nothing.advice().contains("-Pcuda"), nothing.advice());

    DoctorCheck library = check("CUDA", PIP, false, "cpu");
    assertTrue(library.advice().contains("driver"), library.advice());
    assertFalse(library.advice().contains("PYTORCH_LIBRARY_PATH"), library.advice());

    assertEquals(TorchLibrary.WAYS_TO_CUDA, check("CUDA", JARS, true, "cpu").advice());
    assertTrue(check("CUDA", PIP, true, "cpu").advice().contains("nvidia-smi"));
    assertEquals(Status.OK, check("CUDA", PIP, true, "cpu", "cuda:0").status());
  }
}
