package dev.headlight.app.workbench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.HeadlightException;
import org.junit.jupiter.api.Test;

class WorkbenchTest {
  private final Workbench w = new Workbench();

  @Test
  void lockedCellIsShownUntilThePointerIsOnAnother() {
    assertNull(w.shownCell());
    w.lock(new Cell(5, 2));
    assertEquals(new Cell(5, 2), w.shownCell());
    w.hover.set(new Cell(7, 1));
    assertEquals(new Cell(7, 1), w.shownCell());
    w.hover.set(null);
    w.unlock();
    assertNull(w.shownCell());
    assertEquals(5, w.query.get());
  }

  @Test
  void movesDoNothingWithoutAModel() {
    w.moveHead(1, 1);
    w.moveCell(1, 1);
    assertNull(w.head.get());
    assertEquals(Workbench.NONE, w.key.get());
  }

  @Test
  void problemsOfTheUserCarryNoStackTrace() {
    Notice notice =
        Notice.of(new HeadlightException(HeadlightException.Kind.MODEL, "config.json: missing"));
    assertEquals("config.json: missing", notice.message());
    assertEquals("", notice.details());
    Notice bug = Notice.of(new IllegalStateException("odd"));
    assertTrue(bug.details().contains("IllegalStateException"));
    assertTrue(Notice.of(new OutOfMemoryError()).message().contains("memory"));
    assertFalse(Notice.info("Saved").problem());
  }

  @Test
  void rangesContainEachOther() {
    CellRange range = new CellRange(10, 20, 0, 8);
    assertTrue(range.contains(new CellRange(10, 20, 0, 8)));
    assertTrue(range.contains(new CellRange(11, 15, 2, 3)));
    assertFalse(range.contains(new CellRange(9, 15, 2, 3)));
    assertFalse(range.contains(new CellRange(11, 15, 2, 9)));
  }
}
