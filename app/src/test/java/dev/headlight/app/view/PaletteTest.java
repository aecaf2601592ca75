package dev.headlight.app.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.run.Head;
import dev.headlight.app.Fixtures;
import dev.headlight.app.engine.ModelSource;
import dev.headlight.app.job.FxJobRunner;
import dev.headlight.app.models.CachedModel;
import dev.headlight.app.workbench.CrashGuard;
import dev.headlight.renderer.Theme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** Everything by keys: the palette, the sheet of keys, preferences; and what a crash leaves. */
class PaletteTest extends InWindow {

  @Start
  void start(Stage newStage) {
    ModelChoices choices =
        new ModelChoices(
            List.of(Fixtures.gpt2()),
            () -> List.of("/models/last"),
            r -> ModelSource.of(Path.of(r)),
            () -> List.of(new CachedModel("team/tiny", "0123456789", Path.of("tiny"), true)));
    WorkbenchParts own = new WorkbenchParts(new FxJobRunner("palette-model"), choices, r -> {});
    show(newStage, own, own.scene(1024, 700));
  }

  @BeforeEach
  void open(FxRobot robot) throws Exception {
    robot.interact(() -> parts.open(Fixtures.stories()));
    await(() -> w.without.get() != null && w.map.get() != null);
  }

  private static CommandPalette palette(FxRobot robot) {
    return robot.lookup(n -> n instanceof CommandPalette).queryAs(CommandPalette.class);
  }

  @Test
  void aFewLettersFindAnything(FxRobot robot) throws Exception {
    robot.push(KeyCode.SHORTCUT, KeyCode.P);
    await(() -> palette(robot).titles().stream().anyMatch(t -> t.startsWith("Prompt: ")));
    await(() -> palette(robot).titles().contains("Open team/tiny @ 0123456"));
    List<String> titles = palette(robot).titles();
    assertTrue(titles.contains("Open /models/last"), titles.toString());
    assertTrue(titles.contains("Open " + Fixtures.gpt2().reference()), titles.toString());
    for (Pane pane : Panes.all()) {
      assertTrue(titles.contains("Open " + pane.title()), titles.toString());
    }
    robot.write("thdark").push(KeyCode.ENTER);
    assertEquals(Theme.DARK, w.theme.get());
    assertTrue(robot.lookup(n -> n instanceof CommandPalette).queryAll().isEmpty());
  }

  @Test
  void escapeGivesTheKeyboardBack(FxRobot robot) {
    Node before = robot.lookup(".prompt").query();
    robot.interact(before::requestFocus);
    robot.push(KeyCode.SHORTCUT, KeyCode.L);
    assertTrue(palette(robot).field().isFocused());
    robot.push(KeyCode.TAB);
    assertTrue(palette(robot).field().isFocused());
    robot.push(KeyCode.ESCAPE);
    assertEquals(before, stage.getScene().getFocusOwner());
  }

  @Test
  void theNameOfAHeadLeadsThere(FxRobot robot) {
    robot.push(KeyCode.SHORTCUT, KeyCode.P).write("l2h5");
    assertEquals("Go to L2H5", palette(robot).titles().get(0));
    robot.push(KeyCode.ENTER);
    assertEquals(new Head(2, 5), w.head.get());
    robot.push(KeyCode.SHORTCUT, KeyCode.P).write("l9h9").push(KeyCode.ENTER);
    assertTrue(w.notice.get().problem());
    assertEquals(new Head(2, 5), w.head.get());
  }

  @Test
  void theSheetHasEveryKeyOfEveryCommand(FxRobot robot) {
    robot.push(KeyCode.SHORTCUT, KeyCode.F1);
    List<String> texts =
        robot.lookup(".keyboard-sheet .label").queryAllAs(Label.class).stream()
            .map(Label::getText)
            .toList();
    for (Command command : parts.commands().all()) {
      if (!command.keys().isEmpty()) {
        assertTrue(texts.contains(command.title()), command.title());
        assertTrue(texts.contains(KeyText.of(command)), KeyText.of(command));
      }
    }
    robot.push(KeyCode.ESCAPE);
    assertTrue(robot.lookup(".keyboard-sheet").queryAll().isEmpty());
  }

  @Test
  void noKeyMeansTwoThingsInOnePlace() {
    List<String> seen = new ArrayList<>();
    for (Command command : parts.commands().all()) {
      for (String key : command.keys()) {
        String use = command.where() + " " + KeyText.of(key);
        assertFalse(seen.contains(use), use + " of " + command.id());
        seen.add(use);
      }
    }
  }

