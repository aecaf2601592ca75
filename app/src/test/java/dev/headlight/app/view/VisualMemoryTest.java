package dev.headlight.app.view;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import dev.headlight.analysis.image.Picture;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.vision.Mask;
import dev.headlight.app.engine.ModelSource;
import dev.headlight.app.pictures.PictureShelf;
import dev.headlight.app.session.Measurements;
import dev.headlight.app.visual.MapMode;
import dev.headlight.app.visual.Shown;
import dev.headlight.app.visual.Side;
import dev.headlight.app.visual.VisualState;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Function;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** What the visual pane keeps of each prompt, and how one goes from picture to picture. */
class VisualMemoryTest extends InWindow {
  private static final Path PARITY =
      Path.of("..", "analysis", "src", "test", "resources", "parity");
  private static final Path PICTURES = Path.of("src", "test", "resources", "pictures");

  @TempDir private static Path shelf;

  @Start
  void start(Stage newStage) {
    show(newStage, "visual-memory-model", 1280, 900);
  }

  private VisualPane open(FxRobot robot, String model) throws Exception {
    robot.interact(() -> parts.open(ModelSource.of(PARITY.resolve(model))));
    await(() -> w.model.get() != null && w.opening.get().isEmpty());
    robot.interact(() -> parts.openPane("visual"));
    WaitForAsyncUtils.waitForFxEvents();
    return robot.lookup(".visual-pane").queryAs(VisualPane.class);
  }

  private VisualState look(FxRobot robot, VisualPane pane, String prompt, String... files)
      throws Exception {
    robot.interact(
        () -> {
          w.prompt.set(prompt);
          PictureShelf kept = new PictureShelf(shelf);
          w.pictures.set(Arrays.stream(files).map(f -> kept.take(PICTURES.resolve(f))).toList());
        });
    VisualState state = pane.desk().state();
    Function<VisualState, Boolean> read =
        s ->
            s.looked() != null
                && w.run.get().prompt().text().equals(prompt)
                && Arrays.equals(s.looked().ask().tokens(), w.run.get().tokens().ids())
                && s.looked().ask().pictures().size() == files.length;
    await(() -> w.run.get() != null && read.apply(state) && pane.desk().atRest());
    return state;
  }

  @Test
  void wordMaskAndFindingsComeBackWithTheirPrompt(FxRobot robot) throws Exception {
    VisualPane pane = open(robot, "llava");
    VisualState state = look(robot, pane, "1 9 319 5 6 7", "rgb.png");
    Picture picture = state.looked().ask().pictures().get(0);
    Mask mask = Mask.box(picture.width(), picture.height(), 2, 2, 9, 9);
    robot.interact(
        () -> {
          state.choose(state.choice().withWord(19).with(MapMode.RELEVANCY));
          state.mask(mask);
        });
    await(() -> state.view().isPresent() && pane.desk().atRest());
    float[] relevant = state.followed().orElseThrow();
    SortedMap<String, String> panes = w.panes.get();
    SortedMap<String, JsonElement> found = w.findings.documents();
    assertTrue(found.containsKey(Measurements.VISUAL));
    assertTrue(panes.containsKey("visual.mask"), panes.keySet().toString());

    look(robot, pane, "1 9 319 5 8 7", "rgb.png");
    assertNull(state.mask());
    assertEquals(21, state.word());

    robot.interact(
        () -> {
          w.findings.hold(found);
          w.panes.set(panes);
        });
    assertNull(state.mask());
    look(robot, pane, "1 9 319 5 6 7", "rgb.png");
    assertEquals(19, state.word());
    assertArrayEquals(mask.inside(), state.mask().inside());
    assertArrayEquals(relevant, state.followed().orElseThrow());
    assertEquals(panes.get("visual.mask"), w.panes.get().get("visual.mask"));
  }

