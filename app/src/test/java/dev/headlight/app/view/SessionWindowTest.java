package dev.headlight.app.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import dev.headlight.analysis.run.Head;
import dev.headlight.app.Fixtures;
import dev.headlight.app.engine.ModelSource;
import dev.headlight.app.job.FxJobRunner;
import dev.headlight.app.session.Numbers;
import dev.headlight.app.session.Session;
import dev.headlight.app.session.SessionReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** Typing, saving, changing, reopening and going back in the real window. */
class SessionWindowTest extends InWindow {
  @TempDir static Path folder;

  private ObservableValue<String> title;

  @Start
  void start(Stage newStage) {
    ModelChoices choices = new ModelChoices(List.of(), List::of, r -> ModelSource.of(Path.of(r)));
    WorkbenchParts own =
        new WorkbenchParts(
            new FxJobRunner("session-model"),
            choices,
            r -> {},
            Optional.of(folder.resolve("unsaved")));
    show(newStage, own, own.scene(1280, 800));
    title = parts.title();
    stage.titleProperty().bind(title);
    parts.ownedBy(stage);
  }

  @BeforeEach
  void open(FxRobot robot) throws Exception {
    robot.interact(() -> parts.open(Fixtures.stories()));
    await(() -> w.without.get() != null && w.next.get() != null && w.row.get() != null);
  }

  private JsonElement save(FxRobot robot, Path file) throws Exception {
    robot.interact(() -> parts.saveSession(file));
    await(() -> Files.exists(file) && !stage.getTitle().startsWith("•"));
    return SessionReader.read(file).session().results().documents().get(Numbers.NAME);
  }

  @Test
  void typedSavedChangedReopenedIsTheSame(FxRobot robot) throws Exception {
    assertEquals("stories260K · Headlight", stage.getTitle());
    robot.clickOn(".prompt").push(KeyCode.SHORTCUT, KeyCode.END).write(" Lily");
    await(() -> w.run.get() != null && w.run.get().tokens().text().endsWith("Lily"));
    assertEquals("• stories260K · Headlight", stage.getTitle());
    robot.interact(() -> w.head.set(new Head(3, 5)));
    await(() -> w.without.get() != null && w.without.get().head().equals(new Head(3, 5)));
    Path file = folder.resolve("mine.headlight");
    JsonElement numbers = save(robot, file);
    assertEquals("mine · stories260K · Headlight", stage.getTitle());

    robot.interact(() -> parts.commands().find("session.new").orElseThrow().run().run());
    robot.interact(
        () -> {
          w.prompt.set("something else");
          w.head.set(new Head(0, 1));
          w.hideSink.set(true);
          parts.docking().close("heads");
        });
    await(() -> w.run.get() != null && w.run.get().tokens().text().equals("something else"));
    assertEquals("• stories260K · Headlight", stage.getTitle());

    robot.interact(() -> parts.openSession(file));
    await(() -> w.run.get() != null && w.run.get().tokens().text().endsWith("Lily"));
    await(() -> w.without.get() != null && w.without.get().head().equals(new Head(3, 5)));
    assertFalse(w.hideSink.get());
    assertTrue(parts.docking().layout().get().holds("heads"), "the panes too");
    assertEquals("mine · stories260K · Headlight", stage.getTitle());
    JsonElement again = save(robot, folder.resolve("again.headlight"));
    assertEquals(numbers, again);
    Session kept = SessionReader.read(folder.resolve("again.headlight")).session();
    assertEquals(SessionReader.read(file).session().state(), kept.state());
  }

  @Test
  void keysGoBackAlsoWhileTyping(FxRobot robot) throws Exception {
    String before = w.prompt.get();
    robot.clickOn(".prompt").push(KeyCode.SHORTCUT, KeyCode.END).write(" abc");
    await(() -> w.prompt.get().endsWith("abc"));
    robot.push(KeyCode.SHORTCUT, KeyCode.Z);
    assertEquals(before, w.prompt.get());
    robot.push(KeyCode.SHORTCUT, KeyCode.SHIFT, KeyCode.Z);
    assertEquals(before + " abc", w.prompt.get());
    robot.write("d");
    assertEquals(before + " abcd", w.prompt.get(), "the caret is at the end");
  }

  @Test
  void theListGoesToAnyEntry(FxRobot robot) throws Exception {
    robot.interact(() -> w.head.set(new Head(1, 2)));
    WaitForAsyncUtils.sleep(400, TimeUnit.MILLISECONDS);
    robot.interact(() -> w.head.set(new Head(2, 3)));
    robot.push(KeyCode.SHORTCUT, KeyCode.SHIFT, KeyCode.H);
    await(() -> robot.lookup(".history").tryQuery().isPresent());
    ListView<?> list = robot.lookup(".history").queryListView();
    await(() -> list.getItems().size() == 3);
    robot.clickOn("Select L1H2");
    await(() -> w.head.get().equals(new Head(1, 2)));
    assertEquals(3, list.getItems().size(), "what came later stays");
    assertTrue(parts.undo().history().canRedo());
    robot.push(KeyCode.DOWN);
    await(() -> w.head.get().equals(new Head(0, 0)));
    robot.clickOn("Redo");
    await(() -> w.head.get().equals(new Head(1, 2)));
  }
}
