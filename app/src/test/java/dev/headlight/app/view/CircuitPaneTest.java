package dev.headlight.app.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import dev.headlight.analysis.circuit.EdgeScores;
import dev.headlight.analysis.circuit.Node;
import dev.headlight.analysis.job.Job;
import dev.headlight.analysis.patching.PatchGrid;
import dev.headlight.analysis.patching.Places;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Site;
import dev.headlight.app.circuits.CircuitState;
import dev.headlight.app.circuits.EdgeChoice;
import dev.headlight.app.circuits.EdgeState;
import dev.headlight.app.circuits.PatchChoice;
import dev.headlight.app.circuits.ReuseState;
import dev.headlight.app.engine.ModelSource;
import dev.headlight.app.session.Measurements;
import dev.headlight.app.view.CircuitDesk.Ask;
import dev.headlight.samples.SampleVersion;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javafx.scene.layout.Region;
import javafx.stage.Stage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** The circuits pane on the sample: drawn pairs, maps, verified estimates, the circuit. */
class CircuitPaneTest extends InWindow {
  private CircuitPane pane;
  private CircuitDesk desk;
  private CircuitState state;

  @Start
  void start(Stage newStage) {
    show(newStage, "circuit-model", 1280, 900);
  }

  @BeforeEach
  void open(FxRobot robot) throws Exception {
    robot.interact(() -> parts.open(ModelSource.of(SampleVersion.parse("world-6l"))));
    await(() -> w.without.get() != null);
    robot.interact(() -> parts.openPane("circuits"));
    WaitForAsyncUtils.waitForFxEvents();
    pane = robot.lookup(".circuit-pane").queryAs(CircuitPane.class);
    desk = pane.desk();
    state = desk.state();
    robot.interact(() -> robot.lookup(".circuit-draw").queryButton().fire());
    await(() -> state.pair().isPresent() && desk.atRest());
  }

  @Test
  void headsAreEstimatedAndVerified(FxRobot robot) throws Exception {
    robot.interact(() -> pane.maps().run(state.heads()));
    await(() -> pane.heads().picture() != null && state.heads().done() == 1);
    assertEquals(6, pane.heads().picture().rows().size());
    assertEquals(8, pane.heads().picture().columns().size());
    robot.interact(() -> pane.heads().cells().chosen.set(new CellGrid.Place(2, 4)));
    assertEquals(new Head(2, 4), w.head.get());
    robot.interact(pane.maps()::verify);
    await(() -> state.verification().isPresent());
    assertEquals(CircuitMaps.VERIFIED, state.verification().orElseThrow().rows().size());
    String command = pane.heads().command();
    assertTrue(command.contains("--site z --grid head --positions=all"), command);
    assertTrue(command.endsWith("--method attribution --verify 10"), command);
  }

  @Test
  void theStreamFillsCellByCell(FxRobot robot) throws Exception {
    robot.interact(() -> pane.maps().run(state.stream()));
    await(() -> state.stream().map().isPresent() && state.stream().done() == 1);
    int tokens = state.pair().orElseThrow().clean().length;
    assertEquals(6 * tokens, state.stream().map().orElseThrow().cells().size());
    assertTrue(desk.problem(Ask.STREAM).isEmpty());
    await(desk::atRest);
    robot.interact(() -> desk.pairs().show(1));
    await(() -> state.stream().map().isEmpty());
  }

  @Test
  void edgesBecomeACircuitWhoseNodesLeadToHeads(FxRobot robot) throws Exception {
    EdgeState edges = state.edges();
    robot.interact(() -> pane.edges().choose(EdgeChoice.FIRST.withMethod(EdgeScores.Method.EAP)));
    robot.interact(() -> pane.edges().run());
    await(() -> pane.graph().drawing().arranged() != null && edges.here().isPresent());
    await(() -> desk.atRest() && edges.curve().size() >= 8);
    assertEquals(1, edges.curve().get(edges.curve().size() - 1).faithfulness(), 1e-2);
    Node head =
        edges.circuit().orElseThrow().nodes().stream()
            .filter(n -> n.type() == Node.Type.HEAD)
            .findFirst()
            .orElseThrow();
    robot.interact(() -> pane.graph().drawing().chosen.set(head));
    assertEquals(new Head(head.layer(), head.head()), w.head.get());
    int before = edges.circuit().orElseThrow().edges().size();
    robot.interact(
        () -> pane.edges().choose(edges.choice().withSelection(edges.choice().selection(), 20)));
    assertTrue(edges.circuit().orElseThrow().edges().size() < before);
    assertTrue(pane.graph().command().contains("--top 20"), pane.graph().command());
    robot.interact(() -> pane.edges().verify());
    await(() -> edges.verification().isPresent());
    robot.interact(() -> pane.edges().prune());
    await(() -> edges.pruned().isPresent() && edges.here().isPresent());
    assertTrue(pane.graph().command().contains("--acdc 0.01"), pane.graph().command());
    robot.interact(() -> pane.edges().choose(edges.choice().withAll(true)));
    robot.interact(() -> pane.edges().run());
    await(() -> edges.over().size() == desk.pairs().ready().size() && desk.atRest());
    assertEquals(
        edges.over().size(), pane.graph().command().split("--clean=", -1).length - 1, "all pairs");
  }

