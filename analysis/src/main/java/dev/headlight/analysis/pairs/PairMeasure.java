package dev.headlight.analysis.pairs;

import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.sweep.Metrics;
import dev.headlight.analysis.sweep.Sweep;
import dev.headlight.analysis.sweep.SweepListener;
import dev.headlight.analysis.sweep.SweepRequest;
import java.util.ArrayList;
import java.util.List;

/** Measures what a model answers to pairs, without any change. */
public final class PairMeasure {
  private PairMeasure() {}

  /**
   * Runs both prompts of every pair.
   *
   * @param pairs at least one
   * @throws dev.headlight.analysis.HeadlightException when the model cannot read one of them, or
   *     has no logits
   * @throws java.util.concurrent.CancellationException when the progress was cancelled
   */
  public static PairScores measure(
      Model model, List<TokenPair> pairs, AnswerScore score, Progress progress) {
    double[][] summed =
        score == AnswerScore.SUMMED ? summed(model, pairs, progress.part(0.3, 1)) : null;
    Progress first = summed == null ? progress : progress.part(0, 0.3);
    List<PairScores.One> all = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      first.report((double) i / pairs.size(), "pair " + i);
      TokenPair pair = pairs.get(i);
      float[] clean = logits(model, pair.cleanPrompt(), first.silent());
      int id = pair.answer()[0];
      double cleanDifference = summed != null ? summed[i][0] : difference(clean, pair);
      double corruptDifference =
          summed != null
              ? summed[i][1]
              : difference(logits(model, pair.corruptPrompt(), first.silent()), pair);
      all.add(
          new PairScores.One(
              cleanDifference, corruptDifference, probability(clean, id), highest(clean, id)));
    }
    return new PairScores(score, all);
  }

  private static float[] logits(Model model, RunRequest prompt, Progress progress) {
    try (Run run = model.run(prompt, progress).get(0)) {
      return run.logits(-1);
    }
  }

  private static double difference(float[] logits, TokenPair pair) {
    return logits[pair.answer()[0]] - (double) logits[pair.wrong()[0]];
  }

  private static double probability(float[] logits, int id) {
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - (double) logits[id]);
    }
    return 1 / sum;
  }

  private static boolean highest(float[] logits, int id) {
    for (float logit : logits) {
      if (logit > logits[id]) {
        return false;
      }
    }
    return true;
  }

  /** Differences after the clean and after the corrupt prompt, {@code [pairs][2]}. */
  private static double[][] summed(Model model, List<TokenPair> pairs, Progress progress) {
    double[][] differences = new double[pairs.size()][2];
    for (int side = 0; side < 2; side++) {
      boolean clean = side == 0;
      double[] right =
          summed(model, pairs, clean, true, progress.part(side / 2.0, side / 2.0 + 0.25));
      double[] wrong =
          summed(model, pairs, clean, false, progress.part(side / 2.0 + 0.25, (side + 1) / 2.0));
      for (int i = 0; i < right.length; i++) {
        differences[i][side] = right[i] - wrong[i];
      }
    }
    return differences;
  }

  private static double[] summed(
      Model model, List<TokenPair> pairs, boolean clean, boolean right, Progress progress) {
    List<int[]> answers = pairs.stream().map(p -> right ? p.answer() : p.wrong()).toList();
    List<int[]> sequences = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      TokenPair pair = pairs.get(i);
      sequences.add(TokenPair.followed(clean ? pair.clean() : pair.corrupt(), answers.get(i)));
    }
    SweepRequest request =
        new SweepRequest(sequences, List.of(), Metrics.continuation(answers))
            .withPictures(
                pairs.stream()
                    .flatMap(p -> (clean ? p.cleanPictures() : p.corruptPictures()).stream())
                    .toList());
    return Sweep.run(model, request, SweepListener.NONE, progress).baseline();
  }
}
