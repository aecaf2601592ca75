package dev.headlight.analysis.circuit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Hooks;
import dev.headlight.analysis.model.HostMemory;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.Projection;
import dev.headlight.analysis.run.HookName;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.run.Site;
import dev.headlight.analysis.run.Sites;
import dev.headlight.analysis.run.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The logit lens (nostalgebraist 2020): what the model would say if the stream at the last position
 * went from each layer straight to the final norm and the unembedding. The norm's scale is
 * {@linkplain #NORM recomputed} for each layer's stream.
 *
 * @param layers the stream entering each block, and last what leaves the last one
 */
public record LogitLens(List<Layer> layers) {
  /** Which scale the final norm has. */
  public static final String NORM = "final norm recomputed for each layer's stream";

  /** Copies the list. */
  public LogitLens {
    layers = List.copyOf(layers);
  }

  /**
   * What one layer's stream says.
   *
   * @param layer the block that it enters; the number of blocks for what leaves the last
   * @param logitDiff logit of the answer less that of the wrong one
   * @param next most likely tokens, the likeliest first
   */
  public record Layer(int layer, double logitDiff, List<Candidate> next) {
    /** Copies the list. */
    public Layer {
      next = List.copyOf(next);
    }
  }

  /**
   * A token that may come next.
   *
   * @param id its id
   * @param probability 0 to 1
   */
  public record Candidate(int id, double probability) {}

  /**
   * Reads every layer.
   *
   * @param prompt one, with its pictures
   * @param count how many of the likeliest tokens are told
   * @throws dev.headlight.analysis.HeadlightException when the model has no logits
   */
  public static LogitLens of(
      Model model, RunRequest prompt, int answer, int wrong, int count, Progress progress) {
    ModelSpec spec = model.spec();
    Sites.require(spec, Site.LOGITS);
    Site leaving =
        spec.form() == ModelSpec.BlockForm.POST_NORM ? Site.NORMALIZED_RESID_POST : Site.RESID_POST;
    List<Layer> layers = new ArrayList<>();
    RunRequest request = prompt.withSites(Site.RESID_PRE, leaving);
    try (Run run = model.run(request, progress).get(0)) {
      for (int l = 0; l <= spec.layers(); l++) {
        boolean end = l == spec.layers();
        Tensor value = run.get(end ? HookName.of(leaving, l - 1) : HookName.of(Site.RESID_PRE, l));
        float[] row = value.slice(value.size(0) - 1).data();
        float[] logits = read(model, end ? row : leaving(model, row));
        double difference = logits[answer] - (double) logits[wrong];
        layers.add(new Layer(l, difference, likeliest(logits, count)));
      }
    }
    return new LogitLens(layers);
  }

  /** A row as it would leave the last block: projected, where the family does so (OPT-350M). */
  private static float[] leaving(Model model, float[] row) {
    Projection leave =
        model.transformer().weights().layers().get(model.spec().layers() - 1).leave();
    if (leave == null) {
      return row;
    }
    float[] weight = DirectLogits.matrix(model, leave.weight());
    double[] mapped = DirectLogits.product(weight, StreamParts.doubles(row));
    float[] bias = leave.bias() == null ? null : HostMemory.copy(leave.bias());
    float[] result = new float[mapped.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) (mapped[i] + (bias == null ? 0 : bias[i]));
    }
    return result;
  }

  private static float[] read(Model model, float[] row) {
    try (NDManager scope = model.newScope()) {
      NDArray x = HostMemory.array(row, new Shape(1, 1, row.length), scope);
      return HostMemory.copy(model.transformer().logits(x, new int[0], Hooks.NONE, scope));
    }
  }

  private static List<Candidate> likeliest(float[] logits, int count) {
    double max = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      max = Math.max(max, logit);
    }
    double total = 0;
    PriorityQueue<Integer> best =
        new PriorityQueue<>(Comparator.comparingDouble((Integer i) -> logits[i]));
    for (int i = 0; i < logits.length; i++) {
      total += Math.exp(logits[i] - max);
      best.add(i);
      if (best.size() > count) {
        best.remove();
      }
    }
    List<Candidate> all = new ArrayList<>();
    for (int i : best) {
      all.add(new Candidate(i, Math.exp(logits[i] - max) / total));
    }
    all.sort(Comparator.comparingDouble(c -> -c.probability()));
    return all;
  }
}