  @Test
  void aPaintedMaskIsUndone(FxRobot robot) throws Exception {
    VisualPane pane = open(robot, "llava");
    VisualState state = look(robot, pane, "1 9 319 5 6 7", "rgb.png");
    SortedMap<String, String> before = w.panes.get();
    Picture picture = state.looked().ask().pictures().get(0);
    robot.interact(
        () -> {
          pane.brush().paint(picture, 5, 5, false);
          pane.brush().done();
        });
    assertTrue(state.mask().inside()[5 * picture.width() + 5]);
    await(() -> state.grounded());
    assertEquals(12, state.groundings().size());
    robot.interact(() -> w.panes.set(before));
    assertNull(state.mask());
    assertNull(pane.brush().inside());
  }

  @Test
  void picturesAndTowersAreGoneThrough(FxRobot robot) throws Exception {
    VisualPane pane = open(robot, "llava");
    VisualState state = look(robot, pane, "1 9 319 5 319 6 7", "rgb.png", "grey.png");
    assertEquals(2, robot.lookup(".visual-thumbnail").queryAll().size());
    robot.interact(() -> parts.commands().find("picture.next").orElseThrow().tryRun());
    assertEquals(Shown.picture(1), state.present());
    assertTrue(state.view().orElseThrow().place().contains("picture 1"));
    robot.interact(() -> parts.commands().find("picture.side").orElseThrow().tryRun());
    await(() -> state.looked().side() == Side.TOWER && pane.desk().atRest());
    assertEquals(1, state.looked().at().picture());
    robot.interact(() -> parts.commands().find("picture.map.ROLLOUT").orElseThrow().tryRun());
    assertEquals(MapMode.ROLLOUT, state.choice().mode());
    assertTrue(w.panes.get().containsKey("visual.shown"));
  }

  @Test
  void keysGoFromPatchToPatchAndFromLayerToLayer(FxRobot robot) throws Exception {
    VisualPane pane = open(robot, "llava");
    VisualState state = look(robot, pane, "1 9 319 5 6 7", "rgb.png");
    robot.interact(() -> w.head.set(new Head(0, 1)));
    robot.interact(() -> pane.picture().requestFocus());
    robot.press(KeyCode.RIGHT).release(KeyCode.RIGHT);
    WaitForAsyncUtils.waitForFxEvents();
    int first = state.choice().patch();
    assertEquals(state.view().orElseThrow().strongest(), first);
    KeyCode further = first % 4 < 3 ? KeyCode.RIGHT : KeyCode.LEFT;
    robot.press(further).release(further);
    WaitForAsyncUtils.waitForFxEvents();
    assertEquals(1, Math.abs(state.choice().patch() - first));
    robot.press(KeyCode.PAGE_DOWN).release(KeyCode.PAGE_DOWN);
    WaitForAsyncUtils.waitForFxEvents();
    assertEquals(new Head(1, 1), w.head.get());
    robot.press(KeyCode.ESCAPE).release(KeyCode.ESCAPE);
    WaitForAsyncUtils.waitForFxEvents();
    assertEquals(-1, state.choice().patch());
  }

  @Test
  void twoTowersShowTheirTextsAndBothAttentions(FxRobot robot) throws Exception {
    VisualPane pane = open(robot, "clip");
    VisualState state = look(robot, pane, "10 11 12 2\n30 31 2", "rgb.png");
    assertEquals(2, state.looked().agreements().size());
    assertEquals(Side.TOWER, state.looked().side());
    robot.interact(() -> state.choose(state.choice().with(state.choice().shown().withText(1))));
    await(() -> state.looked().at().text() == 1 && pane.desk().atRest());
    robot.interact(() -> state.choose(state.choice().with(Side.MAIN)));
    await(() -> state.looked().text() && pane.desk().atRest());
    assertArrayEquals(new int[] {30, 31, 2}, state.looked().tokens());
    assertTrue(state.view().isPresent());
    assertFalse(robot.lookup(".visual-mask").query().isVisible());
    assertEquals(List.of("30", "31", "2"), state.looked().labels());
  }
}
