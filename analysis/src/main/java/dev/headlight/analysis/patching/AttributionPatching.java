package dev.headlight.analysis.patching;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.pairs.TokenPair;
import dev.headlight.analysis.run.GradientRun;
import dev.headlight.analysis.run.HookName;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.run.Site;
import dev.headlight.analysis.run.Sites;
import dev.headlight.analysis.run.Tensor;
import dev.headlight.analysis.sweep.Cell;
import dev.headlight.analysis.sweep.Gradients;
import dev.headlight.analysis.sweep.SweepRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Attribution patching (Nanda 2023; Syed et al. 2023): every cell of a patching map to first order,
 * from one pass over each prompt and one backward pass. Poor where the step is large, a softmax is
 * saturated or a norm turns the direction; {@link Verification} holds cells against real passes.
 */
public final class AttributionPatching {
  private AttributionPatching() {}

  /**
   * Estimates every cell: Σ ∂m/∂a · (a_source − a_changed) over the cell, in logits, with the
   * gradient at the prompt that is changed.
   *
   * @throws HeadlightException when the model lacks the site or cannot read a prompt, or when a
   *     gradient is not a number
   */
  public static PatchMap run(Model model, PatchRequest request, Progress progress) {
    Sites.require(model.spec(), request.site());
    Contrast.checkAnswers(model.spec(), request.pair());
    GradientRun changed = gradients(model, request, progress.part(0, 0.7));
    RunRequest source = request.direction().sourcePrompt(request.pair()).withSites(request.site());
    Contrast contrast;
    Map<Integer, Effects> effects = new TreeMap<>();
    try (Run run = model.run(source, progress.part(0.7, 1)).get(0)) {
      contrast = contrast(request, changed.objective(), run.logits(-1));
      changed
          .values()
          .forEach((name, v) -> effects.put(name.layer(), Effects.of(name, v, run.get(name))));
    }
    List<PatchCell> cells = request.cells(model.spec());
    double[] values =
        cells.stream()
            .mapToDouble(c -> effects.get(c.layer()).sum(c.head(), request.positions(c)))
            .toArray();
    return new PatchMap(request, PatchMap.Method.ATTRIBUTION, contrast, cells, values);
  }

  /** From what both passes say anyway. */
  private static Contrast contrast(PatchRequest request, double changed, float[] logits) {
    TokenPair pair = request.pair();
    double source = logits[pair.answer()[0]] - (double) logits[pair.wrong()[0]];
    return request.direction() == Direction.DENOISING
        ? new Contrast(source, changed)
        : new Contrast(changed, source);
  }

  private static GradientRun gradients(Model model, PatchRequest request, Progress progress) {
    SweepRequest sweep =
        new SweepRequest(
                List.of(request.direction().changed(request.pair())),
                List.of(Cell.of()),
                TokenPair.logitDiff(List.of(request.pair())))
            .withPictures(request.direction().changedPictures(request.pair()));
    return Gradients.run(
            model,
            sweep,
            IntStream.range(0, model.spec().layers())
                .mapToObj(l -> HookName.of(request.site(), l))
                .collect(Collectors.toSet()),
            progress)
        .get(0);
  }

  /**
   * First-order effects of a layer.
   *
   * @param effects by head (or group, or 0) and position
   */
  private record Effects(double[][] effects) {
    static Effects of(HookName name, GradientRun.Value value, Tensor source) {
      boolean pattern = name.site().scope() == Site.Scope.PATTERN;
      int[] shape = source.shape();
      int positions = pattern ? shape[1] : shape[0];
      int slices = pattern ? shape[0] : shape.length == 3 ? shape[1] : 1;
      int width = source.data().length / positions / slices;
      double[][] sums = new double[slices][positions];
      for (int s = 0; s < slices; s++) {
        for (int p = 0; p < positions; p++) {
          int from = (pattern ? s * positions + p : p * slices + s) * width;
          sums[s][p] = dot(value, source, from, width);
          if (!Double.isFinite(sums[s][p])) {
            throw new HeadlightException(
                Kind.MODEL,
                "the gradient at "
                    + name
                    + ", position "
                    + p
                    + ", is not a finite number, so there is no first-order estimate; use exact patching");
          }
        }
      }
      return new Effects(sums);
    }

    private static double dot(GradientRun.Value value, Tensor source, int from, int width) {
      float[] gradient = value.gradient().data();
      float[] here = value.value().data();
      double sum = 0;
      for (int i = from; i < from + width; i++) {
        sum += (double) gradient[i] * (source.data()[i] - (double) here[i]);
      }
      return sum;
    }

    double sum(int head, List<Integer> positions) {
      double sum = 0;
      for (int h = Math.max(0, head); h < (head < 0 ? effects.length : head + 1); h++) {
        for (int p : positions) {
          sum += effects[h][p];
        }
      }
      return sum;
    }
  }
}
