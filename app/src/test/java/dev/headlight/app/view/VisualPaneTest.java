package dev.headlight.app.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.run.Head;
import dev.headlight.app.Fixtures;
import dev.headlight.app.engine.ModelSource;
import dev.headlight.app.pictures.PictureShelf;
import dev.headlight.app.visual.ChangeKind;
import dev.headlight.app.visual.LayerCurve;
import dev.headlight.app.visual.LayerSpread;
import dev.headlight.app.visual.MapMode;
import dev.headlight.app.visual.VisualChange;
import dev.headlight.app.visual.VisualState;
import java.nio.file.Path;
import java.util.List;
import javafx.event.ActionEvent;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** The visual pane on a language model that sees. */
class VisualPaneTest extends InWindow {
  private static final Path PARITY =
      Path.of("..", "analysis", "src", "test", "resources", "parity");
  private static final Path PICTURE = Path.of("src", "test", "resources", "pictures", "rgb.png");

  @TempDir private static Path shelf;

  @Start
  void start(Stage newStage) {
    show(newStage, "visual-model", 1280, 900);
  }

  private VisualPane open(FxRobot robot, ModelSource model) throws Exception {
    robot.interact(() -> parts.open(model));
    await(() -> w.model.get() != null && w.opening.get().isEmpty());
    robot.interact(() -> parts.openPane("visual"));
    WaitForAsyncUtils.waitForFxEvents();
    return robot.lookup(".visual-pane").queryAs(VisualPane.class);
  }

  private VisualState look(FxRobot robot, VisualPane pane, String prompt) throws Exception {
    robot.interact(
        () -> {
          w.prompt.set(prompt);
          w.pictures.set(List.of(new PictureShelf(shelf).take(PICTURE)));
        });
    VisualState state = pane.desk().state();
    await(() -> state.looked() != null && pane.desk().atRest());
    return state;
  }

  @Test
  void wordsHeadsAndPatchesAreChosen(FxRobot robot) throws Exception {
    VisualPane pane = open(robot, ModelSource.of(PARITY.resolve("llava")));
    VisualState state = look(robot, pane, "1 9 319 5 6 7");
    assertEquals(21, state.word());
    assertTrue(state.sunk().isPresent());
    assertTrue(state.shares().isPresent());
    assertTrue(state.curve().isPresent());
    robot.interact(() -> w.head.set(new Head(1, 2)));
    assertEquals(new Head(1, 2), state.head());
    robot.interact(() -> state.choose(state.choice().with(MapMode.MINUS_BLANK)));
    await(() -> state.view().isPresent() && pane.desk().atRest());
    assertTrue(state.blank().isPresent());
    robot.interact(() -> state.choose(state.choice().with(MapMode.ROLLOUT)));
    await(() -> state.view().isPresent() && pane.desk().atRest());
    robot.interact(() -> state.choose(state.choice().with(MapMode.RELEVANCY)));
    await(() -> state.view().isPresent() && pane.desk().atRest());
    robot.interact(() -> state.choose(state.choice().withWord(19)));
    assertEquals(19, state.word());
    String command = pane.desk().files().command();
    assertTrue(command.contains("--word=19"), command);
    assertTrue(command.contains("--map relevancy"), command);
    assertTrue(w.panes.get().containsKey("visual.map"), w.panes.get().toString());
  }

  @Test
  void aChangeIsChosenSetAndUndone(FxRobot robot) throws Exception {
    VisualPane pane = open(robot, ModelSource.of(PARITY.resolve("llava")));
    VisualState state = look(robot, pane, "1 9 319 5 6 7");
    await(() -> state.effect().isPresent());
    assertEquals(ChangeKind.ZERO, state.choice().change().kind());
    robot.interact(
        () ->
            state.choose(
                state.choice().with(VisualChange.parse("near:radius=1")).with(LayerSpread.FROM)));
    await(() -> state.curve().filter(LayerCurve::complete).isPresent() && pane.desk().atRest());
    TextField radius =
        robot.lookup(".visual-changes .compare-field").nth(0).queryAs(TextField.class);
    assertEquals("1", radius.getText());
    robot.interact(
        () -> {
          radius.setText("far");
          radius.fireEvent(new ActionEvent());
        });
    assertEquals("near", state.choice().change().text(), "what is no number is not taken");
    robot.interact(
        () -> {
          radius.setText("3");
          radius.fireEvent(new ActionEvent());
        });
    assertEquals("near:radius=3", state.choice().change().text());
    await(() -> state.effect().isPresent() && pane.desk().atRest());
    assertTrue(state.effect().orElseThrow().nothing(), "a radius of the whole grid hides nothing");
    WaitForAsyncUtils.waitForFxEvents();
    assertTrue(
        robot.lookup(".visual-changes .problem").<Label>queryAll().stream()
            .anyMatch(l -> l.getText().startsWith("No effect")));
    String command = pane.desk().files().command();
    assertTrue(command.contains("--change near:radius=3"), command);
    assertEquals("near:radius=3", w.panes.get().get("visual.change"));
    robot.interact(() -> parts.undo().undo());
    await(() -> state.choice().change().text().equals("near"));
  }

  @Test
  void aTextModelSaysWhatWouldBeNeeded(FxRobot robot) throws Exception {
    open(robot, Fixtures.gpt2());
    assertTrue(robot.lookup("This model reads text alone").tryQuery().isPresent());
    assertFalse(robot.lookup(".visual-columns").tryQuery().isPresent());
  }

  @Test
  void withoutAPictureOneIsAskedFor(FxRobot robot) throws Exception {
    open(robot, ModelSource.of(PARITY.resolve("vit")));
    assertTrue(robot.lookup("No picture yet").tryQuery().isPresent());
  }

  @Test
  void aTowerNeedsNoPrompt(FxRobot robot) throws Exception {
    VisualPane pane = open(robot, ModelSource.of(PARITY.resolve("vit")));
    VisualState state = look(robot, pane, "");
    assertEquals("cls", state.looked().labels().get(state.word()));
    assertEquals(5, state.looked().verdicts().size());
    assertTrue(state.distances().isPresent());
  }
}
