package dev.headlight.app.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.app.workbench.CellRange;
import org.junit.jupiter.api.Test;

class MapWindowTest {
  @Test
  void zoomKeepsTheCellUnderThePointer() {
    MapWindow all = MapWindow.all(100);
    MapWindow near = all.zoomed(2, 40, 70);
    assertEquals(50, near.span());
    assertEquals((40 - all.row0()) / all.span(), (40 - near.row0()) / near.span(), 1e-12);
    assertEquals((70 - all.column0()) / all.span(), (70 - near.column0()) / near.span(), 1e-12);
  }

  @Test
  void neverLeavesTheMap() {
    MapWindow window = MapWindow.all(100).zoomed(4, 0, 0).moved(-10, 500);
    assertEquals(0, window.row0());
    assertEquals(75, window.column0());
    assertTrue(window.zoomed(0.001, 5, 5).whole());
    assertEquals(4, window.zoomed(1e9, 5, 80).span());
    assertEquals(2, MapWindow.all(2).zoomed(8, 1, 1).span());
  }

  @Test
  void revealsAsLittleAsNeeded() {
    MapWindow window = new MapWindow(100, 20, 20, 10);
    assertEquals(window, window.revealing(25, 29));
    assertEquals(31, window.revealing(40, 25).row0());
    assertEquals(3, window.revealing(25, 3).column0());
  }

  @Test
  void cellsAroundHoldTheCells() {
    MapWindow window = new MapWindow(5000, 1000.5, 4900, 100);
    assertEquals(new CellRange(1000, 1101, 4900, 5000), window.cells());
    assertTrue(window.cellsAround().contains(window.cells()));
    assertEquals(5000, window.cellsAround().column1());
  }
}
