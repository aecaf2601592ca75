package dev.headlight.analysis.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.headlight.analysis.job.Progress;

/**
 * The forward pass of every family, driven by its {@link ModelSpec}: embedding, blocks, final norm,
 * unembedding. It knows neither files nor what is done with its values.
 */
public final class Transformer {
  private final ModelSpec spec;
  private final ModelWeights weights;

  /** A transformer of this shape with these parameters, which stay the caller's. */
  public Transformer(ModelSpec spec, ModelWeights weights) {
    this.spec = spec;
    this.weights = weights;
  }

  /** The model's shape. */
  public ModelSpec spec() {
    return spec;
  }

  /** The model's parameters. */
  public ModelWeights weights() {
    return weights;
  }

  /**
   * Runs the prompts of a batch.
   *
   * @param owner owner of the result; everything else is freed on return
   * @return logits {@code [B, T, V]}, or {@code [B, 1, V]} when only the last row was asked for;
   *     {@code [B, 1, 0]} of a model without an unembedding
   * @throws java.util.concurrent.CancellationException between blocks, when the progress is
   *     cancelled
   */
  public NDArray forward(PassInput input, Hooks hooks, Progress progress, NDManager owner) {
    try (NDManager manager = owner.newSubManager()) {
      PassState pass = new PassState(input, hooks, progress, manager);
      NDArray x = new EmbeddingLayer(spec, weights.embedding(), pass, manager).apply(input);
      for (int layer = 0; layer < spec.layers(); layer++) {
        progress.check();
        progress.report((double) layer / spec.layers(), "layer " + layer);
        x = scoped(layer, x, pass, manager);
      }
      NDArray logits = new Unembedding(spec, weights, pass).apply(input, x);
      if (input.cache() != null) {
        input.cache().advance(input.length());
      }
      logits.attach(owner);
      return logits;
    }
  }

  /** Runs a block so that its intermediate arrays are freed before the next one. */
  private NDArray scoped(int layer, NDArray x, PassState pass, NDManager manager) {
    try (NDManager scope = manager.newSubManager()) {
      x.attach(scope);
      NDArray out = new Block(spec, pass).apply(layer, weights.layers().get(layer), x);
      out.attach(manager);
      return out;
    }
  }
}
