package dev.headlight.analysis.ablation;

import dev.headlight.analysis.run.Head;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What taking heads away did.
 *
 * @param request that was computed
 * @param baseline the metric of the unchanged model, one a sequence; NaN where not reached
 * @param runs one a target, in their order
 */
public record AblationResult(AblationRequest request, double[] baseline, List<AblationRun> runs) {
  /** Copies what is mutable. */
  public AblationResult {
    baseline = baseline.clone();
    runs = List.copyOf(runs);
  }

  /** Mean of the unchanged model over the sequences. */
  public double mean() {
    return Arrays.stream(baseline).average().orElse(Double.NaN);
  }

  /** Whether every target is there. */
  public boolean complete() {
    return runs.stream().noneMatch(r -> Double.isNaN(r.delta()));
  }

  /** What was done to the heads, in words. */
  public String semantics() {
    return request.treatment().says(request.sequences());
  }

  /** Targets that changed nothing at all, by their names. */
  public List<String> withoutEffect() {
    return runs.stream().filter(AblationRun::noEffect).map(r -> r.target().name()).toList();
  }

  /** How much worse the model is without a target: the change of a metric that should be low. */
  public double damage(AblationRun run) {
    return request.metric().damage(run.delta());
  }

  /**
   * The heads of the model itself, of targets of one head each, those first whose loss does most
   * damage; equal ones in order of layer and head.
   */
  public List<Head> ranking() {
    Comparator<AblationRun> order = Comparator.comparingDouble(this::damage);
    return runs.stream()
        .filter(r -> r.heads().size() == 1 && !r.target().vision())
        .sorted(order.reversed().thenComparing(r -> r.heads().get(0)))
        .map(r -> r.heads().get(0))
        .toList();
  }
}
