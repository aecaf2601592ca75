package dev.headlight.app.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.run.Head;
import dev.headlight.app.Fixtures;
import dev.headlight.app.engine.ModelFacts;
import dev.headlight.app.engine.ModelSource;
import dev.headlight.app.export.ExportRequest.Format;
import dev.headlight.app.export.FigureContent.Kind;
import dev.headlight.app.export.HeadExport;
import dev.headlight.app.job.FxJobRunner;
import dev.headlight.app.report.FigureFiles;
import dev.headlight.app.workbench.Cell;
import dev.headlight.app.workbench.Workbench;
import dev.headlight.renderer.Theme;
import dev.headlight.renderer.figure.FigureStyle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** The whole window on a small trained model, driven by mouse and keys. */
@ExtendWith(ApplicationExtension.class)
class WindowTest {
  private static final int PATIENCE_SECONDS = 60;

  private final List<String> opened = Collections.synchronizedList(new ArrayList<>());
  private WorkbenchParts parts;
  private Workbench w;
  private Stage stage;

  @Start
  void start(Stage newStage) {
    ModelChoices choices =
        new ModelChoices(List.of(), () -> opened, r -> ModelSource.of(Path.of(r)));
    parts = new WorkbenchParts(new FxJobRunner("test-model"), choices, opened::add);
    w = parts.workbench();
    stage = newStage;
    stage.setScene(parts.scene(1280, 800));
    stage.show();
  }

