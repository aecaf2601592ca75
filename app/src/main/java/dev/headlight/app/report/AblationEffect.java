package dev.headlight.app.report;

import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.run.HookName;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.Positions;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.run.Site;
import dev.headlight.analysis.run.Tensor;
import dev.headlight.analysis.scores.RepeatedIds;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The loss on the repeated half of random sequences under a change.
 *
 * @param changes the interventions; empty for the baseline
 * @param loss mean −ln p(next token), in nats
 * @param accuracy share of tokens that were the most probable ones
 */
record AblationEffect(List<Intervention> changes, double loss, double accuracy) {
  /** What {@link #loss} is, for the report. */
  static final String LOSS =
      "mean of −ln p(token i+1) over rows i ≥ b+S of the second copy, in nats";

  /** Setting {@code hook_z} of heads to zero at every position; no change for no heads. */
  static List<Intervention> zero(Set<Head> heads) {
    return heads.isEmpty()
        ? List.of()
        : List.of(
            new Intervention.Ablate(Intervention.Mode.ZERO, HeadSet.of(heads), Positions.ALL));
  }

  static AblationEffect measure(
      Model model, RepeatedIds probe, List<Intervention> changes, Progress progress) {
    double loss = 0;
    int right = 0;
    int count = 0;
    for (int[] ids : probe.sequences()) {
      RunRequest request =
          RunRequest.of(ids).withSites(Site.LOGITS).withAllLogits().withInterventions(changes);
      try (Run run = model.run(request, progress.silent()).get(0)) {
        Tensor logits = run.get(HookName.of(Site.LOGITS));
        for (int row = probe.secondCopy(); row < ids.length - 1; row++) {
          loss += surprise(logits, row, ids[row + 1]);
          right += best(logits, row) == ids[row + 1] ? 1 : 0;
          count++;
        }
      }
    }
    return new AblationEffect(changes, loss / count, (double) right / count);
  }

  /** A set of changes for people. */
  static String name(List<Intervention> changes) {
    return changes.isEmpty()
        ? "nothing changed"
        : changes.stream().map(Intervention::text).collect(Collectors.joining(" "));
  }

  private static double surprise(Tensor logits, int row, int id) {
    int vocab = logits.size(1);
    int from = row * vocab;
    float max = logits.data()[from + best(logits, row)];
    double sum = 0;
    for (int i = from; i < from + vocab; i++) {
      sum += Math.exp(logits.data()[i] - max);
    }
    return Math.log(sum) + max - logits.data()[from + id];
  }

  private static int best(Tensor logits, int row) {
    int vocab = logits.size(1);
    int best = 0;
    for (int i = 1; i < vocab; i++) {
      best = logits.data()[row * vocab + i] > logits.data()[row * vocab + best] ? i : best;
    }
    return best;
  }
}
