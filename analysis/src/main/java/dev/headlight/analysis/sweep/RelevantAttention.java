package dev.headlight.analysis.sweep;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.FreeMemory;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.PassInput;
import dev.headlight.analysis.model.Transformer;
import dev.headlight.analysis.run.GradientHooks;
import dev.headlight.analysis.run.HookName;
import dev.headlight.analysis.run.PreparedEdits;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.run.Site;
import dev.headlight.analysis.run.Substitutes;
import dev.headlight.analysis.run.Tensor;
import java.util.Set;

/**
 * What of every layer's attention speaks for an answer: {@code Ā = mean over heads of ReLU(∂y/∂A ∘
 * A)} (Chefer et al. 2021), y the logarithm of the answer's probability. One layer at a time, from
 * the last: each block is computed again from what entered it, so that only one layer's maps are
 * kept for the backward pass (gradient checkpointing, Chen et al. 2016).
 */
public final class RelevantAttention {
  /** Maps of a layer alive at a time: pattern, zeros, their sum, and the gradient. */
  private static final int MAPS = 4;

  /** What the engine and Java take besides, whatever the prompt. */
  private static final long BESIDES = 100L << 20;

  private static final double GIGA = 1e9;

  private final Transformer transformer;
  private final PassInput recorded;
  private final PreparedEdits changes;
  private final NDManager scope;

  private RelevantAttention(
      Transformer transformer, PassInput recorded, PreparedEdits changes, NDManager scope) {
    this.transformer = transformer;
    this.recorded = recorded;
    this.changes = changes;
    this.scope = scope;
  }

  /** Hears the layers. */
  public interface Listener {
    /**
     * A layer, the last first.
     *
     * @param attention Ā, {@code [T, T]}, 0 or more, in nats
     */
    void layer(int layer, Tensor attention);
  }

  /**
   * Bytes that this takes above the weights, about.
   *
   * @param length tokens of the prompt
   */
  public static long bytes(ModelSpec spec, int length) {
    double maps = (double) MAPS * spec.heads() * length * length;
    double mean = 2.0 * length * length;
    double streams = (spec.layers() + 12.0) * spec.width() * length;
    double inner = 6.0 * spec.mlp().inner() * length;
    return BESIDES + (long) (Float.BYTES * (maps + mean + streams + inner));
  }

  /**
   * Follows an answer through the layers.
   *
   * @param prompt one prompt, with its pictures and the changes in force
   * @param answer id of the token whose probability after the prompt is meant
   * @throws HeadlightException when the prompt does not fit the model, or memory does not suffice
   * @throws java.util.concurrent.CancellationException when the progress was cancelled
   */
  public static void run(
      Model model, RunRequest prompt, int answer, Listener listener, Progress progress) {
    int length = prompt.sequences().get(0).length;
    requireRoom(model, length);
    model.guarded(
        () -> {
          PreparedEdits changes =
              model.runner().prepare(prompt, Substitutes.OWN, progress.part(0, 0.05));
          try (NDManager scope = model.newScope()) {
            PassInput seen =
                model.runner().read(prompt, 0, Integer.MAX_VALUE, scope, progress.part(0.05, 0.1));
            new RelevantAttention(model.transformer(), recorded(seen), changes, scope)
                .follow(seen, answer, listener, progress.part(0.1, 1));
            return null;
          }
        });
  }

  private static void requireRoom(Model model, int length) {
    long needed = bytes(model.spec(), length);
    long free = FreeMemory.bytes();
    if (model.device().equals("cpu") && needed > free) {
      throw new HeadlightException(
          Kind.INPUT,
          "relevancy over %d tokens takes about %.1f GB, %.1f GB are free; take a smaller picture or a shorter prompt."
              .formatted(length, needed / GIGA, free / GIGA));
    }
  }

  private static PassInput recorded(PassInput seen) {
    return new PassInput(
        seen.tokens(),
        seen.tokenTypes(),
        null,
        false,
        Integer.MAX_VALUE,
        true,
        seen.pictures(),
        seen.hidden());
  }

  private void follow(PassInput seen, int answer, Listener listener, Progress progress) {
    NDList streams =
        transformer.streams(seen, hooks(Set.of(), scope), progress.part(0, 0.25), scope);
    int layers = transformer.spec().layers();
    NDArray upstream = ofAnswer(streams.get(layers), answer);
    Progress back = progress.part(0.25, 1);
    for (int layer = layers - 1; layer >= 0; layer--) {
      back.check();
      back.report((layers - 1.0 - layer) / layers, "layer " + layer);
      NDArray entering = below(layer, streams.get(layer), upstream, listener);
      upstream.close();
      streams.get(layer + 1).close();
      upstream = entering;
    }
  }

  private GradientHooks hooks(Set<HookName> names, NDManager keeper) {
    return new GradientHooks(names, changes, recorded.length(), keeper);
  }

  /** The gradient with respect to what leaves the last block. */
  private NDArray ofAnswer(NDArray stream, int answer) {
    try (NDManager step = scope.newSubManager();
        GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      NDArray x = leaf(stream, step);
      NDArray logits = transformer.unembedded(x, recorded, hooks(Set.of(), step), step);
      collector.backward(logits.reshape(-1).logSoftmax(0).get(answer));
      return gradient(x);
    }
  }

  /** The gradient with respect to what enters a block, from that of what leaves it. */
  private NDArray below(int layer, NDArray stream, NDArray upstream, Listener listener) {
    HookName pattern = HookName.of(Site.PATTERN, layer);
    try (NDManager step = scope.newSubManager();
        GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      GradientHooks hooks = hooks(Set.of(pattern), step);
      NDArray x = leaf(stream, step);
      NDArray out = transformer.block(layer, x, recorded, hooks, step);
      collector.backward(out.mul(upstream).sum());
      listener.layer(layer, hooks.positive(pattern));
      return gradient(x);
    }
  }

  private static NDArray leaf(NDArray stream, NDManager step) {
    NDArray x = stream.duplicate();
    x.attach(step);
    x.setRequiresGradient(true);
    return x;
  }

  private NDArray gradient(NDArray x) {
    NDArray copy = x.getGradient().duplicate();
    copy.attach(scope);
    return copy;
  }
}
