package dev.headlight.analysis.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.HeadlightException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
  @TempDir private Path folder;

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aWholeFileTakesThePlaceOfTheOldOne() throws IOException {
    Path file = folder.resolve("a.txt");
    AtomicFiles.writeText(file, "old");
    AtomicFiles.writeText(file, "nëw");
    assertEquals("nëw", Files.readString(file));
    assertEquals(List.of("a.txt"), names());
  }

  @Test
  void aFullDiskLeavesTheOldFile() throws IOException {
    Path file = folder.resolve("a.txt");
    AtomicFiles.writeText(file, "old");
    HeadlightException e =
        assertThrows(
            HeadlightException.class,
            () ->
                AtomicFiles.write(
                    file,
                    out -> {
                      out.write(new byte[1 << 20]);
                      throw new IOException("No space left on device");
                    }));
    assertEquals(HeadlightException.Kind.OUTPUT, e.kind());
    assertTrue(e.getMessage().contains("a.txt"), e.getMessage());
    assertTrue(e.getMessage().contains("the disk is full"), e.getMessage());
    assertEquals("old", Files.readString(file));
    assertEquals(List.of("a.txt"), names());
  }

  @Test
  void aCancelLeavesNothing() throws IOException {
    assertThrows(
        CancellationException.class,
        () ->
            AtomicFiles.write(
                folder.resolve("a.bin"),
                out -> {
                  out.write(1);
                  throw new CancellationException();
                }));
    assertEquals(List.of(), names());
  }

  @Test
  void aProcessThatEndsTakesItsUnfinishedFilesAway() {
    AtomicFiles.writePath(
        folder.resolve("a.bin"),
        temporary -> {
          AtomicFiles.writePath(
              folder.resolve("b.bin"),
              other -> {
                AtomicFiles.discardUnfinished();
                assertFalse(Files.exists(temporary));
                assertFalse(Files.exists(other));
                Files.createFile(other);
                Files.createFile(temporary);
              });
        });
  }

  @Test
  void aFileInThePlaceOfAFolderIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "mine");
    HeadlightException e =
        assertThrows(HeadlightException.class, () -> AtomicFiles.createFolder(file.resolve("sub")));
    assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
    assertThrows(
        HeadlightException.class, () -> AtomicFiles.writeText(folder.resolve("x/y.txt"), "z"));
    assertThrows(HeadlightException.class, () -> AtomicFiles.writeText(folder, "z"));
    assertEquals(List.of("file"), names());
  }
}
