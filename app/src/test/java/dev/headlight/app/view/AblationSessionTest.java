package dev.headlight.app.view;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.ablation.AblationMetric;
import dev.headlight.analysis.ablation.Treatment.Mode;
import dev.headlight.analysis.pairs.PromptPair;
import dev.headlight.analysis.run.Head;
import dev.headlight.app.Fixtures;
import dev.headlight.app.ablation.AblationState;
import dev.headlight.app.ablation.Part;
import dev.headlight.app.ablation.ReadOn;
import dev.headlight.app.ablation.SweepMap;
import dev.headlight.app.ablation.Texts;
import dev.headlight.app.job.FxJobRunner;
import dev.headlight.app.pairs.PairDesk;
import dev.headlight.app.workbench.SinkNumbers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.stage.Stage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** An ablation pane in a session: everything is there again, and nothing is asked for it. */
class AblationSessionTest extends InWindow {
  @TempDir private Path folder;

  @Start
  void start(Stage newStage) {
    ModelChoices choices = new ModelChoices(List.of(), List::of, r -> Fixtures.stories());
    WorkbenchParts own =
        new WorkbenchParts(new FxJobRunner("ablation-session-model"), choices, r -> {});
    show(newStage, own, own.scene(1280, 800));
  }

  @BeforeEach
  void open(FxRobot robot) throws Exception {
    openStories(robot);
    robot.interact(() -> parts.openPane("ablation"));
    WaitForAsyncUtils.waitForFxEvents();
  }

  private AblationDesk desk(FxRobot robot) {
    return robot.lookup(".ablation-pane").queryAs(AblationPane.class).desk();
  }

  private AblationState state(FxRobot robot) {
    return desk(robot).state();
  }

  private void settle(FxRobot robot) throws Exception {
    WaitForAsyncUtils.waitForFxEvents();
    await(90, () -> desk(robot).atRest());
  }

  @Test
  void settingsAndFindingsComeBackWithoutAsking(FxRobot robot) throws Exception {
    AblationDesk desk = desk(robot);
    robot.interact(
        () -> {
          desk.choose(desk.state().choice().with(Mode.MEAN).with(AblationMetric.LOSS));
          desk.set(desk.state().settings().withLength(5).withDraws(1));
          desk.take(List.of(new Head(0, 1), new Head(1, 6)));
          for (Part part : List.of(Part.SWEEP, Part.TEXTS, Part.CURVES, Part.RANKS)) {
            desk.run(part);
          }
        });
    settle(robot);
    SweepMap map = state(robot).sweep();
    Texts texts = state(robot).texts();
    assertTrue(map.done());
    Path file = folder.resolve("ablation.headlight");
    robot.interact(() -> parts.saveSession(file));
    await(() -> Files.exists(file) && saved());
    robot.interact(() -> parts.commands().find("session.new").orElseThrow().run().run());
    robot.interact(
        () -> {
          parts.docking().close("ablation");
          w.prompt.set("something else");
        });
    await(() -> w.run.get() != null && w.run.get().tokens().text().equals("something else"));

    robot.interact(() -> parts.openSession(file));
    await(() -> robot.lookup(".ablation-pane").tryQuery().isPresent());
    await(() -> state(robot) != null && state(robot).effect() != null);
    AblationState back = state(robot);
    assertTrue(desk(robot).atRest(), "nothing is asked");
    assertEquals(Mode.MEAN, back.choice().mode());
    assertEquals(List.of(new Head(0, 1), new Head(1, 6)), List.copyOf(back.taken()));
    assertEquals(5, back.settings().length());
    assertArrayEquals(map.flat(), back.sweep().flat());
    assertEquals(texts, back.texts());
    assertNotNull(back.found(back.question(Part.CURVES)));
    assertNotNull(back.found(back.question(Part.RANKS)));
  }

  @Test
  void pairsAreKeptAndUndone(FxRobot robot) throws Exception {
    AblationDesk desk = desk(robot);
    PairDesk pairs = desk.pairDesk();
    PromptPair pair =
        PromptPair.typed(
            "Lily saw a dog and a cat. The dog saw",
            "Lily saw a cat and a dog. The cat saw",
            "Lily",
            "Tom");
    robot.interact(
        () -> {
          desk.choose(desk.state().choice().with(ReadOn.PAIRS));
          pairs.type(
              pairs
                  .draft()
                  .withClean(pair.clean())
                  .withCorrupt(pair.corrupt())
                  .withAnswer("Lily")
                  .withWrong("Tom"));
        });
    await(() -> pairs.ready().size() == 1);
    robot.interact(() -> desk.run(Part.SWEEP));
    settle(robot);
    assertEquals(1, state(robot).sweep().sequences());
    Path file = folder.resolve("pairs.headlight");
    robot.interact(() -> parts.saveSession(file));
    await(() -> Files.exists(file) && saved());
    WaitForAsyncUtils.sleep(1100, java.util.concurrent.TimeUnit.MILLISECONDS);
    robot.interact(() -> pairs.type(pairs.draft().withWrong("Mom")));
    await(() -> pairs.ready().size() == 1 && state(robot).sweep() == null);
    robot.interact(() -> parts.undo().undo());
    await(() -> state(robot).sweep() != null);
    assertTrue(state(robot).sweep().done(), "its own sweep is there again");
    robot.interact(() -> parts.commands().find("session.new").orElseThrow().run().run());
    robot.interact(() -> parts.docking().close("ablation"));
    robot.interact(() -> parts.openSession(file));
    await(() -> robot.lookup(".ablation-pane").tryQuery().isPresent());
    await(() -> state(robot) != null && state(robot).sweep() != null);
    assertTrue(state(robot).sweep().done());
    assertEquals(1, desk(robot).pairDesk().ready().size());
  }

  @Test
  void sinksAreMeasuredAgainByThemselves(FxRobot robot) throws Exception {
    String text = "Once upon a time there was a little dog that had a red ball and a friend.";
    robot.interact(
        () -> {
          parts.openPane("sinks");
          w.prompt.set(text);
        });
    await(() -> w.run.get() != null && w.run.get().tokens().text().equals(text));
    SinksPane pane = robot.lookup(".sinks-pane").queryAs(SinksPane.class);
    robot.interact(pane::measure);
    await(90, () -> pane.state().numbers().get() != null);
    double rate = pane.state().numbers().get().rates().model();
    Path file = folder.resolve("sinks.headlight");
    robot.interact(() -> parts.saveSession(file));
    await(() -> Files.exists(file) && saved());
    robot.interact(() -> parts.commands().find("session.new").orElseThrow().run().run());
    robot.interact(() -> parts.docking().close("sinks"));
    robot.interact(() -> parts.openSession(file));
    await(90, () -> sinks(robot).isPresent());
    assertEquals(rate, sinks(robot).orElseThrow().rates().model(), 1e-9);
  }

  private static Optional<SinkNumbers> sinks(FxRobot robot) {
    return robot
        .lookup(".sinks-pane")
        .tryQueryAs(SinksPane.class)
        .map(p -> p.state().numbers().get());
  }

  /** Whether the window knows that its session is in a file. */
  private boolean saved() {
    return w.notice.get() != null && w.notice.get().message().startsWith("Saved ");
  }
}
