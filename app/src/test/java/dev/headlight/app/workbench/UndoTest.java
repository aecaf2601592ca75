package dev.headlight.app.workbench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.run.Head;
import dev.headlight.app.Fixtures;
import dev.headlight.app.engine.ModelHost;
import dev.headlight.app.engine.ModelSource;
import dev.headlight.app.job.Delay;
import dev.headlight.app.job.SameThreadJobRunner;
import dev.headlight.app.session.Compared;
import dev.headlight.app.session.History;
import dev.headlight.renderer.ValueScale;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Undo on a real model, with a clock and pauses of our own. */
class UndoTest {
  private final Map<Object, Runnable> waiting = new LinkedHashMap<>();
  private final Delay delay = (key, milliseconds, action) -> waiting.put(key, action);
  private final Workbench w = new Workbench();
  private final ModelHost host = new ModelHost(Path.of("no", "references"));
  private final WorkbenchController controller =
      new WorkbenchController(w, host, new SameThreadJobRunner(), delay);
  private Instant now = Instant.parse("2026-01-01T10:00:00Z");
  private final Undo undo = new Undo(w, delay, () -> now);

  @BeforeEach
  void open() {
    open(Fixtures.stories());
  }

  @AfterEach
  void close() {
    host.close();
  }

  private void open(ModelSource source) {
    controller.open(source, () -> {}, () -> {});
    rest();
  }

  /** Lets everything that waits happen, and time pass. */
  private void rest() {
    while (!waiting.isEmpty()) {
      List<Runnable> all = List.copyOf(waiting.values());
      waiting.clear();
      all.forEach(Runnable::run);
    }
    now = now.plusSeconds(10);
  }

  private List<String> titles() {
    return undo.history().entries().stream().map(History.Entry::title).toList();
  }

  @Test
  void openingIsTheBeginning() {
    assertEquals(List.of("Open stories260K"), titles());
    assertFalse(undo.history().canUndo());
  }

  @Test
  void everyChangeIsOneStepAndComesBack() {
    String prompt = w.prompt.get();
    w.prompt.set("Once upon a time");
    rest();
    w.head.set(new Head(3, 5));
    rest();
    w.hideSink.set(true);
    rest();
    w.scale.set(ValueScale.Kind.LOG);
    rest();
    w.compared.set(new Compared("runs", Optional.empty(), "", "zero:L0H3"));
    rest();
    w.lock(new Cell(2, 1));
    rest();
    assertEquals(7, titles().size(), titles().toString());
    assertEquals("Cell: query 2, key 1", titles().get(6));
    for (int i = 0; i < 6; i++) {
      undo.undo();
      rest();
    }
    assertEquals(prompt, w.prompt.get());
    assertEquals(new Head(0, 0), w.head.get());
    assertFalse(w.hideSink.get());
    assertEquals(ValueScale.Kind.SQRT, w.scale.get());
    assertEquals(Compared.none(), w.compared.get());
    assertEquals(w.tokens.get().size(), w.run.get().length());
    assertEquals(7, titles().size(), "going back is no change");
    undo.goTo(6);
    rest();
    assertEquals("Once upon a time", w.run.get().tokens().text());
    assertEquals(new Cell(2, 1), w.shownCell());
    assertEquals(new Head(3, 5), w.map.get().head());
  }

  @Test
  void aNewPassSelectsItsLastQueryAndThatIsNoStep() {
    w.prompt.set("Once upon a time");
    rest();
    assertEquals(w.run.get().length() - 1, undo.history().state().selection().query());
    assertEquals(2, titles().size(), titles().toString());
    undo.undo();
    rest();
    assertTrue(undo.history().canRedo(), "the pass of the former prompt leaves the redo");
  }

  @Test
  void theCellOfAFormerPromptComesBackWithIt() {
    w.lock(new Cell(5, 4));
    rest();
    w.prompt.set("Once upon");
    rest();
    undo.undo();
    rest();
    assertEquals(new Cell(5, 4), w.shownCell());
  }

  @Test
  void aPromptThatTheModelRefusesIsAStepToo() {
    w.prompt.set("word ".repeat(600));
    rest();
    assertFalse(w.promptProblem.get().isEmpty());
    assertEquals(2, titles().size());
    undo.undo();
    rest();
    assertEquals("", w.promptProblem.get());
    assertEquals(w.run.get().length() - 1, w.query.get());
  }

  @Test
  void headsOfALargerModelAreLeftOut() {
    w.head.set(new Head(4, 7));
    rest();
    open(Fixtures.gpt2());
    assertEquals("Open gpt2", titles().get(2));
    undo.undo();
    rest();
    assertEquals(new Head(0, 0), w.head.get());
    assertEquals("gpt2", w.model.get().name(), "which model is open is not undone");
  }

  @Test
  void arrangingPanesKeepsTheRedo() {
    w.head.set(new Head(1, 1));
    rest();
    undo.undo();
    rest();
    w.layout.set("{\"left\":false}");
    rest();
    assertTrue(undo.history().canRedo());
    assertEquals("{\"left\":false}", undo.present().view().layout());
    undo.redo();
    rest();
    assertEquals("{\"left\":false}", w.layout.get(), "panes stay where they are");
  }
}
