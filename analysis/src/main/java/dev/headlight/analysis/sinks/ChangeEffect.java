package dev.headlight.analysis.sinks;

import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.GenerateRequest;
import dev.headlight.analysis.model.Generation;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.sweep.Cell;
import dev.headlight.analysis.sweep.Metrics;
import dev.headlight.analysis.sweep.Sweep;
import dev.headlight.analysis.sweep.SweepListener;
import dev.headlight.analysis.sweep.SweepRequest;
import dev.headlight.analysis.sweep.SweepResult;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What changes do to one prompt, beside the unchanged pass.
 *
 * @param changes that were made
 * @param loss mean next-token loss of the prompt, nats; NaN of a prompt of one token
 * @param changedLoss the same with the changes
 * @param kl KL(unchanged ‖ changed) of the token after the prompt, nats
 * @param next most likely tokens after the prompt, unchanged
 * @param changedNext the same with the changes
 * @param nothingChanged whether every logit after the prompt is exactly the same
 * @param written what the unchanged model writes on, where it was asked for
 * @param changedWritten the same with the changes
 */
public record ChangeEffect(
    List<Intervention> changes,
    double loss,
    double changedLoss,
    double kl,
    List<Candidate> next,
    List<Candidate> changedNext,
    boolean nothingChanged,
    Optional<Generation> written,
    Optional<Generation> changedWritten) {
  /**
   * A token that may come next.
   *
   * @param id its id
   * @param probability 0 to 1
   */
  public record Candidate(int id, double probability) {}

  /** Copies the lists. */
  public ChangeEffect {
    changes = List.copyOf(changes);
    next = List.copyOf(next);
    changedNext = List.copyOf(changedNext);
  }

  /**
   * Runs a prompt without and with changes.
   *
   * @param prompt one, with its pictures
   * @param top how many next tokens
   * @param maxNew how many tokens each writes on, greedily and up to a token that ends a text; 0
   *     for none
   * @throws dev.headlight.analysis.HeadlightException when a change does not fit the model or the
   *     prompt, or the model has no logits
   * @throws java.util.concurrent.CancellationException when the progress was cancelled
   */
  public static ChangeEffect measure(
      Model model,
      RunRequest prompt,
      List<Intervention> changes,
      int top,
      int maxNew,
      Progress progress) {
    float[] before = last(model, prompt, List.of(), progress.part(0, 0.2));
    float[] after = last(model, prompt, changes, progress.part(0.2, 0.4));
    double[] losses = losses(model, prompt, changes, progress.part(0.4, 0.7));
    return new ChangeEffect(
        changes,
        losses[0],
        losses[1],
        Metrics.kl().value(0, before, after),
        candidates(before, top),
        candidates(after, top),
        Arrays.equals(before, after),
        write(model, prompt, List.of(), maxNew, progress.part(0.7, 0.85)),
        write(model, prompt, changes, maxNew, progress.part(0.85, 1)));
  }

  private static float[] last(
      Model model, RunRequest prompt, List<Intervention> changes, Progress progress) {
    try (Run run = model.run(prompt.withInterventions(changes), progress).get(0)) {
      return run.logits(-1);
    }
  }

  private static double[] losses(
      Model model, RunRequest prompt, List<Intervention> changes, Progress progress) {
    if (prompt.sequences().get(0).length < 2) {
      return new double[] {Double.NaN, Double.NaN};
    }
    SweepRequest request =
        new SweepRequest(prompt.sequences(), List.of(new Cell(changes)), Metrics.loss())
            .withPictures(prompt.pictures());
    SweepResult result = Sweep.run(model, request, SweepListener.NONE, progress);
    return new double[] {result.baseline()[0], result.values()[0][0]};
  }

  private static List<Candidate> candidates(float[] logits, int top) {
    double most = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      most = Math.max(most, logit);
    }
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - most);
    }
    double total = sum;
    double largest = most;
    return IntStream.range(0, logits.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -logits[i]))
        .limit(top)
        .map(i -> new Candidate(i, Math.exp(logits[i] - largest) / total))
        .toList();
  }

  private static Optional<Generation> write(
      Model model, RunRequest prompt, List<Intervention> changes, int maxNew, Progress progress) {
    if (maxNew == 0) {
      return Optional.empty();
    }
    Set<Integer> ends = model.tokenizer().map(t -> Set.copyOf(t.eosIds())).orElse(Set.of());
    GenerateRequest request =
        GenerateRequest.greedy(prompt, maxNew).withStops(ends).withInterventions(changes);
    return Optional.of(model.generate(request, (id, logprob) -> {}, progress));
  }
}
