package dev.headlight.app.dock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.app.dock.DockNode.Group;
import dev.headlight.app.dock.DockNode.Split;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DockLayoutTest {
  private static final DockLayout THREE = new DockLayout(Group.of("a", "b", "c"));
  private static final DockLayout PAIR =
      new DockLayout(new Split(true, 0.3, Group.of("a"), Group.of("b", "c")));

  private static Split split(DockLayout layout) {
    return (Split) layout.root();
  }

  @Test
  void paneSplitsOffItsOwnGroup() {
    DockLayout right = THREE.move("b", "b", Side.RIGHT);
    assertEquals(new DockLayout(new Split(true, 0.5, Group.of("a", "c"), Group.of("b"))), right);
    DockLayout above = THREE.move("a", "a", Side.TOP);
    assertFalse(split(above).across());
    assertEquals(Group.of("a"), split(above).first());
  }

  @Test
  void onlyPaneOfAGroupCannotLeaveIt() {
    DockLayout one = new DockLayout(Group.of("a"));
    assertSame(one, one.move("a", "a", Side.RIGHT));
    assertSame(one, one.moveToNextGroup("a"));
    assertSame(PAIR, PAIR.move("x", "a", Side.LEFT));
  }

  @Test
  void emptiedGroupGoesAndItsSiblingTakesTheRoom() {
    DockLayout moved = PAIR.move("a", "c", Side.INSIDE);
    assertEquals(new Group(List.of("b", "c", "a"), "a"), moved.root());
    assertEquals(Group.of("b", "c"), PAIR.close("a").root());
    assertEquals(0.3, split(PAIR.close("b")).position());
  }

  @Test
  void closingEverythingLeavesAnEmptyGroupThatOpensAgain() {
    DockLayout none = PAIR.close("a").close("b").close("c");
    assertEquals(List.of(), none.panes());
    assertEquals(List.of(), none.inFront());
    assertEquals(Group.of("b"), none.open("b", "a").root());
  }

  @Test
  void neighbourComesToTheFront() {
    DockLayout middle = THREE.select("b");
    assertEquals("c", ((Group) middle.close("b").root()).selected());
    assertEquals("b", ((Group) middle.close("a").root()).selected());
    assertEquals("b", ((Group) THREE.select("c").close("c").root()).selected());
  }

  @Test
  void tabsChangePlaces() {
    assertEquals(List.of("b", "a", "c"), THREE.moveInto("a", "a", 2).panes());
    assertEquals(List.of("c", "a", "b"), THREE.moveInto("c", "b", 0).panes());
    assertEquals(List.of("a", "b", "c"), THREE.moveInto("b", "c", 1).panes());
  }

  @Test
  void nextGroupOfTheLastIsTheFirst() {
    DockLayout moved = PAIR.moveToNextGroup("c");
    assertEquals(List.of("a", "c", "b"), moved.panes());
    assertEquals(List.of("c", "b"), moved.inFront());
  }

  @Test
  void openGoesNearAndOpenAgainSelects() {
    assertEquals(List.of("a", "d", "b", "c"), PAIR.open("d", "a").panes());
    assertEquals(List.of("a", "b", "c", "d"), PAIR.open("d", "gone").panes());
    assertEquals(List.of("a", "c"), PAIR.open("c", "a").inFront());
    Split beside = split(THREE.openBeside("d", "b", Side.BOTTOM));
    assertEquals(Group.of("d"), beside.second());
  }

  @Test
  void sidesOfAGroup() {
    assertEquals(Side.LEFT, Side.at(0.1, 0.5));
    assertEquals(Side.RIGHT, Side.at(0.9, 0.6));
    assertEquals(Side.TOP, Side.at(0.5, 0.1));
    assertEquals(Side.BOTTOM, Side.at(0.4, 0.95));
    assertEquals(Side.INSIDE, Side.at(0.5, 0.5));
  }

  @Test
  void jsonSaysTheSameAgain() {
    DockLayout deep = PAIR.select("c").openBeside("d", "b", Side.BOTTOM);
    assertEquals(Optional.of(deep), LayoutJson.read(LayoutJson.write(deep), id -> true));
  }

  @Test
  void unknownAndRepeatedPanesAreLeftOut() {
    String text = LayoutJson.write(PAIR).replace("\"c\"", "\"a\"");
    assertEquals(
        Optional.of(PAIR.close("c")), LayoutJson.read(text, Set.of("a", "b", "c")::contains));
    assertEquals(Optional.of(new DockLayout(Group.of("b"))), LayoutJson.read(text, "b"::equals));
    assertTrue(LayoutJson.read(text, id -> false).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "7",
        "{",
        "{\"panes\":7}",
        "{\"panes\":[{}],\"selected\":\"a\"}",
        "{\"panes\":[\"a\"]}",
        "{\"first\":{\"panes\":[\"a\"],\"selected\":\"a\"}}",
        "{\"across\":true,\"position\":\"wide\",\"first\":{\"panes\":[\"a\"],\"selected\":\"a\"},"
            + "\"second\":{\"panes\":[\"b\"],\"selected\":\"b\"}}"
      })
  void damagedTextIsNoLayout(String text) {
    assertTrue(LayoutJson.read(text, id -> true).isEmpty(), text);
  }

  @Test
  void sizesStayInSight() {
    String text = LayoutJson.write(PAIR).replace("0.3", "7");
    assertEquals(0.95, split(LayoutJson.read(text, id -> true).orElseThrow()).position());
    String deep = "{\"first\":".repeat(5000) + "{}" + "}".repeat(5000);
    assertTrue(LayoutJson.read(deep, id -> true).isEmpty());
  }
}
