package dev.headlight.samples.measure;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Engines;
import dev.headlight.analysis.model.Hooks;
import dev.headlight.analysis.model.PassInput;
import dev.headlight.analysis.model.Transformer;
import dev.headlight.samples.world.Vocabulary;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * How much heads look at the token before, and at the token after an earlier copy of their own:
 * means of {@code A[i, i-1]} and, on the second copy, {@code A[i, i-(S-1)]}, where {@code S} random
 * words are said twice after one beginning-of-sequence token.
 *
 * @param previous largest score of the token before
 * @param induction largest score of the token after the earlier copy
 */
public record StripeScores(double previous, double induction) {
  private static final int SPAN = 50;
  private static final int DRAWS = 8;

  /** Scores of the best heads; the same seed gives the same draws. */
  public static StripeScores of(Transformer transformer, Vocabulary vocabulary, long seed) {
    Random random = new Random(seed);
    List<int[]> prompts = Stream.generate(() -> twice(random, vocabulary)).limit(DRAWS).toList();
    Best best = new Best();
    try (NDManager scope = Engines.manager()) {
      PassInput input = new PassInput(prompts, null, false, false);
      transformer.forward(input, best, Progress.NONE, scope);
    }
    return new StripeScores(best.previous, best.induction);
  }

  private static int[] twice(Random random, Vocabulary vocabulary) {
    int[] words = random.ints(SPAN, vocabulary.firstWord(), vocabulary.size()).toArray();
    int[] prompt = new int[1 + 2 * SPAN];
    prompt[0] = Vocabulary.BOS_ID;
    System.arraycopy(words, 0, prompt, 1, SPAN);
    System.arraycopy(words, 0, prompt, 1 + SPAN, SPAN);
    return prompt;
  }

  /** Watches the patterns of a pass. */
  private static final class Best implements Hooks {
    private double previous;
    private double induction;

    @Override
    public void rows(int layer, NDArray scores, NDArray pattern, int row0, int key0) {
      // The prompts are short enough for a layer's map to come whole.
      long[] shape = pattern.getShape().getShape();
      int heads = (int) shape[1];
      int length = (int) shape[2];
      float[] cells = pattern.toFloatArray();
      for (int head = 0; head < heads; head++) {
        previous = Math.max(previous, stripe(cells, head, heads, length, 1, 1));
        induction = Math.max(induction, stripe(cells, head, heads, length, 1 + SPAN, SPAN - 1));
      }
    }

    private static double stripe(
        float[] cells, int head, int heads, int length, int firstRow, int back) {
      double[] found = new double[cells.length / (heads * length * length)];
      for (int prompt = 0; prompt < found.length; prompt++) {
        int map = (prompt * heads + head) * length * length;
        for (int row = firstRow; row < length; row++) {
          found[prompt] += cells[map + row * length + row - back] / (length - firstRow);
        }
      }
      return Arrays.stream(found).average().orElse(0);
    }
  }
}
