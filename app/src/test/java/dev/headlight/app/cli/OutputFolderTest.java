package dev.headlight.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.io.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {
  @TempDir private Path folder;

  @Test
  void allFilesOrNone() throws IOException {
    Path out = folder.resolve("a/b");
    List<Path> files =
        OutputFolder.filled(
            out,
            staging -> {
              AtomicFiles.writeText(staging.resolve("x.txt"), "x");
              return List.of(staging.resolve("x.txt"));
            });
    assertEquals(List.of(out.resolve("x.txt")), files);
    assertEquals("x", Files.readString(files.get(0)));
    assertEquals(List.of("x.txt"), names(out));
  }

  @Test
  void aFullDiskTakesTheFirstFilesAwayToo() throws IOException {
    Path old = Files.writeString(folder.resolve("old.txt"), "old");
    HeadlightException e =
        assertThrows(
            HeadlightException.class, () -> OutputFolder.filled(folder, this::runOutOfSpace));
    assertTrue(e.getMessage().startsWith(folder.resolve("y.txt").toString()), e.getMessage());
    assertEquals(List.of("old.txt"), names(folder));
    assertEquals("old", Files.readString(old));

    Path fresh = folder.resolve("a/b");
    assertThrows(HeadlightException.class, () -> OutputFolder.filled(fresh, this::runOutOfSpace));
    assertFalse(Files.exists(folder.resolve("a")));
  }

  private List<Path> runOutOfSpace(Path staging) {
    AtomicFiles.writeText(staging.resolve("old.txt"), "new");
    AtomicFiles.write(
        staging.resolve("y.txt"),
        out -> {
          throw new IOException("No space left on device");
        });
    return List.of();
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }
}
