package dev.headlight.app.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.run.Head;
import dev.headlight.app.ablation.AblationChoice;
import javafx.stage.Stage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** The ablation pane on a small trained model: a sweep, a head taken away, two texts, curves. */
class AblationPaneTest extends InWindow {
  @Start
  void start(Stage newStage) {
    show(newStage, "ablation-model", 1280, 800);
  }

  @BeforeEach
  void open(FxRobot robot) throws Exception {
    openStories(robot);
    robot.interact(() -> parts.openPane("ablation"));
    WaitForAsyncUtils.waitForFxEvents();
  }

  @Test
  void headsAreTakenAwayAndTheEffectIsShown(FxRobot robot) throws Exception {
    AblationPane pane = robot.lookup(".ablation-pane").queryAs(AblationPane.class);
    AblationDesk desk = pane.desk();
    robot.interact(desk::sweep);
    await(90, () -> desk.state().sweep() != null && desk.state().sweep().done());
    robot.interact(() -> pane.map().chosen.set(new CellGrid.Place(1, 6)));
    assertEquals(new Head(1, 6), w.head.get());
    robot.interact(() -> desk.toggle(new Head(1, 6)));
    await(() -> desk.state().effect() != null);
    assertEquals("zero:L1H6", desk.state().effect().change());
    robot.interact(
        () -> {
          desk.state().length(8);
          desk.write();
        });
    await(90, desk::atRest);
    assertTrue(desk.state().baseline().size() <= 8);
    assertEquals(
        desk.state().without().size(), desk.state().differs().length, "every token is compared");
    robot.interact(desk::curves);
    await(90, () -> desk.state().curves() != null);
    assertTrue(pane.command().contains("--heads L1H6 --mode zero"), pane.command());
    robot.interact(() -> desk.choose(desk.state().choice().with(AblationChoice.When.WRITING)));
    await(() -> desk.state().effect() != null);
    assertEquals("zero:L1H6@-1..", desk.state().effect().change());
    assertTrue(desk.state().sweep() == null, "what was found under another choice is gone");
  }
}
