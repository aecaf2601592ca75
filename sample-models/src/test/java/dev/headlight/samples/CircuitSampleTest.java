package dev.headlight.samples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.circuit.CircuitGraph;
import dev.headlight.analysis.circuit.CircuitPasses;
import dev.headlight.analysis.circuit.EdgeAttribution;
import dev.headlight.analysis.circuit.EdgeScores;
import dev.headlight.analysis.circuit.Faithfulness;
import dev.headlight.analysis.circuit.Ungrouped;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.pairs.TokenPair;
import dev.headlight.analysis.patching.ActivationPatching;
import dev.headlight.analysis.patching.Direction;
import dev.headlight.analysis.patching.PatchGrid;
import dev.headlight.analysis.patching.PatchMap;
import dev.headlight.analysis.patching.PatchRequest;
import dev.headlight.analysis.patching.Places;
import dev.headlight.analysis.run.Site;
import dev.headlight.analysis.sweep.SweepListener;
import dev.headlight.samples.world.IndirectObject;
import dev.headlight.samples.world.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The circuit for indirect objects in the story sample, found to first order and held to passes.
 */
class CircuitSampleTest {
  private static final Vocabulary WORDS = Vocabulary.stories();

  private static Model model;
  private static Ungrouped ungrouped;
  private static List<TokenPair> pairs;
  private static EdgeScores scores;

  @BeforeAll
  static void score() {
    model = Model.open(Samples.folder("world-6l"), Progress.NONE);
    ungrouped = Ungrouped.of(model);
    Random random = new Random(5);
    pairs = IntStream.range(0, 12).mapToObj(i -> pair(random)).toList();
    scores =
        EdgeAttribution.run(ungrouped.model(), pairs, EdgeScores.Method.EAP_IG, 5, Progress.NONE);
  }

  @AfterAll
  static void close() {
    ungrouped.close();
    model.close();
  }

  /** A sentence, and the same one with three other names in its three places (ABC). */
  private static TokenPair pair(Random random) {
    IndirectObject sentence = IndirectObject.draw(WORDS, random);
    List<String> names = new ArrayList<>(WORDS.kind("name"));
    names.removeAll(List.of(sentence.right(), sentence.wrong()));
    Collections.shuffle(names, random);
    int[] clean = ids(sentence.text());
    int[] corrupt = clean.clone();
    int next = 0;
    for (int i = 0; i < corrupt.length; i++) {
      boolean name =
          clean[i] == WORDS.id(sentence.right()) || clean[i] == WORDS.id(sentence.wrong());
      corrupt[i] = name ? WORDS.id(names.get(next++)) : clean[i];
    }
    return new TokenPair(
        clean,
        corrupt,
        new int[] {WORDS.id(sentence.right())},
        new int[] {WORDS.id(sentence.wrong())});
  }

  private static int[] ids(String text) {
    return IntStream.concat(IntStream.of(Vocabulary.BOS_ID), IntStream.of(WORDS.ids(text)))
        .toArray();
  }

  @Test
  void fewEdgesKeepTheAnswer() {
    try (CircuitPasses passes = new CircuitPasses(ungrouped.model(), pairs, Progress.NONE)) {
      CircuitGraph circuit = CircuitGraph.top(scores, (int) (0.15 * passes.wiring().edges()));
      Faithfulness.Point point = Faithfulness.of(passes, circuit, Progress.NONE);
      assertTrue(circuit.share() <= 0.15, "" + circuit.share());
      assertTrue(point.faithfulness() >= 0.8, point.toString());
      assertTrue(point.faithfulness() <= 1.2, point.toString());
    }
  }

  @Test
  void itsHeadsAreThoseOfExactPatching() {
    double[] exact = new double[model.spec().layers() * model.spec().heads()];
    for (TokenPair pair : pairs) {
      PatchRequest request =
          new PatchRequest(pair, Site.Z, PatchGrid.HEAD, Places.ALL, Direction.NOISING);
      PatchMap map = ActivationPatching.run(model, request, SweepListener.NONE, Progress.NONE);
      for (int c = 0; c < exact.length; c++) {
        exact[c] += map.change(c);
      }
    }
    double[] estimated = Arrays.stream(scores.heads()).flatMapToDouble(Arrays::stream).toArray();
    Set<Integer> both = strongest(exact);
    both.retainAll(strongest(estimated));
    assertTrue(both.size() >= 3, strongest(exact) + " and " + strongest(estimated));
  }

  private static Set<Integer> strongest(double[] values) {
    return new HashSet<>(
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -Math.abs(values[i])))
            .limit(5)
            .toList());
  }
}
