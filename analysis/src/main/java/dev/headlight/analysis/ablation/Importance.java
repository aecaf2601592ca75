package dev.headlight.analysis.ablation;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.GradientRun;
import dev.headlight.analysis.run.HookName;
import dev.headlight.analysis.run.Site;
import dev.headlight.analysis.run.Tensor;
import dev.headlight.analysis.sweep.Cell;
import dev.headlight.analysis.sweep.Gradients;
import dev.headlight.analysis.sweep.SweepRequest;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What gradients say about how much each head matters: first-order estimates of what taking it away
 * would do, from one forward and one backward pass a sequence. Two variants are about whose
 * rankings differ; both come from the same passes.
 *
 * @param metric whose gradient is taken
 * @param perToken Michel et al. 2019 as their code has it: mean over tokens of |z · ∂m/∂z|, {@code
 *     [L · H]}, row by row
 * @param perBatch as Hugging Face's {@code run_bertology.py} has it: mean over sequences (batches
 *     of one) of |∂m/∂ξ|, the gradient of a mask ξ = 1 on the head's output, which is Σ z · ∂m/∂z
 *     over the sequence's tokens, before its absolute value is taken, {@code [L · H]}
 * @param normalised whether each layer was divided by its L2 norm + 1e-20
 */
public record Importance(
    AblationMetric metric, double[] perToken, double[] perBatch, boolean normalised) {
  private static final double TINY = 1e-20;

  /** Copies the arrays. */
  public Importance {
    perToken = perToken.clone();
    perBatch = perBatch.clone();
  }

  /**
   * Measures both variants.
   *
   * @param request whose sequences and metric are taken; nothing is taken away
   * @throws HeadlightException when the metric has no gradient at the unchanged model, or a
   *     gradient is no number
   * @throws java.util.concurrent.CancellationException when the progress was cancelled
   */
  public static Importance measure(Model model, AblationRequest request, Progress progress) {
    if (!request.metric().hasGradient()) {
      throw new HeadlightException(
          Kind.INPUT,
          "importance by gradient: %s is flat at the unchanged model; use loss, logit-diff or logprob"
              .formatted(request.metric()));
    }
    request.checkReading(model.spec());
    ModelSpec spec = model.spec();
    Set<HookName> names = new LinkedHashSet<>();
    for (int l = 0; l < spec.layers(); l++) {
      names.add(HookName.of(Site.Z, l));
    }
    double[] perToken = new double[spec.layers() * spec.heads()];
    double[] perBatch = new double[perToken.length];
    int tokens = 0;
    double count = request.sequences().size();
    for (int s = 0; s < count; s++) {
      // One at a time: the gradients of all sequences together may not fit into memory.
      SweepRequest one = one(request, s);
      GradientRun run =
          Gradients.run(model, one, names, progress.part(s / count, (s + 1) / count)).get(0);
      run.values().forEach((name, value) -> add(name, value, spec, perToken, perBatch));
      tokens += request.sequences().get(s).length;
    }
    divide(perToken, tokens);
    divide(perBatch, count);
    return new Importance(request.metric(), perToken, perBatch, false);
  }

  private static SweepRequest one(AblationRequest request, int s) {
    List<int[]> types =
        request.tokenTypes().isEmpty() ? List.of() : List.of(request.tokenTypes().get(s));
    return new SweepRequest(
            List.of(request.sequences().get(s)),
            types,
            List.of(Cell.of()),
            request.metric().read(request.answers().map(a -> a.only(s))))
        .withPictures(request.picturesOf(s));
  }

  private static void add(
      HookName name,
      GradientRun.Value value,
      ModelSpec spec,
      double[] perToken,
      double[] perBatch) {
    Tensor z = value.value();
    float[] gradient = value.gradient().data();
    for (int h = 0; h < spec.heads(); h++) {
      double all = 0;
      for (int p = 0; p < z.size(0); p++) {
        double token = 0;
        int from = (p * spec.heads() + h) * z.size(2);
        for (int i = from; i < from + z.size(2); i++) {
          token += (double) z.data()[i] * gradient[i];
        }
        perToken[name.layer() * spec.heads() + h] += Math.abs(token);
        all += token;
      }
      if (Double.isNaN(all)) {
        throw new HeadlightException(
            Kind.MODEL,
            "the gradient at %s is no number: the metric overflows on this prompt, or a weight is NaN; try a shorter prompt or another metric"
                .formatted(name));
      }
      perBatch[name.layer() * spec.heads() + h] += Math.abs(all);
    }
  }

  private static void divide(double[] values, double by) {
    for (int i = 0; i < values.length; i++) {
      values[i] /= by;
    }
  }

  /**
   * The same with each layer divided by its L2 norm, so that layers can be compared.
   *
   * @param layers of the model
   */
  public Importance normalisedByLayer(int layers) {
    return new Importance(metric, byLayer(perToken, layers), byLayer(perBatch, layers), true);
  }

  private static double[] byLayer(double[] values, int layers) {
    double[] all = values.clone();
    int heads = values.length / layers;
    for (int l = 0; l < layers; l++) {
      double[] layer = Arrays.copyOfRange(values, l * heads, (l + 1) * heads);
      double norm = Math.sqrt(Arrays.stream(layer).map(v -> v * v).sum()) + TINY;
      for (int h = 0; h < heads; h++) {
        all[l * heads + h] /= norm;
      }
    }
    return all;
  }

  /**
   * Rank correlation (Spearman) of a variant with what taking single heads away really did.
   *
   * @param variant {@link #perToken} or {@link #perBatch}, or another number a head
   * @param singles one run a head of the model, in order
   */
  public static double correlation(double[] variant, AblationResult singles) {
    double[] damage = singles.runs().stream().mapToDouble(r -> Math.abs(r.delta())).toArray();
    return RankCorrelation.spearman(variant, damage);
  }
}