  @Test
  void lettersCountOnlyWhileNobodyWrites(FxRobot robot) {
    robot.interact(() -> robot.lookup(".heatmap").query().requestFocus());
    robot.push(KeyCode.S);
    assertTrue(w.hideSink.get());
    robot.interact(() -> robot.lookup(".prompt").query().requestFocus());
    robot.push(KeyCode.S);
    assertTrue(w.hideSink.get());
  }

  @Test
  void localKeysDoWhatTheSheetSays(FxRobot robot) {
    Node map = robot.lookup(".heatmap").query();
    for (Command command : parts.commands().all()) {
      if (command.where().equals("cell") && !command.id().matches("cell\\.(zoom.*|fit)")) {
        robot.interact(
            () -> {
              w.head.set(new Head(2, 3));
              w.lock(new dev.headlight.app.workbench.Cell(3, 2));
              map.requestFocus();
            });
        robot.push(KeyCode.valueOf(command.key()));
        String byKey = w.head.get() + " " + w.query.get() + " " + w.key.get();
        robot.interact(
            () -> {
              w.head.set(new Head(2, 3));
              w.lock(new dev.headlight.app.workbench.Cell(3, 2));
              command.tryRun();
            });
        assertEquals(byKey, w.head.get() + " " + w.query.get() + " " + w.key.get(), command.id());
      }
    }
  }

  @Test
  void preferencesCountAtOnce(FxRobot robot) {
    robot.push(KeyCode.SHORTCUT, KeyCode.COMMA);
    assertEquals(2, Window.getWindows().stream().filter(Stage.class::isInstance).count());
    robot.push(KeyCode.ESCAPE);
    assertEquals(1, Window.getWindows().stream().filter(Stage.class::isInstance).count());
    Node prompt = robot.lookup(".prompt").query();
    double before = prompt.localToScene(prompt.getBoundsInLocal()).getHeight();
    robot.interact(() -> parts.chosen().textSize.set(1.25));
    WaitForAsyncUtils.waitForFxEvents();
    double after = prompt.localToScene(prompt.getBoundsInLocal()).getHeight();
    assertEquals(1.25, after / before, 0.2);
    Node status = robot.lookup(".status-bar").query();
    double bottom = status.localToScene(status.getBoundsInLocal()).getMaxY();
    assertEquals(stage.getScene().getHeight(), bottom, 2);
  }

  @Test
  void hintsThatAreClosedStayClosed(FxRobot robot) {
    List<Boolean> saved = new ArrayList<>();
    robot.interact(() -> parts.chosen().hints.set(true));
    parts.chosen().whenChanged(p -> saved.add(p.hints()));
    assertTrue(robot.lookup(".hint").query().isVisible());
    robot.clickOn("Got it");
    assertFalse(robot.lookup(".hint").query().isVisible());
    assertEquals(List.of(false), saved);
  }

  @Test
  void copiedCommandIsOnTheClipboard(FxRobot robot) throws Exception {
    robot.push(KeyCode.SHORTCUT, KeyCode.P).write("without this").push(KeyCode.ENTER);
    String copied =
        WaitForAsyncUtils.asyncFx(() -> Clipboard.getSystemClipboard().getString()).get();
    assertTrue(copied.startsWith("headlight next "), copied);
    assertTrue(copied.endsWith("--intervene zero:" + w.head.get()), copied);
  }

  @Test
  void crashBecomesANoticeAndWorkIsKept(FxRobot robot) throws Exception {
    Thread.UncaughtExceptionHandler[] before = new Thread.UncaughtExceptionHandler[1];
    robot.interact(
        () -> {
          before[0] = Thread.currentThread().getUncaughtExceptionHandler();
          Thread.currentThread().setUncaughtExceptionHandler(new CrashGuard(w, Platform::runLater));
        });
    Platform.runLater(
        () -> {
          throw new IllegalStateException("injected");
        });
    await(() -> w.notice.get() != null && w.notice.get().problem());
    robot.interact(() -> Thread.currentThread().setUncaughtExceptionHandler(before[0]));
    WaitForAsyncUtils.clearExceptions();

    assertTrue(w.notice.get().message().contains("injected"), w.notice.get().message());
    robot.clickOn("Copy details");
    String copied =
        WaitForAsyncUtils.asyncFx(() -> Clipboard.getSystemClipboard().getString()).get();
    assertTrue(copied.contains("IllegalStateException: injected"), copied);
    Head next = new Head(w.head.get().layer() == 0 ? 1 : 0, 1);
    robot.interact(() -> w.head.set(next));
    await(() -> w.map.get() != null && w.map.get().head().equals(next));
  }
}
