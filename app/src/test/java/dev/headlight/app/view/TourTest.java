package dev.headlight.app.view;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.text.TextUnit;
import dev.headlight.app.Fixtures;
import dev.headlight.app.cli.CliRun;
import dev.headlight.app.dock.Side;
import dev.headlight.app.engine.ModelSource;
import dev.headlight.app.export.ExportRequest.Format;
import dev.headlight.app.export.FigureContent.Kind;
import dev.headlight.app.export.Limits;
import dev.headlight.app.job.FxJobRunner;
import dev.headlight.app.session.Numbers;
import dev.headlight.app.session.SessionReader;
import dev.headlight.app.workbench.Comparison;
import dev.headlight.app.workbench.HeadView;
import dev.headlight.renderer.Theme;
import dev.headlight.renderer.figure.FigureStyle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.application.Platform;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/**
 * A working day in a minute: open, type, select, compare, export, save, reopen with equal numbers;
 * then the command line replays the session and writes the same bytes. Meanwhile the JavaFX thread
 * stays free: the goal is 50 ms; the test fails above a bound that leaves room for a machine
 * without a display, where text and styles are computed several times slower, and for code that the
 * just-in-time compiler has seen little of. What lies above the goal is logged.
 */
class TourTest extends InWindow {
  private static final Logger LOG = LoggerFactory.getLogger(TourTest.class);
  private static final double GOAL_MS = 50;
  private static final double LIMIT_MS = 150;
  private static final FigureStyle STYLE = new FigureStyle(Theme.PAPER, 88.5, 7, 150, false);

  @TempDir static Path folder;

  @Start
  void start(Stage newStage) {
    ModelChoices choices = new ModelChoices(List.of(), List::of, r -> ModelSource.of(Path.of(r)));
    WorkbenchParts own =
        new WorkbenchParts(
            new FxJobRunner("tour-model"),
            choices,
            r -> {},
            Optional.of(folder.resolve("unsaved")));
    show(newStage, own, own.scene(1280, 800));
    stage.titleProperty().bind(parts.title());
    parts.ownedBy(stage);
  }

  @Test
  void aDaysWorkIsFluidKeptAndReplayed(FxRobot robot) throws Exception {
    WaitForAsyncUtils.waitForFxEvents();
    tour(robot, new FxWatch(GOAL_MS), folder.resolve("first")); // It loads classes and fonts.
    FxWatch watch = new FxWatch(GOAL_MS);
    watch.start();
    Path window = folder.resolve("window");
    Path session = tour(robot, watch, window);
    watch.end();
    LOG.warn(
        "worst {} ms in {} signs of life; above the goal:{}",
        watch.worst(),
        watch.signs(),
        watch.slow());

    replayed(session, window);
    assertTrue(watch.signs() > 50, "measured only " + watch.signs() + " times");
    assertTrue(watch.worst() < LIMIT_MS, watch.worst() + " ms;" + watch.slow());
  }

