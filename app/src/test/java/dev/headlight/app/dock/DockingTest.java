package dev.headlight.app.dock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.app.dock.DockNode.Group;
import dev.headlight.app.dock.DockNode.Split;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DockingTest {
  private static final DockLayout FIRST =
      new DockLayout(new Split(true, 0.4, Group.of("heads"), Group.of("head", "sinks")));

  private final Docking docking = new Docking(FIRST, "head"::equals);

  private List<String> panes() {
    return docking.layout().get().panes();
  }

  @Test
  void firstPaneIsActiveUntilAnotherIsChosen() {
    assertEquals("heads", docking.active().get());
    docking.activate("sinks");
    assertEquals("sinks", docking.active().get());
    assertEquals(List.of("heads", "sinks"), docking.layout().get().inFront());
    docking.activate("gone");
    assertEquals("sinks", docking.active().get());
  }

  @Test
  void closedPaneComesBackToItsNeighbours() {
    docking.close("sinks");
    assertEquals(List.of("heads", "head"), panes());
    docking.reopen();
    assertEquals(FIRST.select("sinks"), docking.layout().get());
    assertEquals("sinks", docking.active().get());
    docking.reopen();
    assertEquals(3, panes().size(), "nothing more was closed");
  }

  @Test
  void activePaneIsAlwaysInFront() {
    docking.activate("head");
    docking.close("head");
    assertEquals("sinks", docking.active().get());
    docking.close("sinks");
    docking.close("heads");
    assertEquals("", docking.active().get());
    docking.open("sinks", "");
    assertEquals("sinks", docking.active().get());
  }

  @Test
  void splittingTheOnlyPaneOfAGroupOpensOneMoreOfItsKind() {
    docking.activate("head");
    docking.split(Side.RIGHT);
    assertEquals(List.of("heads", "sinks", "head"), panes());
    docking.split(Side.BOTTOM);
    assertTrue(panes().contains("head:2"), panes().toString());
    assertEquals("head:2", docking.active().get());
    assertEquals("head", Docking.kind("head:2"));
  }

  @Test
  void kindsOfOneAreNotOpenedTwice() {
    docking.split(Side.RIGHT);
    assertEquals(FIRST, docking.layout().get());
  }

  @Test
  void tabsAndGroupsAreWalked() {
    docking.nextGroup();
    assertEquals("head", docking.active().get());
    docking.nextTab(1);
    assertEquals("sinks", docking.active().get());
    docking.nextTab(1);
    assertEquals("head", docking.active().get());
    docking.nextTab(-1);
    assertEquals("sinks", docking.active().get());
    docking.nextGroup();
    assertEquals("heads", docking.active().get());
    docking.moveToNextGroup();
    assertEquals(List.of("head", "sinks", "heads"), panes());
    assertEquals("heads", docking.active().get());
  }

  @Test
  void resetIsTheFirstLayout() {
    docking.move("sinks", "heads", Side.BOTTOM);
    docking.close("head");
    docking.reset();
    assertEquals(FIRST, docking.layout().get());
  }

  @Test
  void windowLayoutSurvivesDamage() {
    WindowLayout fallback = new WindowLayout(FIRST, true, true);
    WindowLayout other =
        new WindowLayout(FIRST.close("heads"), false, true)
            .with(new TreeMap<>(Map.of("head.pin", "L1H2 3 4")));
    assertEquals(other, WindowLayout.read(other.text(), id -> true, fallback));
    for (String text : List.of("", "[]", "{\"panes\":7,\"left\":[]}", "{\"panes\":null}", "{")) {
      assertEquals(fallback, WindowLayout.read(text, id -> true, fallback), text);
    }
    WindowLayout partly = WindowLayout.read("{\"panes\":[],\"left\":false}", i -> true, fallback);
    assertEquals(FIRST, partly.panes());
    assertFalse(partly.left());
  }
}