  @Test
  void everyPartFindsSomething(FxRobot robot) throws Exception {
    robot.interact(() -> w.head.set(new Head(2, 0)));
    robot.interact(pane::runAll);
    await(() -> desk.atRest() && state.direct().isPresent() && state.paths().done() == 1);
    assertTrue(state.direct().orElseThrow().sums());
    assertTrue(state.weights().map().orElseThrow().labels().size() > 5);
    robot.interact(() -> pane.readings().vocabulary());
    await(() -> state.weights().pairs().isPresent());
    robot.interact(() -> pane.readings().keepCircuit());
    assertEquals(
        1, state.reuse().comparison(state.edges().circuit().orElseThrow()).get().edgeOverlap());
    robot.interact(
        () ->
            state
                .reuse()
                .changes(ReuseState.suggestion(new Head(2, 0), state.pair().orElseThrow())));
    robot.interact(() -> pane.readings().repair());
    await(() -> state.reuse().repair().isPresent());
    assertFalse(state.reuse().repair().orElseThrow().nothingChanged());
    for (String name :
        List.of("Paths", "Compare and repair", "Logits", "Weights", "Patching and circuit")) {
      robot.interact(() -> pane.parts().choose(name));
      assertEquals(name, pane.parts().name());
    }
  }

  /** What a session holds is shown by a new pane without asking again. */
  @Test
  void findingsAreThereWhenThePaneOpensAgain(FxRobot robot) throws Exception {
    robot.interact(() -> pane.maps().run(state.heads()));
    await(() -> state.heads().done() == 1 && desk.atRest());
    JsonElement document = w.findings.documents().get(Measurements.CIRCUITS);
    assertTrue(document.getAsJsonObject().has("heads"), document.toString());
    robot.interact(
        () -> {
          desk.pairs().show(1);
        });
    await(() -> state.heads().map().isEmpty() && desk.atRest());
    robot.interact(() -> w.findings.hold(Map.of(Measurements.CIRCUITS, document)));
    robot.interact(() -> desk.pairs().show(0));
    await(() -> state.heads().done() == 1);
  }

  /** Choices are undone like other settings. */
  @Test
  void choicesAreUndone(FxRobot robot) throws Exception {
    robot.interact(
        () -> pane.maps().choose(state.heads(), PatchChoice.HEADS.withPlaces(Places.LAST)));
    await(() -> w.panes.get().containsValue("z head last denoising attribution"));
    robot.interact(() -> w.panes.set(new TreeMap<>()));
    await(() -> state.heads().choice().equals(PatchChoice.HEADS));
  }

  /** First cells within 0.3 s, and nothing runs half a second after a cancel. */
  @Test
  void mapsBeginAndEndAtOnce(FxRobot robot) throws Exception {
    robot.interact(() -> pane.maps().run(state.stream()));
    await(() -> state.stream().done() == 1 && desk.atRest());
    robot.interact(
        () -> pane.maps().choose(state.stream(), PatchChoice.STREAM.withSite(Site.ATTN_OUT)));
    await(desk::atRest);
    long start = System.nanoTime();
    robot.interact(() -> pane.maps().run(state.stream()));
    await(() -> state.stream().done() > 0);
    long first = (System.nanoTime() - start) / 1_000_000;
    robot.interact(
        () ->
            pane.maps()
                .choose(
                    state.stream(),
                    PatchChoice.STREAM.withSite(Site.PATTERN).withGrid(PatchGrid.HEAD_POSITION)));
    await(desk::atRest);
    robot.interact(() -> pane.maps().run(state.stream()));
    await(() -> state.stream().done() > 0);
    Job<?> job = desk.job(Ask.STREAM).orElse(null);
    long cancel = System.nanoTime();
    robot.interact(() -> desk.cancel(Ask.STREAM));
    await(() -> job == null || job.state().end());
    long ended = (System.nanoTime() - cancel) / 1_000_000;
    LoggerFactory.getLogger(getClass()).info("first cells {} ms, cancel {} ms", first, ended);
    assertTrue(first < 3000 && ended < 3000, first + " and " + ended + " ms");
  }

  @Test
  void nothingIsWiderThanANarrowPane(FxRobot robot) throws Exception {
    robot.interact(() -> pane.maps().run(state.heads()));
    await(() -> state.heads().done() == 1);
    Region content = (Region) robot.lookup(".circuit-content").query();
    double least = content.minWidth(-1);
    assertTrue(least <= 330, "" + least);
    assertFalse(desk.pairs().pairs().isEmpty());
  }
}
