package dev.headlight.app.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.run.Head;
import dev.headlight.app.Fixtures;
import dev.headlight.app.engine.Growth;
import dev.headlight.app.engine.ModelSource;
import dev.headlight.app.workbench.Cell;
import dev.headlight.app.workbench.RolesView;
import dev.headlight.samples.SampleVersion;
import java.util.List;
import javafx.scene.control.Slider;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** Walking through the training of a sample, with everything else left as it is. */
class CheckpointsTest extends InWindow {
  private static final String PROMPT = "The red fox met the old owl. The red fox met the";

  @Start
  void start(Stage newStage) {
    show(newStage, "checkpoints", 1280, 800);
  }

  @BeforeEach
  void open(FxRobot robot) throws Exception {
    robot.interact(() -> parts.open(ModelSource.of(SampleVersion.parse("world-6l"))));
    await(() -> w.without.get() != null);
    robot.interact(() -> w.prompt.set(PROMPT));
    await(
        () -> w.run.get() != null && !w.stale.get() && w.run.get().tokens().text().equals(PROMPT));
  }

  private boolean at(String reference) {
    return w.model.get().source().reference().equals(reference)
        && w.run.get() != null
        && w.run.get().model().equals(w.model.get());
  }

  @Test
  void theSliderOpensACheckpointAndLeavesTheRest(FxRobot robot) throws Exception {
    robot.interact(
        () -> {
          parts.openPane("sinks");
          w.head.set(new Head(3, 2));
          w.lock(new Cell(6, 2));
        });
    String layout = w.layout.get();
    Slider slider = robot.lookup(".checkpoints .slider").queryAs(Slider.class);
    assertEquals(slider.getMax(), slider.getValue());
    robot.interact(() -> slider.setValue(Math.log10(450)));
    await(() -> at("sample:world-6l@500"));
    assertEquals(Math.log10(500), slider.getValue(), 1e-9);
    assertEquals(PROMPT, w.prompt.get());
    assertEquals(new Head(3, 2), w.head.get());
    assertEquals(6, w.query.get());
    assertEquals(2, w.key.get());
    assertEquals(layout, w.layout.get());

    robot.interact(slider::requestFocus);
    robot.push(KeyCode.LEFT);
    await(() -> at("sample:world-6l@200"));
    robot.push(KeyCode.HOME);
    await(() -> at("sample:world-6l@1"));
    robot.push(KeyCode.LEFT);
    robot.interact(() -> parts.actions().stepCheckpoint(-1));
    assertTrue(at("sample:world-6l@1"));
    robot.interact(() -> parts.actions().stepCheckpoint(1));
    await(() -> at("sample:world-6l@10"));
    assertEquals(2, w.key.get());
    robot.interact(() -> parts.open(Fixtures.stories()));
    await(() -> w.model.get().name().equals("stories260K"));
    assertFalse(robot.lookup(".checkpoints").query().isVisible());
  }

  @Test
  void aScoreIsMeasuredOverTheTraining(FxRobot robot) throws Exception {
    robot.interact(() -> parts.openPane("roles"));
    RolesView view = parts.rolesView().orElseThrow();
    await(90, () -> w.measured.get().results().size() >= 3 && parts.rolesMeasured());
    robot.interact(
        () -> {
          view.role.set("induction");
          parts.growRoles();
        });
    await(120, () -> view.growth.get() != null);
    Growth growth = view.growth.get();
    int all = w.model.get().source().training().size();
    assertEquals(all, growth.tables().size());
    Head best = growth.strongest(1).get(0);
    double[] values = growth.of(best);
    assertTrue(values[0] < 0.1 && values[all - 1] > 0.6, best + " grew to " + values[all - 1]);
    RoleGrowth shown = robot.lookup(".role-growth").queryAs(RoleGrowth.class);
    assertNotNull(shown.curves().plot());
    robot.interact(() -> parts.actions().stepCheckpoint(-1));
    await(() -> at("sample:world-6l@2000"));
    assertEquals(growth, view.growth.get());
    robot.interact(() -> view.role.set("first"));
    assertEquals(null, view.growth.get());
  }

  @Test
  void placesRiseByTheLogarithmAndTheLastTwoAreApart() {
    List<SampleVersion> all = SampleVersion.all(SampleVersion.parse("world-6l").sample());
    List<Double> places = CheckpointSlider.places(all);
    assertEquals(0, places.get(0));
    assertEquals(1, places.get(1), 1e-9);
    assertEquals(all.size() - 1, CheckpointSlider.nearest(places, 99));
    for (int i = 1; i < places.size(); i++) {
      assertTrue(places.get(i) - places.get(i - 1) >= Math.log10(2) - 1e-9);
    }
  }
}
