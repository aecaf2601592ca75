package dev.headlight.analysis.circuit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.model.RandomModels;
import dev.headlight.analysis.patching.Contrast;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Edges, their names and how circuits are chosen; no pass is made. */
class CircuitGraphTest {
  private static final Wiring SMALL = new Wiring(2, 2, false);

  private static EdgeScores random(Wiring wiring, long seed) {
    Random random = new Random(seed);
    float[][] values = new float[wiring.receivers()][];
    for (int r = 0; r < values.length; r++) {
      values[r] = new float[wiring.reads(r)];
      for (int s = 0; s < values[r].length; s++) {
        values[r][s] = (float) random.nextGaussian();
      }
    }
    return new EdgeScores(wiring, EdgeScores.Method.EAP, 1, new Contrast(1, 0), values);
  }

  private static Edge edge(String from, String to) {
    int dot = to.indexOf('.');
    Node node = Node.parse(dot < 0 ? to : to.substring(0, dot));
    Receiver receiver =
        dot < 0
            ? Receiver.of(node)
            : new Receiver(
                node, Receiver.Input.valueOf(to.substring(dot + 1).toUpperCase(Locale.ROOT)));
    return new Edge(Node.parse(from), receiver, 1);
  }

  /** The count that papers give for GPT-2 small. */
  @Test
  void edgesOfGpt2Small() {
    Wiring wiring = Wiring.of(RandomModels.spec("gpt2-small"));
    assertEquals(32_491, wiring.edges());
    assertEquals(158, wiring.senders() + 1);
    assertEquals(445, wiring.receivers());
  }

  @Test
  void indicesAndNodesAgree() {
    for (boolean parallel : new boolean[] {false, true}) {
      Wiring wiring = new Wiring(3, 4, parallel);
      for (int s = 0; s < wiring.senders(); s++) {
        assertEquals(s, wiring.sender(wiring.sender(s)));
      }
      for (int r = 0; r < wiring.receivers(); r++) {
        Receiver receiver = wiring.receiver(r);
        assertEquals(r, wiring.receiver(receiver));
        for (int s = 0; s < wiring.senders(); s++) {
          assertEquals(before(wiring.sender(s), receiver.node(), parallel), s < wiring.reads(r));
        }
      }
    }
  }

  private static boolean before(Node from, Node to, boolean parallel) {
    if (to.type() == Node.Type.LOGITS || from.type() == Node.Type.EMBED) {
      return true;
    }
    boolean within =
        !parallel
            && from.layer() == to.layer()
            && from.type() == Node.Type.HEAD
            && to.type() == Node.Type.MLP;
    return from.layer() < to.layer() || within;
  }

  @Test
  void namesAreReadAndWritten() {
    for (String text : List.of("embed", "L5H3", "MLP11", "logits")) {
      assertEquals(text, Node.parse(text).toString());
    }
    assertThrows(HeadlightException.class, () -> Node.parse("M5"));
    List<Receiver> some =
        Receiver.parseList("L1H0.q, L0H*.v,L11H3,MLP2,logits", RandomModels.spec("gpt2-small"));
    assertEquals(1 + 12 + 3 + 1 + 1, some.size());
    assertEquals("L1H0.q", some.get(0).toString());
    for (String bad : List.of("embed", "L12H0.q", "MLP12", "L0H0.z")) {
      assertThrows(
          HeadlightException.class,
          () -> Receiver.parseList(bad, RandomModels.spec("gpt2-small")),
          bad);
    }
  }

  @Test
  void whatDanglesIsPruned() {
    List<Edge> way = List.of(edge("embed", "L0H1.v"), edge("L0H1", "MLP1"), edge("MLP1", "logits"));
    List<Edge> more =
        List.of(
            edge("embed", "L1H0.q"), // Nobody reads L1H0.
            edge("L0H0", "logits"), // Nothing enters L0H0.
            edge("L0H1", "L1H1.k"));
    CircuitGraph circuit =
        new CircuitGraph(
            SMALL,
            List.of(more.get(0), way.get(2), way.get(0), more.get(1), way.get(1), more.get(2)));
    assertEquals(way, circuit.pruned().edges());
    assertEquals(
        List.of("embed", "L0H1", "MLP1", "logits"),
        circuit.pruned().nodes().stream().map(Node::toString).toList());
    assertEquals(List.of(), new CircuitGraph(SMALL, more).pruned().edges());
  }

  @Test
  void selectionTakesTheStrongest() {
    EdgeScores scores = random(new Wiring(3, 3, false), 1);
    List<Edge> ranked = scores.ranked();
    assertEquals(scores.wiring().edges(), ranked.size());
    int all = scores.wiring().edges();
    assertEquals(all, CircuitGraph.top(scores, all).edges().size());
    assertEquals(all, CircuitGraph.greedy(scores, all).edges().size());
    double threshold = Math.abs(ranked.get(39).score());
    assertEquals(
        CircuitGraph.top(scores, 40).edges(), CircuitGraph.above(scores, threshold).edges());
    Set<String> forty = new CircuitGraph(scores.wiring(), ranked.subList(0, 40)).names();
    assertTrue(forty.containsAll(CircuitGraph.top(scores, 40).names()));
    // The first edge from the logits down is their best, whatever else there is.
    int logits = scores.wiring().receivers() - 1;
    float best = 0;
    for (float score : scores.values()[logits]) {
      best = Math.max(best, Math.abs(score));
    }
    CircuitGraph greedy = CircuitGraph.greedy(scores, 60);
    double strongest =
        greedy.edges().stream()
            .filter(e -> e.to().node().equals(Node.LOGITS))
            .mapToDouble(e -> Math.abs(e.score()))
            .max()
            .orElseThrow();
    assertEquals(best, strongest, 1e-6);
  }

  @Test
  void circuitsAreCompared() {
    EdgeScores scores = random(new Wiring(3, 3, false), 2);
    CircuitGraph one = CircuitGraph.top(scores, 120);
    CircuitComparison same = CircuitComparison.of(one, one);
    assertEquals(one.edges().size(), same.sharedEdges());
    assertEquals(1, same.edgeOverlap());
    assertEquals(1, same.reuse());
    assertEquals(1, same.rankCorrelation(), 1e-12);
    CircuitComparison smaller = CircuitComparison.of(one, CircuitGraph.top(scores, 80));
    assertTrue(smaller.edgeOverlap() < 1 && smaller.edgeOverlap() > 0);
    assertEquals(1, smaller.rankCorrelation(), 1e-12);
    CircuitComparison other =
        CircuitComparison.of(one, CircuitGraph.top(random(scores.wiring(), 3), 120));
    assertTrue(other.edgeOverlap() < 0.9 && !(other.rankCorrelation() > 0.9), other.toString());
    assertThrows(
        HeadlightException.class,
        () -> CircuitComparison.of(one, new CircuitGraph(SMALL, List.of())));
  }

  @Test
  void rankCorrelationSharesRanks() {
    // Ranks 0, 1.5, 1.5, 3 and 0, 1, 2, 3: Σ products 4.5, Σ squares 4.5 and 5.
    double[] x = {1, 2, 2, 3};
    double[] y = {10, 20, 30, 40};
    assertEquals(4.5 / Math.sqrt(4.5 * 5), CircuitComparison.spearman(x, y), 1e-12);
    assertEquals(-1, CircuitComparison.spearman(new double[] {1, 2, 3}, new double[] {3, 2, 1}));
  }
}
