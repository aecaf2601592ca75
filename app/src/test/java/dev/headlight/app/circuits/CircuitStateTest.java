package dev.headlight.app.circuits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.circuit.CircuitGraph;
import dev.headlight.analysis.circuit.EdgeScores;
import dev.headlight.analysis.circuit.Faithfulness;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.pairs.TokenPair;
import dev.headlight.analysis.patching.PatchGrid;
import dev.headlight.analysis.patching.PatchMap;
import dev.headlight.analysis.patching.PatchRequest;
import dev.headlight.analysis.run.Site;
import dev.headlight.analysis.sweep.SweepListener;
import dev.headlight.app.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pane's state with a small model's own answers. */
class CircuitStateTest {
  private static final TokenPair PAIR =
      new TokenPair(
          new int[] {7, 3, 11, 5, 2, 9, 14, 6, 1},
          new int[] {7, 3, 11, 21, 2, 9, 30, 6, 1},
          new int[] {17},
          new int[] {40});

  private static Model model;

  @TempDir private Path folder;
  private final AtomicInteger changes = new AtomicInteger();
  private final CircuitState state = new CircuitState(changes::incrementAndGet);
  private final CircuitWork work = new CircuitWork();

  @BeforeAll
  static void open() {
    model = Model.open(Fixtures.gpt2().location().get(), Progress.NONE);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  /** A map fills cell by cell, and goes on after a cancel. */
  @Test
  void mapsFillAndGoOn() {
    state.pair(PAIR);
    PatchView view = state.stream();
    PatchRequest request = view.choice().request(PAIR);
    AtomicInteger cells = new AtomicInteger();
    SweepListener two =
        (cell, sequence, value) -> {
          state.cell(view, cell, value);
          cells.incrementAndGet();
        };
    Progress stop =
        new Progress() {
          @Override
          public void report(double fraction, String message) {}

          @Override
          public boolean cancelled() {
            return cells.get() > 0;
          }
        };
    CircuitWork.Beginning beginning = map -> state.found(view, map);
    assertThrows(
        CancellationException.class, () -> work.exact(request, beginning, two).ask(model, stop));
    double part = view.done();
    assertTrue(part > 0 && part < 1, "" + part);
    int before = cells.get();
    PatchMap whole = work.exact(request, beginning, two).ask(model, Progress.NONE);
    assertEquals(27, cells.get());
    assertTrue(before < 27);
    assertEquals(1, view.done());
    for (int c = 0; c < 27; c++) {
      assertEquals(whole.values()[c], view.map().orElseThrow().values()[c]);
    }
  }

  @Test
  void anotherChoiceOrPairDropsWhatWasFound() {
    state.pair(PAIR);
    PatchView view = state.heads();
    PatchMap map = work.estimated(view.choice().request(PAIR)).ask(model, Progress.NONE);
    state.found(view, map);
    state.verified(work.verified(map, 2, SweepListener.NONE).ask(model, Progress.NONE));
    assertEquals(2, state.verification().orElseThrow().rows().size());
    int before = changes.get();
    state.choose(view, view.choice());
    assertEquals(before, changes.get());
    state.choose(view, view.choice().withSite(Site.MLP_OUT));
    assertEquals(PatchGrid.LAYER_POSITION, view.choice().grid());
    assertTrue(view.map().isEmpty() && state.verification().isEmpty());
    state.pair(PAIR);
    assertTrue(state.scores().isEmpty() && state.circuit().isEmpty());
  }

  @Test
  void theSliderChoosesACircuit() throws IOException {
    state.pair(PAIR);
    List<TokenPair> pairs = List.of(PAIR);
    EdgeScores scores = work.edges(pairs, EdgeScores.Method.EAP_IG, 2).ask(model, Progress.NONE);
    state.scored(scores);
    state.select(CircuitGraph.Selection.TOP, 40);
    CircuitGraph circuit = state.circuit().orElseThrow();
    assertTrue(circuit.edges().size() <= 40);
    List<Integer> sizes = Faithfulness.sizes(circuit.wiring(), 5);
    work.curve(pairs, scores, state.selection(), sizes, state::point).ask(model, Progress.NONE);
    assertEquals(5, state.curve().size());
    assertEquals(1, state.curve().get(4).faithfulness(), 1e-3);
    Faithfulness.Point one = work.faithfulness(pairs, circuit).ask(model, Progress.NONE);
    assertEquals(circuit.edges().size(), one.edges());
    state.select(CircuitGraph.Selection.GREEDY, 40);
    assertTrue(state.curve().isEmpty());
    Path file = folder.resolve("c.graphml");
    CircuitWork.graph(file, circuit, scores, pairs).ask(model, Progress.NONE);
    assertTrue(Files.readString(file).contains("eap-ig"));
    Path csv = folder.resolve("c.csv");
    PatchMap map = work.estimated(state.heads().choice().request(PAIR)).ask(model, Progress.NONE);
    CircuitWork.table(csv, map).ask(model, Progress.NONE);
    assertEquals(13, Files.readAllLines(csv).size());
  }

  @Test
  void directLogitsAreRead() {
    state.read(
        work.direct(PAIR).ask(model, Progress.NONE), work.lens(PAIR).ask(model, Progress.NONE));
    assertTrue(state.direct().orElseThrow().sums());
    assertEquals(4, state.lens().orElseThrow().layers().size());
    assertFalse(work.cost(PatchChoice.STREAM.request(PAIR)).ask(model, Progress.NONE).isBlank());
  }
}