  /** The command line writes what the window wrote. */
  private static void replayed(Path session, Path window) throws IOException {
    Path again = folder.resolve("again");
    CliRun run = CliRun.of("replay", session, "--out", again);
    assertEquals(0, run.code(), run.err());
    assertTrue(run.err().contains("every number is the one"), run.err());
    try (Stream<Path> files = Files.list(window)) {
      List<Path> all = files.toList();
      assertEquals(14, all.size(), all.toString());
      for (Path file : all) {
        Path other = again.resolve(file.getFileName());
        assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(other), other.toString());
      }
    }
    assertTrue(Files.exists(again.resolve("stories260K-mean.svg")), "as the pane shows it now");
  }

  private Path tour(FxRobot robot, FxWatch watch, Path out) throws Exception {
    Files.createDirectories(out);
    open(robot, watch);
    select(robot, watch);
    compare(watch);
    export(robot, watch, out);
    Path session = folder.resolve(out.getFileName() + ".headlight");
    watch.during("save");
    JsonElement numbers = save(robot, session);
    reopen(robot, watch, session, numbers);
    return session;
  }

  private void open(FxRobot robot, FxWatch watch) throws Exception {
    watch.during("open");
    long former = w.run.get() == null ? -1 : w.run.get().id();
    Platform.runLater(() -> parts.open(Fixtures.stories()));
    await(() -> w.run.get() != null && w.run.get().id() != former && w.without.get() != null);
    watch.during("type");
    robot.clickOn(".prompt").push(KeyCode.SHORTCUT, KeyCode.END).write(" Tom ran.");
    await(() -> w.run.get() != null && w.run.get().tokens().text().endsWith("Tom ran."));
  }

  private void select(FxRobot robot, FxWatch watch) throws Exception {
    watch.during("select");
    robot.clickOn(".head-grid").push(KeyCode.RIGHT).push(KeyCode.DOWN);
    await(() -> w.map.get() != null && w.map.get().head().equals(w.head.get()));
    watch.during("limits");
    robot.interact(() -> w.limits.set(Limits.parse("0.01,99%")));
    watch.during("words");
    HeadView view = parts.headView().orElseThrow();
    robot.interact(
        () -> {
          view.unit.set(TextUnit.WORD);
          view.workbench().mean.set(HeadSet.parse("L0H*"));
        });
    await(() -> view.folded.get() != null && view.folded.get().map().of().mean() != null);
    watch.during("split");
    Platform.runLater(
        () -> {
          parts.docking().activate("head");
          parts.docking().split(Side.BOTTOM);
        });
    WaitForAsyncUtils.waitForFxEvents();
  }

  private void compare(FxWatch watch) throws Exception {
    watch.during("compare");
    Platform.runLater(() -> parts.openPane("compare"));
    await(() -> parts.comparison().map(c -> c.maps.get() != null).orElse(false));
    Comparison comparison = parts.comparison().orElseThrow();
    Platform.runLater(
        () -> {
          comparison.kind.set(Comparison.Kind.RUNS);
          comparison.changes.set("zero:L0H1");
        });
    await(() -> comparison.effect.get() != null && comparison.maps.get() != null);
  }

  private void export(FxRobot robot, FxWatch watch, Path out) throws Exception {
    watch.during("export");
    robot.interact(() -> parts.docking().activate("head"));
    for (Format format : Format.values()) {
      Path file = out.resolve("shown." + format.suffix());
      robot.interact(() -> parts.actions().export(format, file, STYLE));
      await(() -> w.notice.get() != null && w.notice.get().message().equals("Saved " + file));
    }
    for (Kind kind : new Kind[] {Kind.HEAD, Kind.PANELS, Kind.GRID}) {
      Path file = out.resolve(kind + ".svg");
      robot.interact(
          () -> parts.actions().write(parts.actions().figure(kind, STYLE), Format.SVG, file));
      await(() -> w.notice.get().message().equals("Saved " + file));
    }
  }

  private JsonElement save(FxRobot robot, Path file) throws Exception {
    await(
        () ->
            w.without.get() != null
                && w.next.get() != null
                && w.without.get().head().equals(w.head.get()));
    robot.interact(() -> parts.saveSession(file));
    await(() -> Files.exists(file) && !stage.getTitle().startsWith("•"));
    JsonElement numbers =
        SessionReader.read(file).session().results().documents().get(Numbers.NAME);
    assertTrue(numbers.getAsJsonObject().has("comparison"), numbers.toString());
    return JsonParser.parseString(numbers.toString());
  }

  private void reopen(FxRobot robot, FxWatch watch, Path session, JsonElement numbers)
      throws Exception {
    watch.during("close");
    Head head = w.head.get();
    String prompt = w.prompt.get();
    robot.interact(
        () -> {
          parts.commands().find("session.new").orElseThrow().run().run();
          parts.docking().close("compare");
          parts.docking().close("head:2");
          parts.docking().reset();
          w.prompt.set("something else");
          w.limits.set(null);
          w.head.set(new Head(0, 0));
        });
    await(() -> w.run.get() != null && w.run.get().tokens().text().equals("something else"));
    watch.during("reopen");
    robot.interact(() -> parts.openSession(session));
    await(() -> w.run.get() != null && w.run.get().tokens().text().equals(prompt));
    await(() -> parts.comparison().map(c -> c.effect.get() != null).orElse(false));
    await(() -> w.without.get() != null && w.without.get().head().equals(head));
    assertEquals("0.01,99%", w.limits.get().text());
    HeadView view = parts.headView().orElseThrow();
    assertEquals(TextUnit.WORD, view.unit.get());
    assertEquals("L0H*", view.workbench().mean.get().toString());
    assertFalse(stage.getTitle().startsWith("•"), stage.getTitle());
    Path again = folder.resolve("again-" + session.getFileName());
    assertEquals(numbers, save(robot, again));
    robot.interact(
        () -> {
          view.unit.set(TextUnit.TOKEN);
          view.workbench().mean.set(null);
          w.limits.set(null);
        });
  }
}