  @BeforeEach
  void open(FxRobot robot) throws Exception {
    robot.interact(() -> parts.open(Fixtures.stories()));
    await(() -> w.without.get() != null && w.next.get() != null && w.row.get() != null);
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

  private static String text(FxRobot robot, String query) {
    return robot.lookup(query).queryAs(Label.class).getText();
  }

  private static Point2D in(Node node, double x, double y) {
    return node.localToScreen(x, y);
  }

  @Test
  void showsTheModelAndItsHeads(FxRobot robot) {
    assertEquals(List.of(Fixtures.stories().reference()), opened);
    assertTrue(stage.getScene().getRoot().getStyleClass().contains("workbench"));
    List<String> labels =
        robot.lookup(".label").queryAllAs(Label.class).stream().map(Label::getText).toList();
    for (String expected : List.of("stories260K", "5 × 8", "L0H0", "KV groups", "Zero")) {
      assertTrue(
          labels.contains(expected) || robot.lookup(expected).tryQuery().isPresent(), expected);
    }
    PixelView grid = (PixelView) robot.lookup(".head-grid").query().lookup(".image-view");
    assertTrue(grid.getImage().getWidth() > 100);
  }

  @Test
  void typingRecomputes(FxRobot robot) throws Exception {
    long before = w.run.get().id();
    int length = w.run.get().length();
    robot.clickOn(".prompt").push(KeyCode.SHORTCUT, KeyCode.END).write(" Lily");
    await(() -> w.run.get() != null && w.run.get().length() > length);
    assertNotEquals(before, w.run.get().id());
    assertTrue(w.tokens.get().text().contains("Lily"), w.tokens.get().text());
  }

  @Test
  void clickedThumbnailIsSelectedEverywhere(FxRobot robot) throws Exception {
    HeadGrid grid = robot.lookup(".head-grid").queryAs(HeadGrid.class);
    double[] at = grid.centre(new Head(2, 6));
    robot.clickOn(in(grid, at[0], at[1]));
    Head chosen = new Head(2, 6);
    await(() -> w.without.get() != null && chosen.equals(w.without.get().head()));
    assertEquals(chosen, w.map.get().head());
    assertEquals(chosen, w.row.get().head());
    assertEquals("L2H6", text(robot, ".right .title"));
    robot.push(KeyCode.RIGHT).push(KeyCode.DOWN);
    assertEquals(new Head(3, 7), w.head.get());
  }

  @Test
  void pointerReadsACellAndClickLocksIt(FxRobot robot) throws Exception {
    HeatmapView map = robot.lookup(".heatmap").queryAs(HeatmapView.class);
    MapLayout layout = map.plot();
    double cell = layout.side() / w.run.get().length();
    robot.moveTo(in(map, layout.x() + 2.5 * cell, layout.y() + 60.5 * cell));
    await(() -> new Cell(60, 2).equals(w.hover.get()) && w.hoverRow.get() != null);
    Label weight = robot.lookup(".card-value").queryAs(Label.class);
    assertEquals(w.map.get().weight(60, 2), Float.parseFloat(weight.getText()), 1e-4f);
    robot.clickOn(in(map, layout.x() + 2.5 * cell, layout.y() + 60.5 * cell));
    assertEquals(60, w.query.get());
    assertEquals(2, w.key.get());
    robot.push(KeyCode.RIGHT).push(KeyCode.UP);
    assertEquals(3, w.key.get());
    assertEquals(59, w.query.get());
    robot.push(KeyCode.PAGE_DOWN);
    assertEquals(new Head(1, 0), w.head.get());
    robot.push(KeyCode.ESCAPE);
    assertEquals(Workbench.NONE, w.key.get());
  }

  @Test
  void lettersSwitchViewsButNotWhileWriting(FxRobot robot) {
    robot.clickOn(".head-grid").push(KeyCode.S).push(KeyCode.L).push(KeyCode.T);
    assertTrue(w.hideSink.get());
    assertTrue(w.lines.get());
    assertEquals(Theme.DARK, w.theme.get());
    assertTrue(stage.getScene().getStylesheets().stream().anyMatch(s -> s.endsWith("dark.css")));
    robot.clickOn(".prompt").push(KeyCode.L);
    assertTrue(w.lines.get());
  }

  @Test
  void brokenFolderIsSaidAndTheModelStays(FxRobot robot, @TempDir Path folder) throws Exception {
    ModelFacts former = w.model.get();
    robot.interact(() -> parts.open(ModelSource.of(folder)));
    await(() -> w.notice.get() != null);
    Node notice = robot.lookup(".notice").query();
    assertTrue(notice.isVisible());
    assertTrue(notice.getStyleClass().contains("problem-notice"));
    assertTrue(((Label) notice.lookup(".label")).getText().contains(folder.toString()));
    assertSame(former, w.model.get());
    robot.clickOn("Close");
    assertFalse(notice.isVisible());
  }

  @Test
  void emptyPromptShowsAnInvitation(FxRobot robot) throws Exception {
    robot.interact(() -> w.prompt.set(""));
    await(() -> w.run.get() == null);
    assertTrue(text(robot, ".empty").startsWith("Type a prompt"));
    assertNull(w.notice.get());
  }

  @Test
  void exportsEveryFormat(FxRobot robot, @TempDir Path folder) throws Exception {
    for (Format format : Format.values()) {
      Path file = folder.resolve("map." + format);
      robot.interact(
          () -> {
            w.notice.set(null);
            parts.actions().export(format, file, FigureStyle.page().withDpi(96));
          });
      await(() -> w.notice.get() != null);
      assertFalse(w.notice.get().problem(), w.notice.get().message());
      assertTrue(Files.size(file) > 1000);
    }
    assertEquals(
        "PNG",
        new String(Files.readAllBytes(folder.resolve("map.PNG")), 1, 3, StandardCharsets.US_ASCII));
    String svg = Files.readString(folder.resolve("map.SVG"));
    assertTrue(svg.contains("<text") && svg.contains("stories260K"));
    Path csv = folder.resolve("map.CSV");
    assertTrue(Files.readString(csv).startsWith("layer,head,query_index,query_token"));
    assertTrue(Files.readString(HeadExport.beside(csv)).contains("sha256"));
  }

  @Test
  void exportsTheGridAndChosenHeadsWithTheirCaption(FxRobot robot, @TempDir Path folder)
      throws Exception {
    for (Kind kind : Kind.values()) {
      Path file = folder.resolve(kind + ".pdf");
      robot.interact(
          () -> {
            w.notice.set(null);
            parts
                .actions()
                .write(parts.actions().figure(kind, FigureStyle.page()), Format.PDF, file);
          });
      await(() -> w.notice.get() != null);
      assertFalse(w.notice.get().problem(), w.notice.get().message());
      assertEquals("%PDF", Files.readString(file, StandardCharsets.ISO_8859_1).substring(0, 4));
      String about = Files.readString(FigureFiles.sidecar(file));
      assertTrue(about.contains("stories260K on the prompt “"), about);
      assertTrue(about.contains("\"sha256\": \""), about);
    }
  }

  @Test
  void copiesImageAndTables(FxRobot robot) throws Exception {
    robot.interact(() -> parts.actions().copies().table());
    await(() -> w.notice.get() != null);
    String[] lines = clipboard(robot).split("\n", -1);
    assertEquals(w.run.get().length() + 2, lines.length);
    assertTrue(lines[0].startsWith("query \\ key\t0 "), lines[0]);
    assertEquals("1.0", lines[1].split("\t", -1)[1]);
    robot.interact(() -> parts.actions().copies().scores());
    assertTrue(clipboard(robot).startsWith("layer\thead\tkv_group\tentropy"));
    assertEquals(1 + 5 * 8, clipboard(robot).lines().count());
    robot.interact(
        () -> {
          w.notice.set(null);
          parts.actions().copies().image();
        });
    await(() -> w.notice.get() != null);
    assertFalse(w.notice.get().problem(), w.notice.get().message());
    boolean[] image = new boolean[1];
    robot.interact(() -> image[0] = Clipboard.getSystemClipboard().hasImage());
    assertTrue(image[0]);
  }

  private static String clipboard(FxRobot robot) {
    String[] text = new String[1];
    robot.interact(() -> text[0] = Clipboard.getSystemClipboard().getString());
    return text[0];
  }

  @Test
  void theFigureDialogShowsWhatItWillWrite(FxRobot robot) throws Exception {
    FigureDialog[] dialog = new FigureDialog[1];
    robot.interact(
        () -> {
          dialog[0] = parts.actions().dialog(Kind.PANELS, Format.PDF);
          dialog[0].show();
        });
    await(() -> dialog[0].preview() != null);
    Node save = dialog[0].getDialogPane().lookupButton(dialog[0].save());
    assertFalse(save.isDisabled());
    TextInputControl heads = (TextInputControl) dialog[0].getDialogPane().lookup("#figure-heads");
    robot.interact(() -> heads.setText("L9H0"));
    await(() -> dialog[0].preview() == null);
    assertTrue(save.isDisabled());
    robot.interact(() -> heads.setText("L0H1,L4H2"));
    await(() -> dialog[0].preview() != null);
    robot.interact(() -> ((Button) save).fire());
    FigureDialog.Choice choice = dialog[0].getResult();
    assertEquals(List.of(new Head(0, 1), new Head(4, 2)), choice.figure().content().heads());
    assertEquals("heads", choice.name());
  }

  @Test
  void exportIntoNowhereIsSaid(FxRobot robot, @TempDir Path folder) throws Exception {
    Path file = folder.resolve("missing").resolve("map.png");
    robot.interact(() -> parts.actions().export(Format.PNG, file, FigureStyle.page()));
    await(() -> w.notice.get() != null);
    assertTrue(w.notice.get().message().contains(file.toString()), w.notice.get().message());
    assertFalse(Files.exists(file));
  }

  @Test
  void parityIsShownAndABodySaysWhatItLacks(FxRobot robot, @TempDir Path folder) throws Exception {
    robot.interact(() -> parts.open(Fixtures.gpt2()));
    await(() -> w.parity.get() != null && w.parity.get().worst() < 1e-4);
    assertTrue(
        robot.lookup(".status-bar .label").queryAllAs(Label.class).stream()
            .anyMatch(
                l -> l.getText().matches("parity \\d\\.\\de-\\d+") && l.getTooltip() != null));
    ModelSource wrong = Fixtures.wrongReference(folder);
    robot.interact(() -> parts.open(wrong));
    await(() -> w.parity.get() != null && w.parity.get().worst() > 1e-4);
    Label failed = robot.lookup(".status-bar .parity-failed").queryAs(Label.class);
    assertTrue(failed.getText().startsWith("parity failed: "), failed.getText());
    robot.interact(() -> parts.open(Fixtures.body()));
    await(() -> w.map.get() != null && w.parity.get() != null);
    assertTrue(
        robot.lookup("No next-token head: BertModel predicts no words.").tryQuery().isPresent());
    assertTrue(robot.lookup("no next-token head").tryQuery().isPresent());
    assertNull(w.notice.get());
  }

  @Test
  void fieldGoesToAHead(FxRobot robot) {
    robot.clickOn(".search").write("L4H2").push(KeyCode.ENTER);
    assertEquals(new Head(4, 2), w.head.get());
    robot.clickOn(".search").write("L9H0").push(KeyCode.ENTER);
    assertTrue(w.notice.get().message().contains("L9H0"), w.notice.get().message());
    assertEquals(new Head(4, 2), w.head.get());
  }
}
