package dev.headlight.app.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.ablation.AblationMetric;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Positions;
import dev.headlight.app.ablation.AblationChoice;
import dev.headlight.app.ablation.Part;
import java.util.List;
import java.util.Map;
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

  private AblationPane pane(FxRobot robot) {
    return robot.lookup(".ablation-pane").queryAs(AblationPane.class);
  }

  private void choose(FxRobot robot, AblationDesk desk, AblationChoice choice) {
    robot.interact(() -> desk.choose(choice));
  }

  @Test
  void headsAreTakenAwayAndTheEffectIsShown(FxRobot robot) throws Exception {
    AblationPane pane = pane(robot);
    AblationDesk desk = pane.desk();
    robot.interact(() -> desk.run(Part.SWEEP));
    await(90, () -> desk.state().sweep() != null && desk.state().sweep().done());
    robot.interact(() -> pane.map().chosen.set(new CellGrid.Place(1, 6)));
    assertEquals(new Head(1, 6), w.head.get());
    robot.interact(() -> desk.toggle(new Head(1, 6)));
    await(() -> desk.state().effect() != null);
    assertEquals("zero:L1H6", desk.state().effect().change());
    robot.interact(
        () -> {
          desk.set(desk.state().settings().withLength(8).withDraws(1));
          desk.run(Part.TEXTS);
        });
    await(90, desk::atRest);
    assertTrue(desk.state().texts().baseline().size() <= 8);
    assertEquals(
        desk.state().texts().without().size(),
        desk.state().texts().differs().length,
        "every token is compared");
    robot.interact(() -> desk.run(Part.CURVES));
    await(90, () -> desk.state().found(desk.state().question(Part.CURVES)) != null);
    String line = desk.command(Part.EFFECT);
    assertTrue(line.contains("--heads L1H6 --mode zero"), line);
    choose(robot, desk, desk.state().choice().with(AblationChoice.When.WRITING));
    await(() -> desk.state().effect() != null);
    assertEquals("zero:L1H6@-1..", desk.state().effect().change());
    assertNull(desk.state().sweep(), "what was found under another choice is not shown");
    robot.interact(() -> parts.undo().undo());
    await(() -> desk.state().choice().positions().equals(Positions.ALL));
    assertTrue(desk.state().sweep().done(), "it is there again without asking");
  }

  @Test
  void theFirstCellsAndCancelComeAtOnce(FxRobot robot) throws Exception {
    AblationDesk desk = pane(robot).desk();
    choose(robot, desk, desk.state().choice().with(AblationMetric.LOSS));
    robot.interact(() -> desk.run(Part.SWEEP));
    await(90, () -> desk.state().sweep().done());
    choose(robot, desk, desk.state().choice().with(AblationMetric.KL));
    long start = System.nanoTime();
    robot.interact(() -> desk.run(Part.SWEEP));
    await(30, () -> desk.state().sweep() != null && desk.state().sweep().count() > 0);
    long first = System.nanoTime();
    robot.interact(() -> desk.cancel(Part.SWEEP));
    await(30, () -> w.run.get() != null && desk.atRest());
    double cells = (first - start) / 1e9;
    double cancel = (System.nanoTime() - first) / 1e9;
    System.err.printf(
        "ablation: first cells after %.3f s, cancelled after %.3f s%n", cells, cancel);
    assertTrue(cells < 3, "first cells after " + cells + " s");
    assertTrue(cancel < 3, "cancelled after " + cancel + " s");
  }

  @Test
  void everySectionFindsSomething(FxRobot robot) throws Exception {
    AblationPane pane = pane(robot);
    AblationDesk desk = pane.desk();
    robot.interact(() -> desk.take(List.of(new Head(0, 1), new Head(1, 6))));
    choose(robot, desk, desk.state().choice().with(AblationMetric.LOSS));
    Map<AblationSections, List<Part>> asked =
        Map.of(
            AblationSections.TOGETHER, List.of(Part.PAIRS),
            AblationSections.IMPORTANCE, List.of(Part.GRADIENT, Part.SINGLES, Part.PERTURBED),
            AblationSections.LIKENESS, List.of(Part.LIKENESS),
            AblationSections.RANK, List.of(Part.RANKS));
    for (Map.Entry<AblationSections, List<Part>> entry : asked.entrySet()) {
      robot.interact(() -> pane.section().set(entry.getKey()));
      for (Part part : entry.getValue()) {
        robot.interact(() -> desk.run(part));
        await(90, desk::atRest);
        assertTrue(desk.state().found(desk.state().question(part)) != null, part.title());
        assertTrue(desk.command(part).startsWith("headlight ablate"), part.title());
      }
    }
    robot.interact(() -> parts.undo().undo());
    robot.interact(() -> parts.undo().redo());
    assertTrue(
        parts.undo().history().entries().stream().anyMatch(e -> e.title().contains("Ablation")),
        "the history names the pane");
  }
}
