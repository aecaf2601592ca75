package dev.headlight.app.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.run.Head;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.layout.Region;
import javafx.stage.Stage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** The pane of sinks, from its empty state to a chosen head. */
class SinksPaneTest extends InWindow {
  private static final double NARROW = 290;

  @Start
  void start(Stage newStage) {
    show(newStage, "sinks-model", 1440, 900);
  }

  @BeforeEach
  void open(FxRobot robot) throws Exception {
    openStories(robot);
    robot.interact(() -> parts.openPane("sinks"));
  }

  private static SinksPane pane(FxRobot robot) {
    return robot.lookup(".sinks-pane").queryAs(SinksPane.class);
  }

  @Test
  void measuresAndAnswersAtOnceAndSelectsHeadsBothWays(FxRobot robot) throws Exception {
    SinksPane pane = pane(robot);
    robot.clickOn(robot.from(pane).lookup("Measure").<Node>query());
    await(() -> pane.state().numbers().get() != null && parts.sinksAtRest());
    String before = pane.state().numbers().get().figures().get(0).value();
    robot.interact(() -> pane.figures().epsilon().setValue(0.02));
    String after = pane.state().numbers().get().figures().get(0).value();
    assertNotEquals(before, after);
    assertTrue(robot.lookup(after).tryQuery().isPresent());

    CellGrid grid = pane.shares().grid();
    robot.interact(() -> w.head.set(new Head(2, 3)));
    assertEquals(new CellGrid.Place(3, 2), grid.chosen.get());
    // The last layer's cell; cells are at most 64 wide, after the numbers of the heads.
    robot.clickOn(grid.localToScreen(Math.min(grid.getWidth() - 8, 14 + 4.5 * 64), 8));
    assertEquals(new CellGrid.Place(w.head.get().head(), w.head.get().layer()), grid.chosen.get());
    assertEquals(0, w.head.get().head());
    assertEquals(4, w.head.get().layer());

    robot.interact(() -> pane.work().sweep());
    await(() -> pane.state().curve.get() != null);
    robot.interact(() -> w.prompt.set(w.prompt.get() + " The end of the story came"));
    await(() -> pane.state().stale(w));
    robot.interact(pane::measure);
    await(() -> !pane.state().stale(w) && parts.sinksAtRest());
    assertNull(pane.state().curve.get());
  }

  /** In a pane 290 pixels wide sliders are as long as the pane, and every verb stands inside. */
  @Test
  void narrowPanesHaveLongSlidersAndNothingIsCut(FxRobot robot) throws Exception {
    SinksPane pane = pane(robot);
    robot.interact(pane::measure);
    await(() -> pane.state().numbers().get() != null && parts.sinksAtRest());
    for (String id : List.of("sinks", "roles")) {
      robot.interact(() -> parts.openPane(id));
      WaitForAsyncUtils.waitForFxEvents();
      Region shown = (Region) robot.lookup("." + id + "-pane").query();
      robot.interact(
          () -> {
            shown.setMaxWidth(NARROW);
            shown.setPrefWidth(NARROW);
          });
      WaitForAsyncUtils.waitForFxEvents();
      assertEquals(NARROW, shown.getWidth(), 1);
      for (Node tool : shown.lookupAll(".tool")) {
        boolean there = tool.isVisible() && tool.getLayoutBounds().getWidth() > 0;
        double right = shown.sceneToLocal(tool.localToScene(tool.getLayoutBounds())).getMaxX();
        assertTrue(!there || right <= NARROW + 1, tool + " ends at " + right);
      }
    }
    robot.interact(() -> parts.openPane("sinks"));
    assertTrue(
        pane.figures().epsilon().getWidth() > 200, "slider " + pane.figures().epsilon().getWidth());
  }
}
