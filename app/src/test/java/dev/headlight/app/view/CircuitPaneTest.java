package dev.headlight.app.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.circuit.EdgeScores;
import dev.headlight.analysis.circuit.Node;
import dev.headlight.analysis.run.Head;
import dev.headlight.app.circuits.CircuitState;
import dev.headlight.app.engine.ModelSource;
import dev.headlight.app.view.CircuitDesk.Ask;
import dev.headlight.samples.SampleVersion;
import javafx.scene.layout.Region;
import javafx.stage.Stage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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
    robot.interact(() -> desk.run(state.heads()));
    await(() -> pane.heads().picture() != null && state.heads().done() == 1);
    assertEquals(6, pane.heads().picture().rows().size());
    assertEquals(8, pane.heads().picture().columns().size());
    robot.interact(() -> pane.heads().cells().chosen.set(new CellGrid.Place(2, 4)));
    assertEquals(new Head(2, 4), w.head.get());
    robot.interact(desk::verify);
    await(() -> state.verification().isPresent());
    assertEquals(CircuitDesk.VERIFIED, state.verification().orElseThrow().rows().size());
    String command = pane.heads().command();
    assertTrue(command.contains("--site z --grid head --positions=all"), command);
    assertTrue(command.endsWith("--method attribution --verify 10"), command);
  }

  @Test
  void theStreamFillsCellByCell(FxRobot robot) throws Exception {
    robot.interact(() -> desk.run(state.stream()));
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
    robot.interact(() -> desk.edges(EdgeScores.Method.EAP, 1, false));
    await(() -> pane.graph().drawing().circuit() != null && desk.here().isPresent());
    await(() -> desk.atRest() && state.curve().size() >= 8);
    assertEquals(1, state.curve().get(state.curve().size() - 1).faithfulness(), 1e-2);
    Node head =
        state.circuit().orElseThrow().nodes().stream()
            .filter(n -> n.type() == Node.Type.HEAD)
            .findFirst()
            .orElseThrow();
    robot.interact(() -> pane.graph().drawing().chosen.set(head));
    assertEquals(new Head(head.layer(), head.head()), w.head.get());
    int before = state.circuit().orElseThrow().edges().size();
    robot.interact(() -> desk.select(state.selection(), 20));
    assertTrue(state.circuit().orElseThrow().edges().size() < before);
    assertTrue(pane.graph().command().contains("--top 20"), pane.graph().command());
    robot.interact(desk::direct);
    await(() -> state.direct().isPresent());
    assertTrue(state.direct().orElseThrow().sums());
  }

  @Test
  void nothingIsWiderThanANarrowPane(FxRobot robot) throws Exception {
    robot.interact(() -> desk.run(state.heads()));
    await(() -> state.heads().done() == 1);
    Region content = (Region) robot.lookup(".circuit-content").query();
    double least = content.minWidth(-1);
    assertTrue(least <= 330, "" + least);
    assertFalse(desk.pairs().pairs().isEmpty());
  }
}
