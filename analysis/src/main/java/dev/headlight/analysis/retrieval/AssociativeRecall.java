package dev.headlight.analysis.retrieval;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Hooks;
import dev.headlight.analysis.model.HostMemory;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.PassInput;
import dev.headlight.analysis.run.BatchEdits;
import dev.headlight.analysis.run.PreparedEdits;
import dev.headlight.analysis.run.Site;
import dev.headlight.analysis.run.Sites;
import dev.headlight.analysis.scores.RepeatedIds;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Multi-query associative recall, MQAR (Arora et al. 2023, Zoology: Measuring and Improving Recall
 * in Efficient Language Models): key-value pairs of random ids, then every key again in another
 * order, each with its value behind it; a key is recalled when its value is the most probable next
 * token of the whole vocabulary. One pass a sequence.
 */
public final class AssociativeRecall {
  private AssociativeRecall() {}

  /**
   * A point of the curve.
   *
   * @param pairs key-value pairs of a sequence
   * @param accuracy share of the keys whose value came first, 0 to 1
   * @param logProbability mean natural logarithm of the values' probabilities
   * @param queries how many keys were asked
   */
  public record Point(int pairs, double accuracy, double logProbability, int queries) {}

  /**
   * Measures the curve.
   *
   * @param pairs numbers of pairs, 1 or more each
   * @param batch sequences for each number
   * @param seed of the ids
   * @param masking heads that are switched off in the whole pass, or {@link Masking#NONE}
   * @return a point a number, in their order
   * @throws HeadlightException when the model's positions or vocabulary are too small
   * @throws java.util.concurrent.CancellationException when the progress was cancelled
   */
  public static List<Point> curve(
      Model model, List<Integer> pairs, int batch, long seed, Masking masking, Progress progress) {
    Sites.require(model.spec(), Site.LOGITS);
    int most = Collections.max(pairs);
    int room = (model.spec().maxPositions() - 1) / 4;
    if (Collections.min(pairs) < 1 || most > room) {
      throw new HeadlightException(
          Kind.INPUT,
          "%d pairs need %d positions, %s has %d; ask for 1 to %d pairs"
              .formatted(most, 4 * most + 1, model.name(), model.spec().maxPositions(), room));
    }
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      Progress part = progress.part((double) i / pairs.size(), (i + 1.0) / pairs.size());
      points.add(point(model, pairs.get(i), batch, seed, masking, part));
    }
    return points;
  }

  private static Point point(
      Model model, int pairs, int batch, long seed, Masking masking, Progress progress) {
    Random random = new Random(seed);
    int right = 0;
    double logs = 0;
    for (int s = 0; s < batch; s++) {
      progress.report((double) s / batch, pairs + " pairs");
      int[] tokens = draw(model, pairs, random);
      double[] found = ask(model, tokens, pairs, masking, progress.silent());
      right += (int) found[0];
      logs += found[1];
    }
    int queries = pairs * batch;
    return new Point(pairs, (double) right / queries, logs / queries, queries);
  }

  /** Beginning as the tokenizer does it, pairs, then the pairs in another order. */
  static int[] draw(Model model, int pairs, Random random) {
    RepeatedIds drawn = RepeatedIds.draw(model, 2 * pairs, 2, 1, random);
    if (drawn.period() < 2 * pairs) {
      throw new HeadlightException(
          Kind.INPUT,
          "%d pairs need %d different tokens and room for them twice; %s has %d"
              .formatted(pairs, 2 * pairs, model.name(), drawn.period()));
    }
    int[] tokens = drawn.sequences().get(0).clone();
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < pairs; i++) {
      order.add(i);
    }
    Collections.shuffle(order, random);
    int front = drawn.front();
    for (int i = 0; i < pairs; i++) {
      int from = front + 2 * order.get(i);
      int to = front + 2 * pairs + 2 * i;
      tokens[to] = tokens[from];
      tokens[to + 1] = tokens[from + 1];
    }
    return tokens;
  }

  /** How many keys were recalled, and the sum of the values' log-probabilities. */
  private static double[] ask(
      Model model, int[] tokens, int pairs, Masking masking, Progress progress) {
    int[] text = Arrays.copyOf(tokens, tokens.length - 1);
    Hooks hooks = Hooks.NONE;
    if (!masking.none()) {
      PreparedEdits edits = model.runner().prepare(text, masking.changes(), progress);
      hooks = new BatchEdits(List.of(edits), text.length);
    }
    Hooks changes = hooks;
    int rows = 2 * pairs - 1;
    PassInput input = new PassInput(List.of(text), List.of(), null, true, rows, false);
    return model.guarded(
        () -> {
          try (NDManager scope = model.newScope();
              NDArray logits = model.transformer().forward(input, changes, progress, scope)) {
            return read(logits, tokens, rows);
          }
        });
  }

  private static double[] read(NDArray logits, int[] tokens, int rows) {
    int vocab = (int) logits.getShape().get(2);
    FloatBuffer values = HostMemory.floats(logits);
    float[] row = new float[vocab];
    double[] sums = new double[2];
    // Rows of keys are every second one; the row of a value would have to guess the next key.
    for (int r = 0; r < rows; r += 2) {
      values.get(r * vocab, row, 0, vocab);
      int value = tokens[tokens.length - rows + r];
      double max = Double.NEGATIVE_INFINITY;
      for (float logit : row) {
        max = Math.max(max, logit);
      }
      double sum = 0;
      for (float logit : row) {
        sum += Math.exp(logit - max);
      }
      sums[0] += row[value] >= max ? 1 : 0;
      sums[1] += row[value] - max - Math.log(sum);
    }
    return sums;
  }
}
