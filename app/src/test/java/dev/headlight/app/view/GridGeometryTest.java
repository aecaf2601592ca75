package dev.headlight.app.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.run.Head;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GridGeometryTest {
  private static List<Head> heads(int count) {
    List<Head> heads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      heads.add(new Head(i / 9, i % 9));
    }
    return heads;
  }

  @Test
  void pointsFindTheirHead() {
    GridGeometry geometry = GridGeometry.byLayer(30, 9, 300, 700, 1);
    for (Head head : new Head[] {new Head(0, 0), new Head(29, 8), new Head(17, 5)}) {
      int slot = geometry.slot(head);
      assertEquals(head, geometry.at(geometry.x(slot) + 1, geometry.y(slot) + 1).orElseThrow());
    }
    assertTrue(geometry.at(-1, 100).isEmpty());
    assertTrue(geometry.at(100, geometry.height() + 5).isEmpty());
    assertEquals(-1, geometry.slot(new Head(30, 0)));
  }

  @Test
  void theWholeModelFitsUntilCellsWouldVanish() {
    GridGeometry large = GridGeometry.byLayer(48, 32, 380, 560, 1);
    assertTrue(large.width() <= 380 && large.height() <= 560);
    assertTrue(large.cellWidth() >= 8, "cells can be seen");
    assertTrue(GridGeometry.byLayer(200, 128, 300, 300, 1).height() > 300, "larger ones scroll");
  }

  @Test
  void zoomedCellsBecomeSquareFirst() {
    GridGeometry whole = GridGeometry.byLayer(30, 9, 380, 560, 1);
    assertTrue(whole.cellHeight() < whole.cellWidth());
    GridGeometry nearer = GridGeometry.byLayer(30, 9, 380, 560, 1.5);
    assertEquals(whole.cellWidth(), nearer.cellWidth());
    assertTrue(nearer.cellHeight() > whole.cellHeight());
    GridGeometry near = GridGeometry.byLayer(30, 9, 380, 560, 5);
    assertEquals(near.cellWidth(), near.cellHeight());
    assertTrue(near.width() > 380);
  }

  @Test
  void aListFillsItsRoomAndKeepsItsOrder() {
    for (int count : new int[] {1, 9, 40, 270, 1536}) {
      GridGeometry list = GridGeometry.list(heads(count), 380, 560, GridGeometry.ENORMOUS, 1);
      assertTrue(list.width() <= 380 && list.height() <= 560, count + " heads fit");
      assertEquals(count, list.heads().size());
      assertTrue(list.rows() * list.columns() >= count);
      assertTrue(list.y(count - 1) >= list.y(0));
    }
    assertTrue(GridGeometry.list(heads(9), 380, 560, 256, 1).named());
    assertTrue(GridGeometry.list(heads(9), 380, 560, 256, 1).cellWidth() > 100);
    assertEquals(0, GridGeometry.list(List.of(), 380, 560, 72, 1).rows());
  }

  @Test
  void rubberBandsTouchCellsAndArrowsGoFromRowToRow() {
    GridGeometry g = GridGeometry.list(heads(10), 200, 400, 36, 1);
    assertEquals(5, g.columns());
    assertEquals(
        List.of(new Head(0, 0), new Head(0, 1), new Head(0, 5), new Head(0, 6)),
        g.within(5, 5, g.stepX() + 1, g.stepY() + 1));
    assertEquals(new Head(0, 5), g.moved(new Head(0, 4), 0, 1));
    assertEquals(new Head(0, 8), g.moved(new Head(0, 3), 1, 0));
    assertEquals(new Head(0, 1), g.moved(new Head(0, 1), -1, 0));
    assertEquals(new Head(0, 0), g.moved(new Head(7, 7), 1, 0));
  }
}
