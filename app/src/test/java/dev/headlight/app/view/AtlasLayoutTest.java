package dev.headlight.app.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.run.Head;
import java.util.List;
import org.junit.jupiter.api.Test;

class AtlasLayoutTest {
  @Test
  void allGridsFitAndPointsFindTheirCells() {
    for (int[] shape : new int[][] {{2, 8}, {30, 9}, {48, 25}}) {
      double room = Math.max(380, AtlasLayout.least(12, shape[0], 560));
      AtlasLayout layout = AtlasLayout.of(12, shape[0], shape[1], 560, room);
      int last = 11;
      double right = layout.x(last) + layout.cellWidth() * shape[1];
      double low = layout.y(last) + AtlasLayout.TITLE + layout.cellHeight() * shape[0];
      assertTrue(right <= 560 && low <= room, shape[0] + " layers: " + right + ", " + low);
      Head head = new Head(shape[0] - 1, shape[1] - 1);
      AtlasLayout.Place place =
          layout.at(right - layout.cellWidth() / 2, low - layout.cellHeight() / 2);
      assertEquals(new AtlasLayout.Place(last, head), place);
      assertNull(layout.at(layout.x(1), layout.y(1) + 3), "a title is no head");
      assertEquals(1, layout.grid(layout.x(1), layout.y(1) + 3));
      assertEquals(-1, layout.grid(560, 10));
    }
  }

  @Test
  void whereRoomIsShortCellsStayVisible() {
    double least = AtlasLayout.least(14, 30, 400);
    assertTrue(least > 220);
    AtlasLayout layout = AtlasLayout.of(14, 30, 9, 400, least);
    assertTrue(layout.cellHeight() >= 2);
    assertTrue(layout.y(13) + layout.stepY() <= least);
  }

  @Test
  void titlesTakeTwoLines() {
    assertEquals(List.of("Local"), RoleAtlas.lines("Local", 12));
    assertEquals(List.of("Previous", "token, …"), RoleAtlas.lines("Previous token, random ids", 8));
    assertEquals(
        List.of("Previous token,", "random ids"),
        RoleAtlas.lines("Previous token, random ids", 16));
  }
}
