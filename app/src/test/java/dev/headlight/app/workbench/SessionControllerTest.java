package dev.headlight.app.workbench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.text.Bos;
import dev.headlight.app.Fixtures;
import dev.headlight.app.engine.ModelHost;
import dev.headlight.app.engine.ModelSource;
import dev.headlight.app.job.Delay;
import dev.headlight.app.job.SameThreadJobRunner;
import dev.headlight.app.session.Compared;
import dev.headlight.app.session.ModelCheck;
import dev.headlight.app.session.SessionFile;
import dev.headlight.app.session.SessionReader;
import dev.headlight.app.session.SessionState;
import dev.headlight.app.session.Shelf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions of windows without a toolkit: saved, opened, refused, recovered. */
class SessionControllerTest {
  @TempDir Path folder;
  private final List<Desk> desks = new ArrayList<>();
  private Path model;

  /** One window. */
  private final class Desk implements SessionOpener.Asker {
    final Workbench w = new Workbench();
    final ModelHost host = new ModelHost(folder.resolve("none"));
    final SameThreadJobRunner here = new SameThreadJobRunner();
    final WorkbenchController models = new WorkbenchController(w, host, here, Delay.NONE);
    final Undo undo = new Undo(w, Delay.NONE, InstantSource.system());
    final Optional<Shelf> shelf = Optional.of(new Shelf(folder.resolve("shelf")));
    final SessionController sessions =
        new SessionController(
            w, models, undo, here, new Keeper(shelf, 20, e -> w.notice.set(Notice.of(e))), f -> {});
    final SessionOpener opener =
        new SessionOpener(w, models, sessions, here, r -> ModelSource.of(Path.of(r)), shelf, this);
    Optional<Path> answer = Optional.empty();
    boolean allow;
    String asked = "";

    Desk() {
      desks.add(this);
    }

    @Override
    public Optional<Path> model(String why) {
      asked = why;
      return answer;
    }

    @Override
    public boolean otherWeights(String why) {
      asked = why;
      return allow;
    }

    Desk open(ModelSource source) {
      models.open(source, () -> {}, () -> {});
      return this;
    }

    /** Types, selects, compares. */
    SessionState work() {
      w.prompt.set("Once upon a time");
      w.bos.set(Bos.ON);
      w.head.set(new Head(2, 3));
      w.compared.set(new Compared("runs", Optional.empty(), "", "zero:L0H1"));
      w.hideSink.set(true);
      w.lock(new Cell(3, 1));
      return undo.present();
    }

    String said() {
      return w.notice.get() == null ? "" : w.notice.get().message();
    }
  }

  @BeforeEach
  void copy() throws IOException {
    model = folder.resolve("model");
    Files.createDirectories(model);
    for (String name : List.of("config.json", "tokenizer.json", "model.safetensors")) {
      Files.copy(Fixtures.gpt2().location().get().resolve(name), model.resolve(name));
    }
  }

  @AfterEach
  void close() {
    desks.forEach(
        d -> {
          d.sessions.close();
          d.host.close();
        });
  }

  private Path saved() {
    Desk desk = new Desk().open(ModelSource.of(model));
    desk.work();
    Path file = folder.resolve("s.headlight");
    desk.sessions.save(file);
    assertEquals("Saved " + file, desk.said());
    desk.sessions.close();
    desks.remove(desk);
    desk.host.close();
    return file;
  }

  @Test
  void whatIsSavedComesBackInAnotherWindow() {
    Path file = saved();
    Desk desk = new Desk();
    desk.opener.open(file);
    assertEquals("", desk.said());
    assertEquals(file, desk.sessions.file().get());
    assertFalse(desk.sessions.dirty().get());
    assertEquals("Once upon a time", desk.w.run.get().tokens().text());
    assertEquals(Bos.ON, desk.w.bos.get());
    assertEquals(new Head(2, 3), desk.w.map.get().head());
    assertEquals(new Cell(3, 1), desk.w.shownCell());
    assertEquals("zero:L0H1", desk.w.compared.get().changes());
    assertTrue(desk.w.hideSink.get());
    assertTrue(desk.undo.history().canUndo(), "its history came with it");
    desk.undo.undo();
    desk.undo.undo();
    assertFalse(desk.w.hideSink.get());
    assertTrue(desk.sessions.dirty().get());
  }

  @Test
  void whatIsKeptSaysOfWhichWeights() {
    Desk desk = new Desk().open(ModelSource.of(model));
    desk.work();
    String sha256 = ModelCheck.sha256(ModelSource.of(model), Progress.NONE);
    assertEquals(sha256, desk.sessions.session().model().sha256());
  }

  @Test
  void anythingButACellIsWorthSaving() {
    Path file = saved();
    Desk desk = new Desk();
    desk.opener.open(file);
    desk.w.lock(new Cell(1, 1));
    assertFalse(desk.sessions.dirty().get());
    desk.w.head.set(new Head(0, 2));
    assertTrue(desk.sessions.dirty().get());
    desk.sessions.save(file);
    assertFalse(desk.sessions.dirty().get());
    assertEquals(
        Optional.of(new Head(0, 2)), SessionReader.read(file).session().state().selection().head());
  }

