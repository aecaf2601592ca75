package dev.headlight.app.circuits;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.headlight.analysis.circuit.CircuitGraph;
import dev.headlight.analysis.circuit.EdgeScores;
import dev.headlight.analysis.circuit.Faithfulness;
import dev.headlight.analysis.circuit.HeadTokens;
import dev.headlight.analysis.circuit.Node;
import dev.headlight.analysis.circuit.PathRequest;
import dev.headlight.analysis.io.PatchTables;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.pairs.TokenPair;
import dev.headlight.analysis.patching.PatchGrid;
import dev.headlight.analysis.patching.PatchMap;
import dev.headlight.analysis.patching.PatchRequest;
import dev.headlight.analysis.patching.Places;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.Site;
import dev.headlight.analysis.sweep.SweepListener;
import dev.headlight.app.Fixtures;
import dev.headlight.app.engine.ModelAsker;
import dev.headlight.app.engine.ModelQuestion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    PatchMap shared =
        new CircuitWork(work).exact(request, m -> {}, SweepListener.NONE).ask(model, Progress.NONE);
    assertEquals(whole.contrast(), shared.contrast());
    assertArrayEquals(whole.values(), shared.values());
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
    assertTrue(state.edges().scores().isEmpty() && state.edges().circuit().isEmpty());
  }

  @Test
  void theSliderChoosesACircuit() throws IOException {
    state.pair(PAIR);
    List<TokenPair> pairs = List.of(PAIR);
    EdgeScores scores = work.edges(pairs, EdgeScores.Method.EAP_IG, 2).ask(model, Progress.NONE);
    EdgeState edges = state.edges();
    edges.scored(scores, pairs);
    edges.choose(edges.choice().withSelection(CircuitGraph.Selection.TOP, 40));
    CircuitGraph circuit = edges.circuit().orElseThrow();
    assertTrue(circuit.edges().size() <= 40);
    List<Integer> sizes = Faithfulness.sizes(circuit.wiring(), 5);
    work.curve(pairs, scores, CircuitGraph.Selection.TOP, sizes, edges::point)
        .ask(model, Progress.NONE);
    assertEquals(5, edges.curve().size());
    assertEquals(1, edges.curve().get(4).faithfulness(), 1e-3);
    edges.measured(circuit, work.faithfulness(pairs, circuit).ask(model, Progress.NONE));
    assertEquals(circuit.edges().size(), edges.here().orElseThrow().edges());
    edges.verified(circuit, work.verified(pairs, circuit, 5).ask(model, Progress.NONE));
    assertEquals(5, edges.verification().orElseThrow().rows().size());
    edges.pruned(circuit, work.pruned(pairs, circuit, 1e-4).ask(model, Progress.NONE));
    assertTrue(edges.circuit().orElseThrow().edges().size() < circuit.edges().size());
    assertTrue(edges.verification().isEmpty() && edges.here().isEmpty());
    edges.choose(edges.choice().withTau(0.5));
    assertEquals(circuit, edges.circuit().orElseThrow(), "another threshold has pruned nothing");
    edges.pruned(circuit, work.pruned(pairs, circuit, 0.5).ask(model, Progress.NONE));
    edges.unpruned();
    assertEquals(circuit, edges.circuit().orElseThrow());
    edges.choose(edges.choice().withSelection(CircuitGraph.Selection.GREEDY, 40));
    assertTrue(edges.curve().isEmpty());
    for (String form : List.of("graphml", "svg")) {
      Path file = folder.resolve("c." + form);
      CircuitExports.graph(file, circuit, scores, pairs).ask(model, Progress.NONE);
      assertTrue(Files.readString(file).contains("eap-ig"), form);
    }
    Path csv = folder.resolve("c.csv");
    PatchMap map = work.estimated(state.heads().choice().request(PAIR)).ask(model, Progress.NONE);
    CircuitExports.table(
            csv,
            pairs,
            Map.of("patching", "heads"),
            (to, labels) -> PatchTables.write(to, PatchTables.rows(map, labels)))
        .ask(model, Progress.NONE);
    assertEquals(13, Files.readAllLines(csv).size());
    String beside = Files.readString(folder.resolve("c.csv.provenance.json"));
    assertTrue(beside.contains("sha256") && beside.contains("\"patching\""), beside);
  }

  @Test
  void directLogitsAreRead() {
    CircuitWork.Direct found = work.read(PAIR).ask(model, Progress.NONE);
    state.read(found.parts(), found.lens(), found.labels());
    assertTrue(state.direct().orElseThrow().sums());
    assertEquals(4, state.lens().orElseThrow().layers().size());
    int first = state.lens().orElseThrow().layers().get(0).next().get(0).id();
    assertFalse(state.labels().get(first).isEmpty());
    assertFalse(work.cost(PatchChoice.STREAM.request(PAIR)).ask(model, Progress.NONE).isBlank());
  }

  @Test
  void choicesAreTheirTexts() {
    PatchChoice patch = PatchChoice.STREAM.withPlaces(Places.parse("3,-1"));
    assertEquals(patch, PatchChoice.parse(patch.text()));
    PathChoice path = PathChoice.FIRST.withReceivers("L2H*.q, logits").withFrozen(true);
    assertEquals(path, PathChoice.parse(path.text()));
    EdgeChoice edge = EdgeChoice.FIRST.withAll(true).withTau(1e-3).withSteps(3);
    assertEquals(edge, EdgeChoice.parse(edge.text()));
    assertThrows(IllegalArgumentException.class, () -> EdgeChoice.parse("eap 5"));
    assertThrows(IllegalArgumentException.class, () -> PatchChoice.parse("z head all up exact"));
    assertThrows(IllegalArgumentException.class, () -> EdgeChoice.FIRST.withTau(0));
  }

  /** Every finding survives a session, and a pair that is another one keeps waiting. */
  @Test
  void findingsAreWrittenAndRestored() {
    List<TokenPair> pairs = List.of(PAIR);
    state.pair(PAIR);
    state.choose(state.heads(), PatchChoice.HEADS.withPlaces(Places.LAST));
    PatchMap map = work.estimated(state.heads().choice().request(PAIR)).ask(model, Progress.NONE);
    state.found(state.heads(), map);
    state.verified(work.verified(map, 2, SweepListener.NONE).ask(model, Progress.NONE));
    EdgeScores scores = work.edges(pairs, EdgeScores.Method.EAP, 1).ask(model, Progress.NONE);
    state
        .edges()
        .choose(EdgeChoice.FIRST.withSelection(CircuitGraph.Selection.GREEDY, 30).withTau(1e-3));
    state.edges().scored(scores, pairs);
    CircuitGraph circuit = state.edges().circuit().orElseThrow();
    state.edges().pruned(circuit, work.pruned(pairs, circuit, 1e-3).ask(model, Progress.NONE));
    CircuitGraph left = state.edges().circuit().orElseThrow();
    state.edges().verified(left, work.verified(pairs, left, 2).ask(model, Progress.NONE));
    state.paths().choose(PathChoice.FIRST.withSenders("L0H*,embed"));
    PathRequest request = state.paths().choice().request(PAIR, model.spec());
    state.paths().found(work.paths(request, p -> {}, SweepListener.NONE).ask(model, Progress.NONE));
    CircuitWork.Direct direct = work.read(PAIR).ask(model, Progress.NONE);
    state.read(direct.parts(), direct.lens(), direct.labels());
    state
        .weights()
        .found(
            WeightWork.map(new Head(1, 2), HeadTokens.Circuit.OV, PAIR.clean())
                .ask(model, Progress.NONE));
    state.reuse().against(circuit, "kept");
    List<Intervention> changes = List.of(Intervention.parse("row:L1H2@-1=0:0.5"));
    state.reuse().repaired(work.repair(pairs, List.of(changes)).ask(model, Progress.NONE), pairs);
    JsonObject document = CircuitJson.write(state).orElseThrow();

    CircuitState other = new CircuitState(() -> {});
    assertFalse(CircuitJson.restore(document, model.spec(), other), "no pair yet");
    other.pair(PAIR);
    assertTrue(CircuitJson.restore(document, model.spec(), other));
    assertEquals(document, CircuitJson.write(other).orElseThrow());
    assertEquals(map.values()[3], other.heads().map().orElseThrow().values()[3]);
    assertEquals(left, other.edges().circuit().orElseThrow());
    assertEquals(List.of(changes), other.reuse().repair().orElseThrow().changes());
    assertTrue(CircuitJson.restore(new JsonObject(), model.spec(), other), "nothing to wait for");
    assertTrue(document.equals(again(document).orElseThrow()), "asked again, all is the same");
    assertTrue(again(new JsonObject()).isEmpty());
  }

  private static Optional<JsonObject> again(JsonObject document) {
    return CircuitReplay.run(
        document,
        model.spec(),
        List.of(),
        new ModelAsker() {
          @Override
          public <T> T ask(ModelQuestion<T> question) {
            return question.ask(model, Progress.NONE);
          }
        });
  }

  /** A circuit stands layer by layer, nodes beside one another, every line joined to its nodes. */
  @Test
  void circuitsAreLaidOutByLayers() {
    EdgeScores scores =
        work.edges(List.of(PAIR), EdgeScores.Method.EAP, 1).ask(model, Progress.NONE);
    CircuitGraph circuit = CircuitGraph.top(scores, 60);
    CircuitLayout layout = CircuitLayout.of(circuit);
    assertEquals(circuit.nodes().size(), layout.nodes().size());
    assertEquals(circuit.edges().size(), layout.lines().size());
    Map<Node, CircuitLayout.Placed> places = new HashMap<>();
    layout.nodes().forEach(n -> places.put(n.node(), n));
    for (CircuitLayout.Placed one : layout.nodes()) {
      assertTrue(one.x() >= CircuitLayout.WIDE / 2 && one.x() <= layout.width(), one.toString());
      for (CircuitLayout.Placed other : layout.nodes()) {
        boolean apart =
            Math.abs(one.x() - other.x()) >= CircuitLayout.WIDE
                || Math.abs(one.y() - other.y()) >= CircuitLayout.HIGH;
        assertTrue(one.equals(other) || apart, one + " on " + other);
      }
    }
    for (CircuitLayout.Line line : layout.lines()) {
      CircuitLayout.Placed from = places.get(line.edge().from());
      CircuitLayout.Placed to = places.get(line.edge().to().node());
      assertTrue(from.y() > to.y(), line.edge().name() + " goes up");
      assertEquals(from.x(), line.x()[0], 1);
      assertEquals(from.y() - CircuitLayout.HIGH / 2, line.y()[0], 1);
      assertEquals(to.y() + CircuitLayout.HIGH / 2, line.y()[line.y().length - 1], 1);
      assertEquals(to.x(), line.x()[line.x().length - 1], CircuitLayout.WIDE / 2);
    }
  }
}
