package dev.headlight.samples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.HookName;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.run.Site;
import dev.headlight.analysis.run.Tensor;
import dev.headlight.samples.world.Vocabulary;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The heads of the shipped model, measured on random repeats that are new in every run: S random
 * ids said twice after one beginning-of-sequence token. Previous is the mean of A[i, i-1] over all
 * rows, induction that of A[i, i-(S-1)] over the second copy.
 */
class InductionSampleTest {
  private static final int DRAWS = 10;
  private static final double ENOUGH = 0.6;

  private static Model model;
  private static long seed;
  private static Random random;

  @BeforeAll
  static void open() {
    model = Model.open(Samples.folder("induction-2l"), Progress.NONE);
    seed = System.nanoTime();
    random = new Random(seed);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 30, 50})
  void headsFollowRepeatsOfWords(int span) {
    measure(span, Vocabulary.english().firstWord());
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 30, 50})
  void headsFollowRepeatsOfAnyTokens(int span) {
    measure(span, 1);
  }

  private static void measure(int span, int firstId) {
    Scores scores = new Scores(span);
    for (int draw = 0; draw < DRAWS; draw++) {
      int[] prompt = twice(span, firstId);
      RunRequest request = RunRequest.of(prompt).withSites(Site.PATTERN).withAllLogits();
      try (Run run = model.run(request, Progress.NONE).get(0)) {
        scores.add(run, prompt);
      }
    }
    String found = scores + ", seed " + seed;
    assertTrue(scores.bestPrevious() >= ENOUGH, found);
    assertTrue(scores.bestInduction() >= ENOUGH, found);
    assertTrue(scores.rightShare() >= 0.9, found);
  }

  private static int[] twice(int span, int firstId) {
    int[] ids = random.ints(span, firstId, model.spec().vocab()).toArray();
    int[] prompt = new int[1 + 2 * span];
    prompt[0] = Vocabulary.BOS_ID;
    System.arraycopy(ids, 0, prompt, 1, span);
    System.arraycopy(ids, 0, prompt, 1 + span, span);
    return prompt;
  }

  /** Sums over draws. */
  private static final class Scores {
    private final int span;
    private final double[] previous;
    private final double[] induction;
    private int right;
    private int asked;
    private int draws;

    Scores(int span) {
      this.span = span;
      int heads = model.spec().layers() * model.spec().heads();
      previous = new double[heads];
      induction = new double[heads];
    }

    void add(Run run, int[] prompt) {
      draws++;
      int head = 0;
      for (int layer = 0; layer < model.spec().layers(); layer++) {
        Tensor patterns = run.get(HookName.of(Site.PATTERN, layer));
        for (int h = 0; h < model.spec().heads(); h++, head++) {
          Tensor map = patterns.slice(h);
          previous[head] += stripe(map, 1, 1);
          induction[head] += stripe(map, 1 + span, span - 1);
        }
      }
      for (int i = 1 + span; i < prompt.length - 1; i++) {
        right += largest(run.logits(i)) == prompt[i + 1] ? 1 : 0;
        asked++;
      }
    }

    private static double stripe(Tensor map, int firstRow, int back) {
      int length = map.size(0);
      double sum = 0;
      for (int row = firstRow; row < length; row++) {
        sum += map.data()[row * length + row - back];
      }
      return sum / (length - firstRow);
    }

    private static int largest(float[] logits) {
      int best = 0;
      for (int i = 1; i < logits.length; i++) {
        best = logits[i] > logits[best] ? i : best;
      }
      return best;
    }

    double bestPrevious() {
      return Arrays.stream(previous).max().orElse(0) / draws;
    }

    double bestInduction() {
      return Arrays.stream(induction).max().orElse(0) / draws;
    }

    double rightShare() {
      return (double) right / asked;
    }

    @Override
    public String toString() {
      return "S=%d: previous %.3f, induction %.3f, next token right %.3f"
          .formatted(span, bestPrevious(), bestInduction(), rightShare());
    }
  }
}
