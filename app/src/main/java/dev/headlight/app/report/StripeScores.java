package dev.headlight.app.report;

import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.HookName;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.run.Site;
import dev.headlight.analysis.run.Tensor;
import java.util.List;

/**
 * How much of each head's attention lies on a diagonal stripe, over repeated random ids.
 *
 * @param previous mean of A[i, i−1] over rows i ≥ 1: {@code [layer][head]}, 0 to 1
 * @param induction mean of A[i, i−(S−1)] over the rows of the second copy, 0 to 1
 */
record StripeScores(double[][] previous, double[][] induction) {
  /** The two formulas, for the report. */
  static final String PREVIOUS = "mean of A[i, i−1] over rows i ≥ 1";

  static final String INDUCTION = "mean of A[i, i−(S−1)] over rows i ≥ b+S";

  static StripeScores measure(Model model, RepeatedIds probe, Progress progress) {
    int layers = model.spec().layers();
    int heads = model.spec().heads();
    double[][] previous = new double[layers][heads];
    double[][] induction = new double[layers][heads];
    List<int[]> sequences = probe.sequences();
    for (int s = 0; s < sequences.size(); s++) {
      progress.report((double) s / sequences.size(), "measuring heads on repeated random tokens");
      RunRequest request = RunRequest.of(sequences.get(s)).withSites(Site.PATTERN);
      try (Run run = model.run(request, progress.silent()).get(0)) {
        for (int layer = 0; layer < layers; layer++) {
          Tensor pattern = run.get(HookName.of(Site.PATTERN, layer));
          for (int head = 0; head < heads; head++) {
            previous[layer][head] += stripe(pattern, head, 1, 1) / sequences.size();
            induction[layer][head] +=
                stripe(pattern, head, probe.secondCopy(), probe.period() - 1) / sequences.size();
          }
        }
      }
    }
    return new StripeScores(previous, induction);
  }

  /** Mean of A[i, i − back] over rows from {@code first} on. */
  private static double stripe(Tensor pattern, int head, int first, int back) {
    int length = pattern.size(1);
    double sum = 0;
    for (int row = first; row < length; row++) {
      sum += pattern.data()[(head * length + row) * length + row - back];
    }
    return sum / (length - first);
  }
}
