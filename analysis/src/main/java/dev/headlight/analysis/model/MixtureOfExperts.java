package dev.headlight.analysis.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import dev.headlight.analysis.run.Site;
import java.util.Arrays;

/**
 * Sends each token to a few of many MLPs (Shazeer et al. 2017). Each expert computes the tokens
 * that were sent to it and no others.
 */
final class MixtureOfExperts {
  private final ModelSpec spec;
  private final PassState pass;

  MixtureOfExperts(ModelSpec spec, PassState pass) {
    this.spec = spec;
    this.pass = pass;
  }

  /** {@code x [B, T, d]} to {@code [B, T, d]}. */
  NDArray apply(int layer, ExpertWeights weights, NDArray x) {
    LayerSpec.Experts mixture = spec.layer(layer).experts().orElseThrow();
    NDArray logits = pass.hooks().at(Site.ROUTER_LOGITS, layer, weights.router().apply(x));
    long rows = x.getShape().get(0) * x.getShape().get(1);
    NDList best =
        logits.softmax(-1).reshape(rows, mixture.count()).topK(mixture.topK(), 1, true, true);
    NDArray shares = best.get(0);
    if (mixture.renormalised()) {
      shares = shares.div(shares.sum(new int[] {1}, true));
    }
    NDArray outputs = outputs(weights, x.reshape(rows, spec.width()), best.get(1), mixture);
    NDArray sum = outputs.mul(shares.expandDims(2)).sum(new int[] {1}).reshape(x.getShape());
    return weights.shared() == null ? sum : sum.add(shared(weights, x));
  }

  /** What each token's experts say, {@code [rows, topK, d]}. */
  private NDArray outputs(
      ExpertWeights weights, NDArray x, NDArray chosen, LayerSpec.Experts mixture) {
    NDManager manager = x.getManager();
    long[] choice = chosen.toLongArray();
    int[] place = new int[choice.length];
    NDList parts = new NDList();
    int done = 0;
    for (int expert = 0; expert < mixture.count(); expert++) {
      int[] tokens = new int[choice.length];
      int count = 0;
      for (int i = 0; i < choice.length; i++) {
        if (choice[i] == expert) {
          place[i] = done + count;
          tokens[count++] = i / mixture.topK();
        }
      }
      if (count > 0) {
        int[] sent = Arrays.copyOf(tokens, count);
        NDArray part = Gather.rows(x, sent, new Shape(count), manager);
        parts.add(
            FeedForward.apply(spec.mlp(), weights.experts().get(expert), part, pass.inPlace()));
        done += count;
      }
    }
    NDArray all = parts.size() == 1 ? parts.get(0) : NDArrays.concat(parts, 0);
    Shape shape = new Shape(choice.length / mixture.topK(), mixture.topK());
    return Gather.rows(all, place, shape, manager);
  }

  private NDArray shared(ExpertWeights weights, NDArray x) {
    NDArray out = FeedForward.apply(spec.mlp(), weights.shared(), x, pass.inPlace());
    return out.mul(Activation.sigmoid(weights.sharedGate().apply(x)));
  }
}