  @Test
  void theSecondWindowMayOnlyRead() {
    Path file = saved();
    Desk first = new Desk();
    first.opener.open(file);
    Desk second = new Desk();
    second.opener.open(file);
    assertTrue(second.said().contains("open in another window"), second.said());
    assertFalse(second.sessions.writable());
    assertEquals("Once upon a time", second.w.prompt.get());
    second.sessions.save(file);
    assertTrue(second.said().contains("save under another name"), second.said());
    Path copy = folder.resolve("copy.headlight");
    second.sessions.save(copy);
    assertEquals(copy, second.sessions.file().get());
    assertTrue(second.sessions.writable());
  }

  @Test
  void aModelThatMovedIsAskedFor() throws IOException {
    Path file = saved();
    Path moved = folder.resolve("moved");
    Files.move(model, moved);
    Desk desk = new Desk().open(Fixtures.stories());
    SessionState before = desk.undo.present();
    desk.opener.open(file);
    assertTrue(desk.asked.contains(model.toString()), desk.asked);
    assertTrue(desk.said().contains("was not opened"), desk.said());
    assertEquals(before, desk.undo.present(), "nothing has changed");
    assertNull(desk.sessions.file().get());
    desk.answer = Optional.of(moved);
    desk.opener.open(file);
    assertEquals(file, desk.sessions.file().get());
    assertEquals("Once upon a time", desk.w.run.get().tokens().text());
    assertEquals(moved.toString(), desk.sessions.session().model().reference());
  }

  @Test
  void otherWeightsAreRefusedUnlessTold() throws IOException {
    Path file = saved();
    byte[] weights = Files.readAllBytes(model.resolve("model.safetensors"));
    weights[weights.length - 1] ^= 1;
    Files.write(model.resolve("model.safetensors"), weights);
    Desk desk = new Desk();
    desk.opener.open(file);
    assertTrue(desk.asked.contains("other weights"), desk.asked);
    assertNull(desk.sessions.file().get());
    desk.allow = true;
    desk.opener.open(file);
    assertEquals(file, desk.sessions.file().get());
  }

  @Test
  void aDamagedSessionLeavesTheFormerOne() throws IOException {
    Path bad = folder.resolve("bad.headlight");
    Files.writeString(bad, "rubbish");
    Desk desk = new Desk().open(Fixtures.stories());
    SessionState before = desk.work();
    desk.opener.open(bad);
    assertTrue(desk.said().contains("damaged"), desk.said());
    assertEquals(before, desk.undo.present());
  }

  @Test
  void aWindowThatCrashedIsRecovered() throws Exception {
    Path file = saved();
    Desk crashed = new Desk();
    crashed.opener.open(file);
    crashed.w.prompt.set("not saved yet");
    Path shelf = folder.resolve("shelf");
    Path kept = waitFor(shelf);
    // A crash: its file stays, the system takes the locks back.
    byte[] bytes = Files.readAllBytes(kept);
    crashed.sessions.close();
    desks.remove(crashed);
    crashed.host.close();
    Files.write(kept, bytes);

    Desk desk = new Desk();
    desk.opener.recover();
    assertTrue(desk.said().contains("not saved when its window ended"), desk.said());
    assertEquals("not saved yet", desk.w.run.get().tokens().text());
    assertEquals(file, desk.sessions.file().get());
    assertTrue(desk.sessions.dirty().get());
    desk.sessions.save(file);
    assertFalse(desk.sessions.dirty().get());
    assertEquals("not saved yet", SessionReader.read(file).session().state().prompt().text());
  }

  private static Path waitFor(Path shelf) throws Exception {
    for (int i = 0; i < 800; i++) {
      if (Files.isDirectory(shelf)) {
        try (var files = Files.list(shelf)) {
          Optional<Path> found =
              files
                  .filter(SessionFile::named)
                  .filter(f -> text(f).equals("not saved yet"))
                  .findFirst();
          if (found.isPresent()) {
            return found.get();
          }
        }
      }
      Thread.sleep(25);
    }
    throw new AssertionError("nothing was kept");
  }

  private static String text(Path file) {
    return SessionReader.read(file).session().state().prompt().text();
  }

  @Test
  void whatIsUnsavedAtTheEndStaysOnTheShelf() {
    Desk desk = new Desk().open(ModelSource.of(model));
    desk.work();
    desk.sessions.close();
    desks.remove(desk);
    desk.host.close();
    List<Shelf.Left> left = new Shelf(folder.resolve("shelf")).left();
    assertEquals(1, left.size());
    assertFalse(left.get(0).crashed());
    Desk again = new Desk();
    again.opener.recover();
    assertEquals("", again.said(), "only crashes are recovered unasked");
    again.opener.open(left.get(0).file());
    assertEquals("Once upon a time", again.w.prompt.get());
    assertNull(again.sessions.file().get());
  }

  @Test
  void anAutosaveThatFailsIsANotice() throws IOException {
    Files.writeString(folder.resolve("shelf"), "a file where the folder should be");
    Desk desk = new Desk().open(ModelSource.of(model));
    desk.work();
    assertTrue(desk.said().contains("shelf"), desk.said());
    assertTrue(desk.w.notice.get().problem());
  }

  @Test
  void aNewSessionForgetsComparisonAndFile() {
    Path file = saved();
    Desk desk = new Desk();
    desk.opener.open(file);
    desk.sessions.begin();
    assertNull(desk.sessions.file().get());
    assertEquals(Compared.none(), desk.w.compared.get());
    assertEquals(1, desk.undo.history().entries().size());
    assertFalse(desk.sessions.dirty().get());
    assertEquals("Once upon a time", desk.w.prompt.get());
  }
}
