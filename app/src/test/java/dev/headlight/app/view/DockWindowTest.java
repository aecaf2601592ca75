package dev.headlight.app.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.run.Head;
import dev.headlight.app.Fixtures;
import dev.headlight.app.dock.DockNode.Split;
import dev.headlight.app.dock.Docking;
import dev.headlight.app.job.FxJobRunner;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.stage.Stage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** Panes in the real window: dragged, split by keys, pinned, closed, and as they were before. */
class DockWindowTest extends InWindow {
  private static final String DAMAGED =
      "{\"panes\":{\"panes\":[\"gone\",\"head\",\"head\"],\"selected\":\"gone\"},\"left\":7}";

  private Docking docking;
  private String remembered = "";

  @Start
  void start(Stage newStage) {
    ModelChoices choices = new ModelChoices(List.of(), List::of, r -> null);
    WorkbenchParts own = new WorkbenchParts(new FxJobRunner("dock-model"), choices, r -> {});
    show(newStage, own, own.scene(1280, 800, "", text -> remembered = text));
    docking = parts.docking();
  }

  @BeforeEach
  void open(FxRobot robot) throws Exception {
    robot.interact(() -> parts.open(Fixtures.stories()));
    await(() -> w.map.get() != null && w.row.get() != null);
  }

  private static Node tab(FxRobot robot, String title) {
    return robot.lookup(".dock-title").queryAllAs(Label.class).stream()
        .filter(label -> label.getText().equals(title))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void tabDraggedToAnEdgeSplits(FxRobot robot) {
    Node content = robot.lookup(".heatmap").query();
    Point2D heads = robot.lookup(".head-grid").query().localToScreen(0, 0);
    robot
        .drag(tab(robot, "Head"), MouseButton.PRIMARY)
        .moveTo(heads.getX() + 120, stage.getY() + stage.getHeight() - 60);
    assertTrue(robot.lookup(".drop-marker").query().isVisible());
    robot.drop();
    assertFalse(robot.lookup(".drop-marker").query().isVisible());
    Split split = (Split) docking.layout().get().root();
    assertFalse(split.across());
    assertEquals(List.of("heads", "head"), docking.layout().get().panes());
    assertSame(content, robot.lookup(".heatmap").query(), "the pane itself has moved");
    assertTrue(remembered.contains("\"across\":false"), remembered);
  }

  @Test
  void keysOpenSplitCloseAndReopen(FxRobot robot) {
    robot.clickOn(tab(robot, "Head")).push(KeyCode.SHORTCUT, KeyCode.ALT, KeyCode.DOWN);
    assertEquals(List.of("heads", "head", "head:2"), docking.layout().get().panes());
    assertEquals(2, robot.lookup(".heatmap").queryAll().size());
    robot.push(KeyCode.SHORTCUT, KeyCode.W);
    assertEquals(List.of("heads", "head"), docking.layout().get().panes());
    robot.push(KeyCode.SHORTCUT, KeyCode.SHIFT, KeyCode.T);
    assertEquals("head:2", docking.active().get());
    robot.push(KeyCode.F6);
    assertEquals("heads", docking.active().get());
  }

  @Test
  void pinnedPaneStaysAtItsHead(FxRobot robot) throws Exception {
    robot.clickOn(tab(robot, "Head")).push(KeyCode.SHORTCUT, KeyCode.ALT, KeyCode.RIGHT);
    robot.push(KeyCode.P);
    robot.interact(() -> w.head.set(new Head(3, 5)));
    await(() -> w.map.get().head().equals(new Head(3, 5)));
    Set<String> titles =
        robot.lookup(".head-title").queryAllAs(Label.class).stream()
            .map(Label::getText)
            .collect(Collectors.toSet());
    assertEquals(Set.of("L0H0", "L3H5"), titles);
  }

  @Test
  void everythingClosedOffersThePanesAgain(FxRobot robot) {
    robot.interact(() -> List.copyOf(docking.layout().get().panes()).forEach(docking::close));
    assertEquals(List.of(), docking.layout().get().panes());
    robot.clickOn("Compare");
    assertEquals(List.of("compare"), docking.layout().get().panes());
  }

  @Test
  void rememberedLayoutIsRestoredAndDamageIsNot(FxRobot robot) {
    robot.interact(() -> docking.close("heads"));
    WorkbenchParts again =
        new WorkbenchParts(
            new FxJobRunner("again"), new ModelChoices(List.of(), List::of, r -> null), r -> {});
    robot.interact(
        () -> {
          again.scene(1000, 700, remembered, text -> {});
          assertEquals(List.of("head"), again.docking().layout().get().panes());
          again.scene(1000, 700, DAMAGED, text -> {});
          assertEquals(List.of("head"), again.docking().layout().get().panes());
          again.close();
        });
  }

  @Test
  void everyCommandHasItsOwnKeyAndName() {
    List<Command> all = parts.commands().all();
    assertTrue(all.size() > 40, "only " + all.size());
    List<String> keys =
        all.stream().filter(c -> !c.key().isEmpty()).map(c -> c.key() + c.where()).toList();
    assertEquals(keys.size(), Set.copyOf(keys).size(), keys.toString());
    assertTrue(parts.commands().find("pane.splitRight").orElseThrow().enabled().get());
  }
}
