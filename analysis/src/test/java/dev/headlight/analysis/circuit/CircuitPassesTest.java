package dev.headlight.analysis.circuit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.pairs.TokenPair;
import dev.headlight.analysis.patching.AttributionPatching;
import dev.headlight.analysis.patching.Direction;
import dev.headlight.analysis.patching.PatchGrid;
import dev.headlight.analysis.patching.PatchMap;
import dev.headlight.analysis.patching.PatchRequest;
import dev.headlight.analysis.patching.Places;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.run.Site;
import dev.headlight.analysis.sweep.Metrics;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Edge scores and circuits agree with passes, and with each other. */
class CircuitPassesTest {
  private static final int[] CLEAN = {7, 3, 11, 5, 2, 9, 14, 6, 1};
  private static final int[] CORRUPT = {7, 3, 11, 21, 2, 9, 30, 6, 1};

  private static float[] logits(Model model, int[] tokens) {
    try (Run run = model.run(RunRequest.of(tokens), Progress.NONE).get(0)) {
      return run.logits(-1);
    }
  }

  /** Two ids whose logits the prompts tell apart best, so that there is a scale. */
  static TokenPair pair(Model model) {
    float[] clean = logits(model, CLEAN);
    float[] corrupt = logits(model, CORRUPT);
    int up = 0;
    int down = 0;
    for (int i = 0; i < clean.length; i++) {
      float change = clean[i] - corrupt[i];
      up = change > clean[up] - corrupt[up] ? i : up;
      down = change < clean[down] - corrupt[down] ? i : down;
    }
    return new TokenPair(CLEAN, CORRUPT, new int[] {up}, new int[] {down});
  }

