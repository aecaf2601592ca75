package dev.headlight.analysis.model;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.HeadlightException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchLibraryTest {
  @TempDir private Path root;

  private Path installed(String versionFile, String text, String... libraries) throws IOException {
    Path folder = Files.createDirectories(root.resolve("torch/lib"));
    Files.writeString(folder.resolveSibling(versionFile), text);
    for (String library : libraries) {
      Files.createFile(folder.resolve(System.mapLibraryName(library)));
    }
    return folder;
  }

  @Test
  void pipSaysItsVersionInPython() throws IOException {
    String python = "from typing import Optional\n\n__version__ = '2.7.1+cu126'\ndebug = False\n";
    Path folder = installed("version.py", python, "torch", "torch_cuda");

    TorchLibrary library = TorchLibrary.at(folder, true);
    assertEquals("2.7.1+cu126", library.build());
    assertTrue(library.cuda());
    assertDoesNotThrow(() -> library.requireVersion("2.7.1"));
    assertThrows(HeadlightException.class, () -> library.requireVersion("2.7"));
  }

  @Test
  void archivesSayItInAFileOfTheirOwn() throws IOException {
    Path folder = installed("build-version", "2.5.1+cpu\n", "torch");

    TorchLibrary library = TorchLibrary.at(folder, true);
    assertEquals("2.5.1+cpu", library.build());
    assertFalse(library.cuda());
    String message =
        assertThrows(HeadlightException.class, () -> library.requireVersion("2.7.1")).getMessage();
    assertTrue(message.contains(folder + ", which is PyTorch 2.5.1+cpu"), message);
    assertTrue(message.contains("expected 2.7.1"), message);
    assertTrue(message.contains("pip install torch==2.7.1"), message);
  }

  @Test
  void theFirstFolderWithALibraryCounts() throws IOException {
    Path folder = installed("version.py", "", "torch");
    Path file = folder.resolve(System.mapLibraryName("torch"));

    assertEquals(folder, TorchLibrary.named(folder.toString()));
    assertEquals(folder, TorchLibrary.named(file.toString()));
    assertEquals(folder, TorchLibrary.named(root + File.pathSeparator + folder));
    String message =
        assertThrows(HeadlightException.class, () -> TorchLibrary.named(root.toString()))
            .getMessage();
    assertTrue(message.startsWith("PYTORCH_LIBRARY_PATH is " + root + ", expected"), message);
    assertTrue(message.contains(TorchLibrary.wanted()), message);
  }

  @Test
  void withoutADriverALibraryWithCudaIsUsedAsOneForTheCpu() throws IOException {
    TorchLibrary library =
        TorchLibrary.at(installed("version.py", "", "torch", "torch_cuda"), true);

    assertEquals("cpu", library.flavor(false));
    assertEquals("cpu", new TorchLibrary(true, root, false, "").flavor(true));
  }

  /** DJL's bridges for CUDA exist for Linux and Windows on x86-64 only. */
  @Test
  void withADriverTheBridgeOfThisBuildIsTaken() throws IOException {
    String system = System.getProperty("os.name") + System.getProperty("os.arch");
    TorchLibrary library =
        TorchLibrary.at(installed("version.py", "", "torch", "torch_cuda"), true);

    boolean exists = system.matches("(?i)(linux|windows).*(amd64|x86_64)");
    assertTrue(library.flavor(true).matches(exists ? "cu1\\d\\d" : "cpu"), library.flavor(true));
  }

  @Test
  void theBuildKnowsItsVersion() {
    assertTrue(TorchLibrary.wanted().matches("\\d+\\.\\d+\\.\\d+"), TorchLibrary.wanted());
    assertTrue(TorchLibrary.WAYS_TO_CUDA.contains(TorchLibrary.wanted()));
  }

  @Test
  void whatIsLoadedIsSaid() {
    assertEquals(Device.Kinds.CPU, Devices.present().get(0).kind());
    TorchLibrary loaded = TorchLibrary.loaded();
    assertTrue(Files.exists(loaded.folder().resolve(System.mapLibraryName("torch"))));
  }
}
