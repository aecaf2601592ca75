package dev.headlight.app.workbench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.text.TextUnit;
import dev.headlight.app.Fixtures;
import dev.headlight.app.engine.ModelHost;
import dev.headlight.app.export.Limits;
import dev.headlight.app.job.Delay;
import dev.headlight.app.job.SameThreadJobRunner;
import dev.headlight.app.session.Compared;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.SimpleLongProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What panes keep for themselves, over restarts, sessions and undo. */
class PaneMemoryTest {
  private final ModelHost host = new ModelHost();
  private final SameThreadJobRunner runner = new SameThreadJobRunner();

  @AfterEach
  void close() {
    host.close();
  }

  /** A pane as the window makes one. */
  private final class Open {
    private final PaneWorkbench pane;
    private final PaneMemory memory;
    private final HeadView view;

    Open(Workbench w, String id) {
      pane = new PaneWorkbench(w, host, runner);
      memory = new PaneMemory(w, id);
      memory.keep(pane);
      view = new HeadView(pane.workbench(), host, runner);
      memory.keep(view);
    }

    Workbench own() {
      return pane.workbench();
    }
  }

  private WorkbenchController controller(Workbench w) {
    return new WorkbenchController(w, host, runner, Delay.NONE);
  }

  @Test
  void theNextWindowHasThePinsMeansAndComparison() {
    Workbench w = new Workbench();
    controller(w).open(Fixtures.stories(), () -> {}, () -> {});
    Open first = new Open(w, "head");
    Open second = new Open(w, "head:2");
    first.own().mean.set(HeadSet.parse("L0H*"));
    first.view.unit.set(TextUnit.WORD);
    first.view.profiles.set(false);
    second.pane.pinned.set(true);
    second.own().head.set(new Head(3, 5));
    second.own().lock(new Cell(6, 2));
    w.compared.set(new Compared("runs", Optional.empty(), "", "zero:L0H1"));

    Workbench next = new Workbench();
    WindowMemory.restore(next, WindowMemory.of(w));
    Open again = new Open(next, "head");
    Open pinned = new Open(next, "head:2");
    controller(next).open(Fixtures.stories(), () -> {}, () -> {});

    assertEquals(HeadSet.parse("L0H*"), again.own().mean.get());
    assertEquals(TextUnit.WORD, again.view.unit.get());
    assertFalse(again.view.profiles.get());
    assertTrue(pinned.pane.pinned.get());
    assertEquals(new Head(3, 5), pinned.own().map.get().head());
    assertEquals(new Cell(6, 2), pinned.own().shownCell());
    assertEquals(new Head(0, 0), next.head.get());
    assertEquals("zero:L0H1", next.compared.get().changes());
    assertTrue(next.panes.get().keySet().stream().noneMatch(name -> name.startsWith("comparison")));
  }

  @Test
  void whatCannotBeReadCountsForNothing() {
    Workbench w = new Workbench();
    WindowMemory.restore(
        w, Map.of("head.pin", "L1", "head.mean", "L99H99", "head.unit", "PAGE", "x", "y"));
    Open pane = new Open(w, "head");
    controller(w).open(Fixtures.stories(), () -> {}, () -> {});
    assertFalse(pane.pane.pinned.get());
    assertNull(pane.own().mean.get());
    assertEquals(TextUnit.TOKEN, pane.view.unit.get());
    assertNull(w.notice.get());
  }

  @Test
  void undoReachesPanesLimitsAndText() {
    Workbench w = new Workbench();
    controller(w).open(Fixtures.stories(), () -> {}, () -> {});
    Map<Object, Runnable> waiting = new LinkedHashMap<>();
    Undo undo = new Undo(w, (key, ms, action) -> waiting.put(key, action), InstantSource.system());
    Open pane = new Open(w, "head");
    for (Runnable change :
        List.<Runnable>of(
            () -> w.limits.set(Limits.parse("0.1,99%")),
            () -> w.text.set(true),
            () -> pane.view.unit.set(TextUnit.SENTENCE),
            () -> w.text.set(false),
            () -> pane.pane.pinned.set(true))) {
      change.run();
      List.copyOf(waiting.values()).forEach(Runnable::run);
      waiting.clear();
    }
    assertEquals(
        "Head pane, pin: L0H0 " + w.query.get() + " -1",
        undo.history().entries().get(undo.history().position()).title());
    undo.undo();
    assertFalse(pane.pane.pinned.get());
    undo.undo();
    assertTrue(w.text.get());
    undo.undo();
    assertEquals(TextUnit.TOKEN, pane.view.unit.get());
    undo.undo();
    undo.undo();
    assertNull(w.limits.get());
    undo.goTo(undo.history().entries().size() - 1);
    assertEquals("0.1,99%", w.limits.get().text());
    assertEquals(TextUnit.SENTENCE, pane.view.unit.get());
    assertTrue(pane.pane.pinned.get());
  }

  @Test
  void aClosedPaneLeavesNothing() {
    Workbench w = new Workbench();
    controller(w).open(Fixtures.stories(), () -> {}, () -> {});
    Open pane = new Open(w, "head:2");
    pane.pane.pinned.set(true);
    assertFalse(w.panes.get().isEmpty());
    pane.memory.close();
    pane.pane.close();
    assertTrue(w.panes.get().isEmpty());
    assertFalse(new Open(w, "head:2").pane.pinned.get());
  }

  @Test
  void whatChangesTogetherIsKeptTogether() {
    Workbench w = new Workbench();
    PaneMemory memory = new PaneMemory(w, "pane");
    SimpleLongProperty revision = new SimpleLongProperty();
    Map<String, String> values = new LinkedHashMap<>(Map.of("one", "", "two", ""));
    for (String name : List.of("one", "two")) {
      memory.keep(name, () -> values.get(name), text -> values.put(name, text), revision);
    }
    values.put("one", "1");
    values.put("two", "2");
    revision.set(1);

    assertEquals(Map.of("one", "1", "two", "2"), values);
    assertEquals(Map.of("pane.one", "1", "pane.two", "2"), w.panes.get());
  }
}