  private static EdgeScores eap(Model model, TokenPair pair) {
    return EdgeAttribution.run(model, List.of(pair), EdgeScores.Method.EAP, 1, Progress.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "llama",
        "mistral",
        "qwen3",
        "gemma",
        "stablelm_qk_norm",
        "cohere_qk_norm",
        "mixtral",
        "gpt2"
      })
  void ungroupedIsTheSameModel(String family) {
    Toy.on(
        family,
        model -> {
          try (Ungrouped ungrouped = Ungrouped.of(model)) {
            assertEquals(model.spec().heads(), ungrouped.model().spec().kvHeads());
            assertArrayEquals(logits(model, CLEAN), logits(ungrouped.model(), CLEAN), 2e-5f);
          }
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt2", "llama", "gpt_neox", "cohere", "mixtral", "granite", "bloom"})
  void allEdgesAreTheCleanPassAndNoneTheCorruptOne(String family) {
    Toy.on(
        family,
        grouped -> {
          try (Ungrouped ungrouped = Ungrouped.of(grouped)) {
            Model model = ungrouped.model();
            TokenPair pair = pair(model);
            try (CircuitPasses passes = new CircuitPasses(model, List.of(pair), Progress.NONE)) {
              EdgeScores scores = eap(model, pair);
              CircuitGraph all = CircuitGraph.top(scores, passes.wiring().edges());
              CircuitGraph none = new CircuitGraph(passes.wiring(), List.of());
              double[] found = passes.logitDiffs(List.of(all, none), Progress.NONE);
              assertEquals(passes.contrast().clean(), found[0], 1e-4, "all");
              assertEquals(passes.contrast().corrupt(), found[1], 1e-4, "none");
              Faithfulness curve =
                  Faithfulness.curve(
                      passes,
                      scores,
                      CircuitGraph.Selection.TOP,
                      Faithfulness.sizes(passes.wiring(), 6),
                      Faithfulness.Listener.NONE,
                      Progress.NONE);
              assertEquals(6, curve.points().size());
              assertEquals(1, curve.points().get(5).faithfulness(), 1e-3);
            }
          }
        });
  }

  /** Circuits in one batch do not disturb each other, and what dangles changes nothing. */
  @Test
  void prunedCircuitsSayTheSame() {
    Toy.on(
        "gpt2",
        model -> {
          TokenPair pair = pair(model);
          try (CircuitPasses passes = new CircuitPasses(model, List.of(pair), Progress.NONE)) {
            List<Edge> edges = new ArrayList<>(eap(model, pair).ranked());
            List<CircuitGraph> circuits = new ArrayList<>();
            for (int seed = 0; seed < 4; seed++) {
              Collections.shuffle(edges, new Random(seed));
              CircuitGraph some =
                  new CircuitGraph(passes.wiring(), edges.subList(0, edges.size() / (seed + 3)));
              circuits.add(some);
              circuits.add(some.pruned());
            }
            double[] together = passes.logitDiffs(circuits, Progress.NONE);
            for (int i = 0; i < together.length; i += 2) {
              assertEquals(together[i], together[i + 1], 1e-5);
              double alone = passes.logitDiffs(List.of(circuits.get(i)), Progress.NONE)[0];
              assertEquals(alone, together[i], 1e-5);
            }
            assertTrue(Math.abs(together[0] - together[2]) > 1e-4, "all circuits are alike");
          }
        });
  }

  /** What all edges out of a head do to first order is what its output does. */
  @ParameterizedTest
  @ValueSource(strings = {"gpt2", "llama", "gpt_neox", "bloom"})
  void edgesOfAHeadAddUpToItsAttribution(String family) {
    Toy.on(
        family,
        grouped -> {
          try (Ungrouped ungrouped = Ungrouped.of(grouped)) {
            TokenPair pair = pair(grouped);
            double[][] heads = eap(ungrouped.model(), pair).heads();
            PatchMap map =
                AttributionPatching.run(
                    grouped,
                    new PatchRequest(pair, Site.Z, PatchGrid.HEAD, Places.ALL, Direction.NOISING),
                    Progress.NONE);
            for (int c = 0; c < map.cells().size(); c++) {
              double sum = heads[map.cells().get(c).layer()][map.cells().get(c).head()];
              assertEquals(map.values()[c], sum, 1e-4, map.cells().get(c).toString());
            }
          }
        });
  }

  /** In a model that is a sum of products, each edge's score is what corrupting it does. */
  @Test
  void scoresOfALinearModelAreExact() {
    try (Model toy = Toy.linear();
        Ungrouped ungrouped = Ungrouped.of(toy)) {
      check(ungrouped.model(), eap(ungrouped.model(), Toy.PAIR), 1e-4);
      EdgeScores integrated =
          EdgeAttribution.run(
              ungrouped.model(), List.of(Toy.PAIR), EdgeScores.Method.EAP_IG, 3, Progress.NONE);
      check(ungrouped.model(), integrated, 1e-4);
    }
  }

  /** With norms, rotation, grouped heads and softmax: exact for prompts that are near. */
  @Test
  void scoresOfNearPromptsAreNearlyExact() {
    try (Model toy = Toy.nearlyLinear();
        Ungrouped ungrouped = Ungrouped.of(toy)) {
      check(ungrouped.model(), eap(ungrouped.model(), Toy.PAIR), 0.05);
    }
  }

  /** Each score against a pass in which that edge alone is corrupt. */
  private static void check(Model model, EdgeScores scores, double tolerance) {
    Wiring wiring = scores.wiring();
    CircuitGraph all = CircuitGraph.top(scores, wiring.edges());
    assertEquals(wiring.edges(), all.edges().size());
    double largest = Math.abs(scores.ranked().get(0).score());
    assertTrue(largest > 0.05, "nothing happens");
    try (CircuitPasses passes = new CircuitPasses(model, List.of(Toy.PAIR), Progress.NONE)) {
      List<CircuitGraph> without = all.edges().stream().map(all::without).toList();
      double[] found = passes.logitDiffs(without, Progress.NONE);
      for (int e = 0; e < found.length; e++) {
        double effect = found[e] - passes.contrast().clean();
        Edge edge = all.edges().get(e);
        assertEquals(effect, edge.score(), tolerance * largest, edge.name());
      }
    }
  }

  @Test
  void pairsAreAveraged() {
    Toy.on(
        "gpt2",
        model -> {
          TokenPair one = pair(model);
          TokenPair two = new TokenPair(CORRUPT, CLEAN, one.wrong(), one.answer());
          EdgeScores first = eap(model, one);
          EdgeScores second = eap(model, two);
          EdgeScores both =
              EdgeAttribution.run(
                  model, List.of(one, two), EdgeScores.Method.EAP, 1, Progress.NONE);
          for (int r = 0; r < both.values().length; r++) {
            for (int s = 0; s < both.values()[r].length; s++) {
              double mean = (first.values()[r][s] + (double) second.values()[r][s]) / 2;
              assertEquals(mean, both.values()[r][s], 1e-5);
            }
          }
        });
  }

  @Test
  void acdcKeepsWhatIsNeeded() {
    Toy.on(
        "gpt2",
        model -> {
          TokenPair pair = pair(model);
          try (CircuitPasses passes = new CircuitPasses(model, List.of(pair), Progress.NONE)) {
            CircuitGraph start = CircuitGraph.top(eap(model, pair), 60);
            Acdc.Result little = Acdc.prune(passes, start, 1e-9, Progress.NONE);
            Acdc.Result more = Acdc.prune(passes, start, 1e-3, Progress.NONE);
            Acdc.Result all = Acdc.prune(passes, start, 1e6, Progress.NONE);
            assertTrue(more.circuit().edges().size() <= start.edges().size());
            double before = passes.metric(List.of(start), Metrics.kl(), Progress.NONE)[0];
            assertEquals(0, Math.max(0, little.kl() - before), 1e-6);
            assertTrue(more.kl() <= before + 1e-3 * start.edges().size());
            assertTrue(start.names().containsAll(more.circuit().names()));
            assertEquals(List.of(), all.circuit().edges());
            assertThrows(
                HeadlightException.class, () -> Acdc.prune(passes, start, 0, Progress.NONE));
          }
        });
  }

  @Test
  void badModelsAndPairsAreRefused() {
    Toy.on(
        "gpt2",
        model -> {
          TokenPair unequal = new TokenPair(CLEAN, new int[] {1, 2}, new int[] {3}, new int[] {4});
          refused("need the same number", model, unequal, 1);
          TokenPair alike = new TokenPair(CLEAN, CLEAN, new int[] {3}, new int[] {4});
          refused("nothing can be normalised", model, alike, 1);
          refused("expected 1 or more, found 0", model, pair(model), 0);
        });
    for (String family : List.of("bert", "gemma2", "olmo2")) {
      Toy.on(
          family,
          model -> {
            try (Ungrouped ungrouped = Ungrouped.of(model)) {
              refused("norms what its heads write", ungrouped.model(), pair(model), 1);
            }
          });
    }
  }

  private static void refused(String why, Model model, TokenPair pair, int steps) {
    String message =
        assertThrows(
                HeadlightException.class,
                () ->
                    EdgeAttribution.run(
                        model, List.of(pair), EdgeScores.Method.EAP_IG, steps, Progress.NONE))
            .getMessage();
    assertTrue(message.contains(why), message);
  }
}
