package dev.headlight.analysis.circuit;

import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.pairs.TokenPair;
import dev.headlight.analysis.patching.Contrast;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.sweep.Cell;
import dev.headlight.analysis.sweep.Sweep;
import dev.headlight.analysis.sweep.SweepListener;
import dev.headlight.analysis.sweep.SweepRequest;
import dev.headlight.analysis.sweep.SweepResult;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the clean prompts answer with changes in force, such as attention rows that are set (Merullo
 * et al. 2024, Circuit Component Reuse, section 5).
 *
 * @param changes in force at each prompt, in the order in which they are applied
 * @param before logit difference of each clean prompt as it is, in logits
 * @param after the same with the changes
 */
public record Repair(List<List<Intervention>> changes, double[] before, double[] after) {
  /** Changes of every logit difference below this are rounding, in logits. */
  private static final double NOTHING = 1e-6;

  /** Copies what is mutable. */
  public Repair {
    changes = changes.stream().map(List::copyOf).toList();
    before = before.clone();
    after = after.clone();
  }

  /**
   * Runs every clean prompt without and with its changes.
   *
   * @param changes of each pair; the same for all go faster
   * @throws dev.headlight.analysis.HeadlightException when a change does not fit the model or a
   *     prompt
   * @throws java.util.concurrent.CancellationException when the progress was cancelled
   */
  public static Repair of(
      Model model, List<TokenPair> pairs, List<List<Intervention>> changes, Progress progress) {
    if (changes.size() != pairs.size()) {
      throw new IllegalArgumentException(
          "expected changes of " + pairs.size() + " pairs, found " + changes.size());
    }
    pairs.forEach(pair -> Contrast.checkAnswers(model.spec(), pair));
    double[] before = new double[pairs.size()];
    double[] after = new double[pairs.size()];
    double done = 0;
    for (List<Intervention> same : changes.stream().distinct().toList()) {
      int[] which =
          IntStream.range(0, before.length).filter(i -> changes.get(i).equals(same)).toArray();
      List<TokenPair> these = Arrays.stream(which).mapToObj(pairs::get).toList();
      double end = done + which.length;
      SweepResult found =
          run(model, these, same, progress.part(done / pairs.size(), end / pairs.size()));
      for (int i = 0; i < which.length; i++) {
        before[which[i]] = found.baseline()[i];
        after[which[i]] = found.values()[0][i];
      }
      done = end;
    }
    return new Repair(changes, before, after);
  }

  private static SweepResult run(
      Model model, List<TokenPair> pairs, List<Intervention> changes, Progress progress) {
    SweepRequest request =
        new SweepRequest(
                pairs.stream().map(TokenPair::clean).toList(),
                List.of(new Cell(changes)),
                TokenPair.logitDiff(pairs))
            .withPictures(pairs.stream().flatMap(p -> p.cleanPictures().stream()).toList());
    return Sweep.run(model, request, SweepListener.NONE, progress);
  }

  /** Mean logit difference before, in logits. */
  public double meanBefore() {
    return Arrays.stream(before).average().orElse(Double.NaN);
  }

  /** Mean logit difference after, in logits. */
  public double meanAfter() {
    return Arrays.stream(after).average().orElse(Double.NaN);
  }

  /** Share of the prompts whose answer wins before, 0 to 1. */
  public double accuracyBefore() {
    return share(before);
  }

  /** Share of the prompts whose answer wins after, 0 to 1. */
  public double accuracyAfter() {
    return share(after);
  }

  private static double share(double[] differences) {
    return (double) Arrays.stream(differences).filter(d -> d > 0).count() / differences.length;
  }

  /** Whether no prompt answers differently. */
  public boolean nothingChanged() {
    for (int i = 0; i < before.length; i++) {
      if (Math.abs(after[i] - before[i]) > NOTHING) {
        return false;
      }
    }
    return true;
  }
}
