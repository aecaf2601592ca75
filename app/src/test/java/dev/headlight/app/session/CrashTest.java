package dev.headlight.app.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed, windows that meet, places that cannot be written. */
class CrashTest {
  @TempDir Path folder;

  private Process start(Path file) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xshare:auto",
            "-cp",
            System.getProperty("java.class.path"),
            SessionSaver.class.getName(),
            file.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  @Test
  void killedInTheMiddleOfSavingLosesNothingSavedBefore() throws Exception {
    Path file = folder.resolve("s.headlight");
    for (int round = 0; round < 3; round++) {
      Process process = start(file);
      int safe = 0;
      try (BufferedReader out = process.inputReader()) {
        while (safe < 5 + 7 * round) {
          safe = Integer.parseInt(out.readLine());
        }
        TimeUnit.MILLISECONDS.sleep(round);
        process.destroyForcibly().waitFor();
      }
      SessionState state = SessionReader.read(file).session().state();
      String text = state.prompt().text();
      int found = Integer.parseInt(text.substring(0, text.indexOf(' ')));
      assertTrue(found >= safe, "saved " + safe + ", found " + found);
    }
    SessionFile.write(file, SessionFileTest.full());
    try (var files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList(), "the killed processes' leftovers are gone");
    }
  }

  @Test
  void aSessionIsLockedByOneWindow() {
    Path file = folder.resolve("s.headlight");
    SessionLock lock = SessionLock.take(file).orElseThrow();
    assertEquals(Optional.empty(), SessionLock.take(file));
    assertTrue(SessionLock.take(folder.resolve("t.headlight")).isPresent());
    lock.close();
    assertTrue(SessionLock.take(file).isPresent());
    assertEquals(Optional.empty(), SessionLock.take(folder.resolve("no").resolve("s.headlight")));
  }

  @Test
  void autosaveWritesTheNewestAndTellsOnceWhenItCannot() throws IOException {
    List<RuntimeException> told = new CopyOnWriteArrayList<>();
    Path file = folder.resolve("a.headlight");
    Session old = SessionFileTest.full();
    Session newest = old.withModel(new ModelReference("/other", "n", ""));
    try (Autosave autosave = new Autosave(60_000, told::add)) {
      autosave.save(file, old);
      autosave.save(file, newest);
    }
    assertEquals(newest, SessionReader.read(file).session());
    Path gone = folder.resolve("gone").resolve("a.headlight");
    try (Autosave autosave = new Autosave(60_000, told::add)) {
      autosave.save(gone, old);
      autosave.after(() -> {});
      autosave.save(gone, old);
      autosave.after(() -> {});
    }
    assertEquals(1, told.size(), told.toString());
    assertTrue(told.get(0).getMessage().contains(gone.toString()), told.get(0).getMessage());
    assertEquals(newest, SessionReader.read(file).session(), "the former session survives");
  }

  @Test
  void whatAWindowLeftIsFoundAgain() {
    Shelf shelf = new Shelf(folder.resolve("shelf"));
    assertEquals(List.of(), shelf.left());
    Shelf.Slot slot = shelf.newSlot();
    Path origin = folder.resolve("mine.headlight");
    SessionFile.write(
        slot.file(), Shelf.marked(SessionFileTest.full(), Optional.of(origin), false));
    assertEquals(List.of(), shelf.left(), "its window lives");
    slot.lock().close();
    Shelf.Left left = shelf.left().get(0);
    assertTrue(left.crashed());
    assertEquals("mine", left.title());
    Session read = SessionReader.read(left.file()).session();
    assertEquals(Optional.of(origin), Shelf.origin(read));
    SessionFile.write(left.file(), Shelf.marked(read, Optional.empty(), true));
    assertFalse(shelf.left().get(0).crashed());
    assertEquals("Unsaved: tiny", shelf.left().get(0).title());
  }

  @Test
  void aDamagedFileOnTheShelfIsPassedOver() throws IOException {
    Path shelf = Files.createDirectories(folder.resolve("shelf"));
    Files.writeString(shelf.resolve("x.headlight"), "rubbish");
    assertEquals(List.of(), new Shelf(shelf).left());
  }
}
