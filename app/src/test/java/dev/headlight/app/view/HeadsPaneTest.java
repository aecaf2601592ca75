package dev.headlight.app.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.run.Head;
import dev.headlight.app.workbench.GridColour;
import dev.headlight.app.workbench.GridOrder;
import dev.headlight.app.workbench.HeadNumbers;
import java.util.List;
import java.util.Set;
import javafx.geometry.Point2D;
import javafx.geometry.VerticalDirection;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.stage.Stage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** The pane of all heads, driven by mouse and keys. */
class HeadsPaneTest extends InWindow {

  @Start
  void start(Stage newStage) {
    show(newStage, "heads-model", 1280, 800);
  }

  @BeforeEach
  void open(FxRobot robot) throws Exception {
    openStories(robot);
  }

  private static HeadGrid grid(FxRobot robot) {
    return robot.lookup(".head-grid").queryAs(HeadGrid.class);
  }

  private static Point2D at(FxRobot robot, int layer, int head) {
    double[] centre = grid(robot).centre(new Head(layer, head));
    return grid(robot).localToScreen(centre[0], centre[1]);
  }

  @Test
  void clicksWithKeysChooseSeveral(FxRobot robot) {
    robot.clickOn(at(robot, 1, 1));
    assertEquals(new Head(1, 1), w.head.get());
    robot.press(KeyCode.SHORTCUT).clickOn(at(robot, 3, 5)).release(KeyCode.SHORTCUT);
    assertEquals(Set.of(new Head(1, 1), new Head(3, 5)), w.chosen.get());
    assertEquals(new Head(1, 1), w.head.get());
    assertEquals(new Head(3, 5), w.other.get());
    robot.clickOn(at(robot, 0, 2));
    assertTrue(w.chosen.get().isEmpty());
    robot.press(KeyCode.SHIFT).clickOn(at(robot, 1, 4)).release(KeyCode.SHIFT);
    assertEquals(6, w.chosen.get().size());
    robot.push(KeyCode.ESCAPE);
    assertTrue(w.chosen.get().isEmpty());
  }

  @Test
  void aRubberBandChoosesAndGNamesTheGroup(FxRobot robot) {
    robot.drag(at(robot, 1, 1), MouseButton.PRIMARY).dropTo(at(robot, 2, 3));
    assertEquals(6, w.chosen.get().size());
    robot.push(KeyCode.G).write("movers").push(KeyCode.ENTER);
    assertEquals("movers", w.groups.get().get(0).name());
    assertEquals("L1H1,L1H2,L1H3,L2H1,L2H2,L2H3", w.groups.get().get(0).heads().toString());
    robot.interact(() -> w.choose(Set.of()));
    robot.clickOn(".group-chip");
    assertEquals(6, w.chosen.get().size());
  }

  @Test
  void theWheelZoomsToOneLayerAndBack(FxRobot robot) {
    robot.moveTo(at(robot, 3, 2));
    for (int i = 0; i < 20 && grid(robot).byLayer(); i++) {
      // Monocle turns the wheel the other way round.
      robot.scroll(VerticalDirection.DOWN);
      WaitForAsyncUtils.waitForFxEvents();
    }
    assertFalse(grid(robot).byLayer());
    assertEquals(8, grid(robot).geometry().heads().size());
    assertEquals(3, grid(robot).geometry().heads().get(0).layer());
    robot.push(KeyCode.PAGE_DOWN);
    robot.clickOn(grid(robot)).push(KeyCode.PAGE_DOWN);
    WaitForAsyncUtils.waitForFxEvents();
    assertEquals(4, grid(robot).geometry().heads().get(0).layer());
    robot.push(KeyCode.DIGIT0);
    WaitForAsyncUtils.waitForFxEvents();
    assertTrue(grid(robot).byLayer());
    robot.doubleClickOn(at(robot, 2, 2));
    WaitForAsyncUtils.waitForFxEvents();
    assertEquals(2, grid(robot).geometry().heads().get(0).layer());
  }

  @Test
  void typedFiltersApplyAndSayWhatIsWrong(FxRobot robot) {
    robot.clickOn(".compare-field");
    robot.write("layer < 2 and (");
    WaitForAsyncUtils.waitForFxEvents();
    Label place = robot.lookup(".filter-place").queryAs(Label.class);
    assertTrue(place.isVisible());
    assertEquals("layer < 2 and (\n               ^", place.getText());
    robot.write("head = 0)");
    WaitForAsyncUtils.waitForFxEvents();
    assertFalse(place.isVisible());
    assertTrue(robot.lookup("2 of 40").tryQuery().isPresent());
    robot.push(KeyCode.ESCAPE);
    assertEquals("", w.headFilter.get());
    robot.interact(() -> w.headFilter.set("layer < 2 or"));
    assertEquals("layer < 2 or\n            ^", place.getText());
  }

  @Test
  void aScoreOfItsOwnPassesIsMeasuredWhenItIsWanted(FxRobot robot) throws Exception {
    robot.interact(() -> w.gridColour.set(GridColour.valueOf("induction")));
    await(() -> !w.measured.get().results().isEmpty());
    robot.interact(() -> w.gridOrder.set(new GridOrder("induction", true)));
    WaitForAsyncUtils.waitForFxEvents();
    List<Head> heads = grid(robot).geometry().heads();
    HeadNumbers numbers = HeadNumbers.of(w);
    assertTrue(
        numbers.score("induction", heads.get(0)) >= numbers.score("induction", heads.get(39)));
    assertTrue(
        robot.lookup(".caption").queryAllAs(Label.class).stream()
            .anyMatch(l -> l.getText().contains("S = 50, 2 times, 4 sequences")));
    robot.clickOn(grid(robot)).push(KeyCode.HOME);
    assertEquals(heads.get(0), w.head.get());
  }
}
