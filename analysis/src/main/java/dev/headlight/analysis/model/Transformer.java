package dev.headlight.analysis.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import dev.headlight.analysis.attention.Slices;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.run.Site;
import java.util.stream.IntStream;

/**
 * The forward pass of every decoder, driven by its {@link ModelSpec}: embedding, blocks, final
 * norm, unembedding. It knows neither files nor what is done with its values.
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
   * @return logits {@code [B, T, V]}, or {@code [B, 1, V]} when only the last row was asked for
   * @throws java.util.concurrent.CancellationException between blocks, when the progress is
   *     cancelled
   */
  public NDArray forward(PassInput input, Hooks hooks, Progress progress, NDManager owner) {
    try (NDManager manager = owner.newSubManager()) {
      PassState pass = new PassState(input, hooks, progress, manager);
      NDArray x = embed(input, pass, manager);
      for (int layer = 0; layer < spec.layers(); layer++) {
        progress.check();
        progress.report((double) layer / spec.layers(), "layer " + layer);
        x = scoped(layer, x, pass, manager);
      }
      NDArray logits = unembed(input, pass, x);
      if (input.cache() != null) {
        input.cache().advance(input.length());
      }
      logits.attach(owner);
      return logits;
    }
  }

  private NDArray embed(PassInput input, PassState pass, NDManager manager) {
    int[] ids = input.tokens().stream().flatMapToInt(IntStream::of).toArray();
    Shape shape = new Shape(input.tokens().size(), input.length());
    NDArray tokens = manager.create(ids, shape).toType(DataType.INT64, false);
    NDArray x = rows(weights.embedding(), tokens, manager);
    x = pass.hooks().at(Site.EMBED, -1, x);
    if (weights.positions() == null) {
      return x;
    }
    int first = pass.past() + spec.learnedPositions();
    NDArray rows = manager.arange(first, first + input.length()).toType(DataType.INT64, false);
    NDArray positions = rows(weights.positions(), rows, manager).expandDims(0);
    positions = pass.hooks().at(Site.POS_EMBED, -1, positions);
    return x.add(positions);
  }

  private static NDArray rows(NDArray table, NDArray ids, NDManager manager) {
    NDArray rows =
        ids.getNDArrayInternal().embedding(ids, table, SparseFormat.DENSE).singletonOrThrow();
    rows.attach(manager);
    return rows;
  }

  /** Runs a block so that its intermediate arrays are freed before the next one. */
  private NDArray scoped(int layer, NDArray x, PassState pass, NDManager manager) {
    try (NDManager scope = manager.newSubManager()) {
      x.attach(scope);
      NDArray out = block(layer, x, pass);
      out.attach(manager);
      return out;
    }
  }

  private NDArray block(int layer, NDArray input, PassState pass) {
    Hooks hooks = pass.hooks();
    LayerWeights w = weights.layers().get(layer);
    Attention attention = new Attention(spec, pass);
    NDArray x = hooks.at(Site.RESID_PRE, layer, input);
    NDArray normed =
        hooks.at(Site.LN1_NORMALIZED, layer, Norms.apply(spec.norm(), w.ln1(), x, pass.inPlace()));
    NDArray attnOut = attention.apply(layer, w, normed);
    attnOut = hooks.at(Site.ATTN_OUT, layer, attnOut);
    // The branch's output is fresh and already heard by the hooks: it takes the sum.
    NDArray mid = pass.inPlace() ? attnOut.addi(x) : x.add(attnOut);
    boolean serial = spec.form() == ModelSpec.BlockForm.SERIAL;
    if (serial) {
      mid = hooks.at(Site.RESID_MID, layer, mid);
    }
    NDArray second = Norms.apply(spec.norm(), w.ln2(), serial ? mid : x, pass.inPlace());
    second = hooks.at(Site.LN2_NORMALIZED, layer, second);
    NDArray mlpOut = FeedForward.apply(spec.mlp(), w, second, pass.inPlace());
    mlpOut = hooks.at(Site.MLP_OUT, layer, mlpOut);
    NDArray post = pass.inPlace() ? mlpOut.addi(mid) : mid.add(mlpOut);
    return hooks.at(Site.RESID_POST, layer, post);
  }

  private NDArray unembed(PassInput input, PassState pass, NDArray x) {
    boolean all = input.allLogits() || pass.hooks().wants(Site.LN_FINAL, -1);
    NDArray kept = all ? x : lastRow(x);
    NDArray normed = Norms.apply(spec.norm(), weights.finalNorm(), kept, pass.inPlace());
    normed = pass.hooks().at(Site.LN_FINAL, -1, normed);
    if (all && !input.allLogits()) {
      normed = lastRow(normed);
    }
    return pass.hooks().at(Site.LOGITS, -1, weights.unembedding().apply(normed));
  }

  private static NDArray lastRow(NDArray x) {
    long length = x.getShape().get(1);
    return Slices.range(x, 1, length - 1, length);
  }
}
