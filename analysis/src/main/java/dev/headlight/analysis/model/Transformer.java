package dev.headlight.analysis.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.headlight.analysis.job.Progress;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
      PassState pass = new PassState(spec, input, hooks, progress, manager);
      NDArray x = embedded(input, pass, manager);
      x = blocks(0, x, null, pass, manager);
      NDArray logits = new Unembedding(spec, weights, pass).apply(x, input.allLogits());
      if (input.cache() != null) {
        input.cache().advance(input.length(), pass.frame().shift());
      }
      logits.attach(owner);
      return logits;
    }
  }

  /**
   * Runs the prompts of a batch up to the last block.
   *
   * @param owner owner of the result; everything else is freed on return
   * @return what leaves the last block, {@code [B, rows, d]}: the rows of the input's tail
   * @throws java.util.concurrent.CancellationException between blocks, when the progress is
   *     cancelled
   */
  public NDArray stream(PassInput input, Hooks hooks, Progress progress, NDManager owner) {
    try (NDManager manager = owner.newSubManager()) {
      PassState pass = new PassState(spec, input, hooks, progress, manager);
      NDArray x = embedded(input, pass, manager);
      x = blocks(0, x, null, pass, manager);
      x.attach(owner);
      return x;
    }
  }

  /**
   * Goes on at a block.
   *
   * @param owner owner of the result; everything else is freed on return
   * @return what leaves the last block, {@code [B, rows, d]}: the rows of the start's tail
   * @throws java.util.concurrent.CancellationException between blocks, when the progress is
   *     cancelled
   */
  public NDArray resume(PassStart start, Hooks hooks, Progress progress, NDManager owner) {
    try (NDManager manager = owner.newSubManager()) {
      PassState pass = new PassState(spec, start, hooks, progress, manager);
      NDArray x = blocks(start.layer(), start.x(), start.z(), pass, manager);
      x.attach(owner);
      return x;
    }
  }

  /**
   * Runs the prompts of a batch and keeps the residual stream at some blocks.
   *
   * @param at blocks whose input is kept; the number of blocks for what leaves the last, behind the
   *     final norm where there is one
   * @param whole whether blocks run that no kept state needs
   * @param owner owner of the result; everything else is freed on return
   * @return {@code [B, T, d]} each, in the order asked for
   * @throws java.util.concurrent.CancellationException between blocks, when the progress is
   *     cancelled
   */
  NDList states(
      PassInput input,
      List<Integer> at,
      boolean whole,
      Hooks hooks,
      Progress progress,
      NDManager owner) {
    int end = whole ? spec.layers() : Collections.max(at);
    Map<Integer, NDArray> kept = new HashMap<>();
    try (NDManager manager = owner.newSubManager()) {
      PassState pass = new PassState(spec, input, hooks, progress, manager);
      NDArray x = embedded(input, pass, manager);
      for (int layer = 0; layer < end; layer++) {
        if (at.contains(layer)) {
          // A copy through which gradients flow: the block takes its input.
          kept.put(layer, x.add(0));
        }
        pass.progress().check();
        x = scoped(layer, x, null, pass, manager);
      }
      kept.put(end, end < spec.layers() ? x : new Unembedding(spec, weights, pass).normed(x));
      NDList states = new NDList();
      at.forEach(layer -> states.add(kept.get(layer)));
      states.attach(owner);
      return states;
    }
  }

  /**
   * Runs the prompts of a batch and keeps the residual stream between the blocks.
   *
   * @param owner owner of the result; everything else is freed on return
   * @return what enters each block, and behind it what leaves the last, before the final norm;
   *     {@code [B, T, d]} each
   * @throws java.util.concurrent.CancellationException between blocks, when the progress is
   *     cancelled
   */
  public NDList streams(PassInput input, Hooks hooks, Progress progress, NDManager owner) {
    NDList kept = new NDList();
    try (NDManager manager = owner.newSubManager()) {
      PassState pass = new PassState(spec, input, hooks, progress, manager);
      NDArray x = embedded(input, pass, manager);
      for (int layer = 0; layer < spec.layers(); layer++) {
        progress.check();
        progress.report((double) layer / spec.layers(), "layer " + layer);
        // A copy: the block takes its input.
        kept.add(x.duplicate());
        x = scoped(layer, x, null, pass, manager);
      }
      kept.add(x);
      kept.attach(owner);
      return kept;
    }
  }

  /**
   * Runs one block.
   *
   * @param x what enters it, {@code [B, T, d]}; left alone
   * @param input of the whole pass; where it asks for gradients, they flow through this block
   * @param owner owner of the result; everything else is freed on return
   * @return what leaves it, {@code [B, T, d]}; of the last block the rows of the input's tail
   */
  public NDArray block(int layer, NDArray x, PassInput input, Hooks hooks, NDManager owner) {
    try (NDManager manager = owner.newSubManager()) {
      PassState pass = new PassState(spec, input, hooks, Progress.NONE, manager);
      // Not the engine's duplicate, which cuts gradients off.
      NDArray copy = x.add(0);
      copy.attach(manager);
      NDArray out = scoped(layer, copy, null, pass, manager);
      out.attach(owner);
      return out;
    }
  }

  /**
   * Logits of what left the last block.
   *
   * @param x {@code [B, T, d]}; left alone
   * @param input of the whole pass; where it asks for gradients, they flow through
   * @param owner owner of the result; everything else is freed on return
   * @return as {@link #forward}
   */
  public NDArray unembedded(NDArray x, PassInput input, Hooks hooks, NDManager owner) {
    try (NDManager manager = owner.newSubManager()) {
      PassState pass = new PassState(spec, input, hooks, Progress.NONE, manager);
      NDArray copy = x.add(0);
      copy.attach(manager);
      NDArray logits = new Unembedding(spec, weights, pass).apply(copy, input.allLogits());
      logits.attach(owner);
      return logits;
    }
  }

  /** The residual stream that enters the first block. */
  private NDArray embedded(PassInput input, PassState pass, NDManager manager) {
    PassInput seen = input;
    if (input.pictures() != null && spec.vision().filter(VisionSpec::inPrompt).isPresent()) {
      seen = input.with(features(input, pass, manager));
    }
    return new EmbeddingLayer(spec, weights.embedding(), pass, manager).apply(seen);
  }

  private PassPictures features(PassInput input, PassState pass, NDManager manager) {
    PassPictures pictures = input.pictures();
    if (pictures.features() != null) {
      return pictures;
    }
    VisionSpec vision = spec.vision().orElseThrow();
    PassInput alone = PassInput.ofPictures(vision.tower(), pictures.alone(), input.gradients());
    VisionTower tower = new VisionTower(vision, weights.vision());
    return pictures.withFeatures(
        tower.features(alone, false, Hooks.NONE, pass.progress().silent(), manager));
  }

  /**
   * Logits of rows of the residual stream that left the last block.
   *
   * @param x {@code [B, rows, d]}
   * @param columns ids whose logits are computed; all when empty
   * @param owner owner of the result
   * @return {@code [B, rows, V]}, or {@code [B, rows, columns]}
   */
  public NDArray logits(NDArray x, int[] columns, Hooks hooks, NDManager owner) {
    try (NDManager manager = owner.newSubManager()) {
      PassStart rows = new PassStart(spec.layers(), x, null, Past.NONE, Integer.MAX_VALUE);
      PassState pass = new PassState(spec, rows, hooks, Progress.NONE, manager);
      NDArray view = x.get(":");
      view.attach(manager);
      NDArray logits = new Unembedding(spec, weights, pass).columns(view, columns);
      logits.attach(owner);
      return logits;
    }
  }

  private NDArray blocks(int first, NDArray input, NDArray z, PassState pass, NDManager manager) {
    NDArray x = input;
    for (int layer = first; layer < spec.layers(); layer++) {
      pass.progress().check();
      pass.progress().report((double) layer / spec.layers(), "layer " + layer);
      x = scoped(layer, x, layer == first ? z : null, pass, manager);
    }
    return x;
  }

  /** Runs a block so that its intermediate arrays are freed before the next one. */
  private NDArray scoped(int layer, NDArray x, NDArray z, PassState pass, NDManager manager) {
    try (NDManager scope = manager.newSubManager()) {
      x.attach(scope);
      NDArray out = new Block(spec, pass).apply(layer, weights.layers().get(layer), x, z);
      out.attach(manager);
      return out;
    }
  }
}
