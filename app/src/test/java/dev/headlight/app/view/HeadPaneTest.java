package dev.headlight.app.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.app.Fixtures;
import dev.headlight.app.engine.ModelSource;
import dev.headlight.app.export.Limits;
import dev.headlight.app.job.FxJobRunner;
import dev.headlight.app.workbench.Cell;
import dev.headlight.app.workbench.HeadView;
import dev.headlight.app.workbench.Workbench;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** The pane of one head, driven by keys alone where keys can. */
@ExtendWith(ApplicationExtension.class)
class HeadPaneTest {
  private static final int PATIENCE_SECONDS = 60;

  private WorkbenchParts parts;
  private Workbench w;
  private Stage stage;
  private HeadView view;

  @Start
  void start(Stage newStage) {
    ModelChoices choices = new ModelChoices(List.of(), List::of, r -> ModelSource.of(Path.of(r)));
    parts = new WorkbenchParts(new FxJobRunner("test-head"), choices, r -> {});
    w = parts.workbench();
    stage = newStage;
    stage.setScene(parts.scene(1280, 800));
    stage.show();
  }

  @BeforeEach
  void open(FxRobot robot) throws Exception {
    view = parts.headView().orElseThrow();
    robot.interact(
        () -> {
          w.prompt.set("Lily saw Tom. Tom saw a big red lighthouse. Lily saw it too.");
          parts.open(Fixtures.stories());
        });
    await(() -> w.row.get() != null && w.run.get().tokens().text().startsWith("Lily"));
    robot.interact(() -> stage.getScene().lookup(".heatmap").requestFocus());
  }

  @AfterEach
  void close(FxRobot robot) {
    robot.interact(
        () -> {
          stage.hide();
          parts.close();
        });
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    WaitForAsyncUtils.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS, condition);
    WaitForAsyncUtils.waitForFxEvents();
  }

  private HeatmapView map() {
    return (HeatmapView) stage.getScene().lookup(".heatmap");
  }

  @Test
  void wordsCollapseAndCellsAreReadOut(FxRobot robot) throws Exception {
    robot.push(KeyCode.U);
    await(() -> view.folded.get() != null);
    PlotMap words = map().map();
    assertTrue(words.length() < w.run.get().length());
    robot.push(KeyCode.LEFT).push(KeyCode.LEFT).push(KeyCode.UP);
    assertTrue(map().getAccessibleText().contains("sum over"), map().getAccessibleText());
    assertEquals(words.length() - 2, words.of(w.query.get()));
    robot.push(KeyCode.U).push(KeyCode.U);
    await(() -> view.folded.get() == null);
    assertNull(map().map().spans());
  }

  @Test
  void strongCellsAreVisitedByWeight(FxRobot robot) throws Exception {
    robot.push(KeyCode.S).push(KeyCode.N);
    await(() -> w.key.get() > 0);
    float first = w.map.get().weight(w.query.get(), w.key.get());
    Cell start = new Cell(w.query.get(), w.key.get());
    robot.push(KeyCode.N);
    assertTrue(w.map.get().weight(w.query.get(), w.key.get()) <= first);
    robot.push(KeyCode.SHIFT, KeyCode.N);
    assertEquals(start, new Cell(w.query.get(), w.key.get()));
  }

  @Test
  void tokensAreFoundByText(FxRobot robot) {
    robot.push(KeyCode.SHORTCUT, KeyCode.F);
    assertTrue(stage.getScene().lookup(".find-bar").isVisible());
    robot.write("tom").push(KeyCode.ENTER);
    assertTrue(view.found.get().contains(w.query.get()));
    int first = w.query.get();
    robot.push(KeyCode.ENTER);
    assertTrue(view.found.get().contains(w.query.get()) && w.query.get() != first);
    robot.push(KeyCode.ESCAPE);
    assertFalse(stage.getScene().lookup(".find-bar").isVisible());
    assertTrue(map().isFocused());
  }

  @Test
  void textIsReadTokenByToken(FxRobot robot) {
    robot.push(KeyCode.X);
    Node text = stage.getScene().lookup(".text-view");
    assertTrue(text.isVisible());
    robot.interact(text::requestFocus);
    robot.push(KeyCode.LEFT);
    assertEquals(w.run.get().length() - 2, w.query.get());
    robot.push(KeyCode.D);
    assertTrue(view.lookedAt.get());
    assertTrue(text.getAccessibleText().contains("each later token looks at"));
    robot.push(KeyCode.L);
    assertFalse(text.isVisible());
    assertTrue(w.lines.get());
  }

  @Test
  void limitsAreMovedTypedAndReset(FxRobot robot) throws Exception {
    Node handle = stage.getScene().lookup(".limit-handle");
    robot.interact(handle::requestFocus);
    robot.push(KeyCode.RIGHT);
    double once = w.limits.get().low().value();
    robot.push(KeyCode.RIGHT);
    assertTrue(once > 0 && w.limits.get().low().value() > once);
    TextField high =
        robot.lookup(".limit-field").queryAllAs(TextField.class).stream()
            .filter(f -> f.getAccessibleText().startsWith("Upper"))
            .findFirst()
            .orElseThrow();
    robot.interact(
        () -> {
          high.requestFocus();
          high.setText("99%");
        });
    robot.push(KeyCode.ENTER);
    assertEquals(new Limits.Bound(99, true), w.limits.get().high());
    robot.interact(
        () -> {
          high.setText("lots");
          high.fireEvent(new javafx.event.ActionEvent());
        });
    assertTrue(w.notice.get().message().contains("lots"));
    robot.interact(handle::requestFocus);
    robot.push(KeyCode.DELETE);
    assertNull(w.limits.get());
  }

  @Test
  void headsAreAveragedInThisPaneOnly(FxRobot robot) throws Exception {
    robot.interact(() -> view.workbench().mean.set(HeadSet.parse("L0H*")));
    await(() -> "Mean of L0H*".equals(map().map().map().of().toString()));
    assertEquals("Mean", robot.lookup(".head-title").queryAs(Label.class).getText());
    assertEquals(new Head(0, 0), w.map.get().head());
    TextField heads = robot.lookup(".average-heads").queryAs(TextField.class);
    robot.interact(heads::requestFocus);
    robot.push(KeyCode.ESCAPE);
    await(() -> map().map().map().of().mean() == null);
  }

  @Test
  void weightsSayWhatTheHeadCopies(FxRobot robot) throws Exception {
    robot.push(KeyCode.W);
    await(
        () -> {
          Label ov = (Label) stage.getScene().lookup(".circuit-ov");
          return ov.isVisible() && ov.getText().startsWith("OV: copying");
        });
    assertNotNull(((Label) stage.getScene().lookup(".circuit-qk")).getTooltip());
  }
}
