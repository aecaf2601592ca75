package dev.headlight.app.workbench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.run.Head;
import dev.headlight.app.Fixtures;
import dev.headlight.app.engine.ModelHost;
import dev.headlight.app.job.Delay;
import dev.headlight.app.job.SameThreadJobRunner;
import java.lang.reflect.Field;
import java.util.Set;
import javafx.beans.value.ObservableValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PaneWorkbenchTest {
  private final Workbench w = new Workbench();
  private final ModelHost host = new ModelHost();
  private final SameThreadJobRunner runner = new SameThreadJobRunner();
  private final WorkbenchController controller =
      new WorkbenchController(w, host, runner, Delay.NONE);
  private final PaneWorkbench pane = new PaneWorkbench(w, host, runner);
  private final Workbench own = pane.workbench();

  @BeforeEach
  void open() {
    controller.open(Fixtures.stories(), () -> {}, () -> {});
  }

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void selectionIsSharedBothWays() {
    w.head.set(new Head(1, 2));
    assertEquals(new Head(1, 2), own.head.get());
    own.lock(new Cell(5, 3));
    assertEquals(5, w.query.get());
    assertSame(w.map.get(), own.map.get());
  }

  /** What the window knows, a pane knows, but for what is the window's alone. */
  @Test
  void everythingIsShared() throws IllegalAccessException {
    Set<String> windows = Set.of("parity", "written", "chat");
    for (Field field : Workbench.class.getFields()) {
      if (field.get(w) instanceof ObservableValue<?> value && !windows.contains(field.getName())) {
        Object here = ((ObservableValue<?>) field.get(own)).getValue();
        assertEquals(value.getValue() == null, here == null, field.getName());
      }
    }
  }

  @Test
  void pinnedPaneKeepsItsOwnSelectionAndAnswers() {
    w.head.set(new Head(1, 2));
    pane.pinned.set(true);
    w.head.set(new Head(3, 4));
    assertEquals(new Head(1, 2), own.map.get().head());
    assertEquals(new Head(3, 4), w.map.get().head());
    own.head.set(new Head(0, 7));
    assertEquals(new Head(0, 7), own.map.get().head());
    assertEquals(new Head(0, 7), own.row.get().head());
    assertEquals(new Head(3, 4), w.head.get());
    own.hover.set(new Cell(4, 1));
    assertEquals(4, own.hoverRow.get().query());
    assertNull(w.hover.get());
    pane.pinned.set(false);
    assertEquals(new Head(3, 4), own.map.get().head());
  }

  @Test
  void pinnedPaneFollowsThePromptAndStaysInsideIt() {
    pane.pinned.set(true);
    own.lock(new Cell(own.run.get().length() - 1, 9));
    w.prompt.set("Once upon");
    assertEquals(w.run.get(), own.run.get());
    assertEquals(w.run.get().id(), own.map.get().run());
    assertTrue(own.query.get() < own.run.get().length());
    assertEquals(Workbench.NONE, own.key.get());
  }

  @Test
  void pinnedHeadOfALargerModelStaysInside() {
    w.prompt.set("a b c");
    pane.pinned.set(true);
    own.head.set(new Head(4, 7));
    controller.open(Fixtures.gpt2(), () -> {}, () -> {});
    assertNull(w.notice.get());
    assertEquals(new Head(2, 3), own.map.get().head());
  }

  @Test
  void promptAsItWasReadIsShared() {
    assertSame(w.read.get(), own.read.get());
    w.prompt.set("Once upon");
    assertEquals("Once upon", own.read.get().tokens().text());
  }

  @Test
  void passOfAFormerPromptIsStale() {
    assertEquals(false, w.stale.get());
    w.tokens.set(host.tokenize("Once", w.bos.get()));
    assertTrue(own.stale.get());
  }

  @Test
  void exactPartIsThePanesOwn() {
    own.wanted.set(new CellRange(2, 6, 1, 4));
    assertEquals(4, own.tile.get().cells().rows());
    assertNull(w.tile.get());
    own.wanted.set(null);
    assertNull(own.tile.get());
  }
}
