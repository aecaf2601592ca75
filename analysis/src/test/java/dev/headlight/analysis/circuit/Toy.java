package dev.headlight.analysis.circuit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.headlight.analysis.Parity;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.HostMemory;
import dev.headlight.analysis.model.LayerSpec;
import dev.headlight.analysis.model.LayerWeights;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.ModelSpec.Activation;
import dev.headlight.analysis.model.ModelWeights;
import dev.headlight.analysis.model.NormWeights;
import dev.headlight.analysis.model.Projection;
import dev.headlight.analysis.model.RopeScaling;
import dev.headlight.analysis.model.Rotary;
import dev.headlight.analysis.model.Transformer;
import dev.headlight.analysis.model.Weight;
import dev.headlight.analysis.pairs.TokenPair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Models of two blocks whose first-order effects are known. Token 6 is token 5 a little moved, and
 * logits are large: so what a patch does is small beside the values and large to read.
 */
final class Toy {
  private static final int WIDTH = 16;
  private static final int HEADS = 4;
  private static final int GROUPS = 2;
  private static final int HEAD_WIDTH = 4;
  private static final int INNER = 24;
  private static final int VOCAB = 12;

  static final TokenPair PAIR =
      new TokenPair(
          new int[] {1, 5, 3, 8, 2}, new int[] {1, 6, 3, 8, 2}, new int[] {4}, new int[] {7});

  private final NDManager manager;
  private final Random random = new Random(11);

  private Toy(NDManager manager) {
    this.manager = manager;
  }

  /** Runs something on a model of a fixture's folder. */
  interface Work {
    void on(Model model);
  }

  static void on(String family, Work work) {
    try (Model model = Model.open(Parity.folder(family), Progress.NONE)) {
      int before = model.liveArrays();
      work.on(model);
      if (model.liveArrays() != before) {
        throw new AssertionError(family + ": arrays are left behind");
      }
    }
  }

  /** Grouped heads, rotation, RMS norms and a gated MLP; the two prompts are near each other. */
  static Model nearlyLinear() {
    return make(0.02f, 200, false);
  }

  /** No norms, no queries and an MLP that is always on: a sum of products of weights. */
  static Model linear() {
    return make(1, 4, true);
  }

  private static Model make(float apart, float loud, boolean linear) {
    NDManager manager = NDManager.newBaseManager("PyTorch");
    Toy toy = new Toy(manager);
    ModelSpec spec = spec(linear);
    List<LayerWeights> layers = new ArrayList<>();
    for (int l = 0; l < spec.layers(); l++) {
      layers.add(toy.layer(linear));
    }
    ModelWeights weights =
        new ModelWeights(
            Weight.of(toy.embedding(apart)),
            null,
            layers,
            linear ? null : toy.norm(),
            new Projection(Weight.of(toy.normal(loud, VOCAB, WIDTH)), null));
    return Model.of("toy", new Transformer(spec, weights), manager);
  }

  private static ModelSpec spec(boolean linear) {
    Rotary rotary = new Rotary(HEAD_WIDTH, 10_000, false, new RopeScaling.None());
    LayerSpec layer = new LayerSpec(0, 0.5, Optional.of(rotary));
    var builder =
        ModelSpec.builder("toy", "ToyForCausalLM")
            .size(2, WIDTH, VOCAB)
            .heads(HEADS, GROUPS, HEAD_WIDTH)
            .maxPositions(32)
            .rmsNorm(1e-5)
            .layerSpecs(l -> layer);
    return linear
        ? builder.mlp(INNER, Activation.RELU).build()
        : builder.gatedMlp(INNER, Activation.SILU).build();
  }

  private LayerWeights layer(boolean linear) {
    int queries = HEADS * HEAD_WIDTH;
    int rows = queries + 2 * GROUPS * HEAD_WIDTH;
    float[] qkv = values(0.4f, rows * WIDTH);
    if (linear) {
      // Without queries attention is even, whatever the keys are.
      Arrays.fill(qkv, 0, queries * WIDTH, 0);
    }
    float[] always = new float[INNER];
    Arrays.fill(always, 100);
    NDArray bias = linear ? array(always, INNER) : null;
    int up = linear ? INNER : 2 * INNER;
    return new LayerWeights(
        linear ? null : norm(),
        new Projection(Weight.of(array(qkv, rows, WIDTH)), null),
        null,
        null,
        new Projection(Weight.of(normal(0.4f, WIDTH, queries)), null),
        linear ? null : norm(),
        new Projection(Weight.of(normal(0.4f, up, WIDTH)), bias),
        new Projection(Weight.of(normal(0.3f, WIDTH, INNER)), null));
  }

  private NDArray embedding(float apart) {
    float[] all = values(1, VOCAB * WIDTH);
    for (int i = 0; i < WIDTH; i++) {
      all[6 * WIDTH + i] = all[5 * WIDTH + i] + apart * all[6 * WIDTH + i];
    }
    return array(all, VOCAB, WIDTH);
  }

  private NormWeights norm() {
    float[] gain = values(0.2f, WIDTH);
    for (int i = 0; i < gain.length; i++) {
      gain[i]++;
    }
    return new NormWeights(array(gain, WIDTH), null);
  }

  private NDArray normal(float deviation, int rows, int columns) {
    return array(values(deviation, rows * columns), rows, columns);
  }

  private float[] values(float deviation, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = deviation * (float) random.nextGaussian();
    }
    return values;
  }

  private NDArray array(float[] values, long... shape) {
    return HostMemory.array(values, new Shape(shape), manager);
  }
}
