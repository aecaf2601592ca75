package dev.headlight.analysis.model;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.model.ModelSpec.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Models of a known shape with random weights, to measure speed without a download. */
public final class RandomModels {
  private RandomModels() {}

  /**
   * A model of a named shape: {@code gpt2-small}.
   *
   * @throws HeadlightException when the shape is not known
   */
  public static Model open(String shape, Device device) {
    if (!shape.equals("gpt2-small")) {
      throw new HeadlightException(
          Kind.INPUT, "no shape is called \"" + shape + "\"; there is gpt2-small");
    }
    NDManager manager = Engines.manager(device);
    ModelSpec spec = gpt2(12, 12, 768, 50257, 1024);
    return Model.of(shape, new Transformer(spec, weights(spec, manager)), manager);
  }

  /** GPT-2's form at any size. */
  public static ModelSpec gpt2(int layers, int heads, int width, int vocab, int positions) {
    LayerSpec layer = new LayerSpec(0, 1 / Math.sqrt((double) width / heads), Optional.empty());
    return ModelSpec.builder("gpt2", "GPT2LMHeadModel")
        .size(layers, width, vocab)
        .heads(heads, heads, width / heads)
        .maxPositions(positions)
        .learnedPositions(0)
        .tied(true)
        .layerNorm(1e-5)
        .mlp(4 * width, Activation.GELU_TANH)
        .layerSpecs(l -> layer)
        .build();
  }

  /** GPT-2's initial weights: normal with deviation 0.02, norms 1, biases 0. */
  public static ModelWeights weights(ModelSpec spec, NDManager manager) {
    int d = spec.width();
    List<LayerWeights> layers = new ArrayList<>();
    for (int l = 0; l < spec.layers(); l++) {
      layers.add(
          new LayerWeights(
              norm(manager, d),
              linear(manager, 3 * d, d),
              null,
              null,
              linear(manager, d, d),
              norm(manager, d),
              linear(manager, spec.mlp().inner(), d),
              linear(manager, d, spec.mlp().inner())));
    }
    Weight embedding = normal(manager, spec.vocab(), d);
    return new ModelWeights(
        embedding,
        normal(manager, spec.maxPositions(), d),
        layers,
        norm(manager, d),
        new Projection(embedding, null));
  }

  private static NormWeights norm(NDManager manager, int width) {
    return new NormWeights(manager.ones(new Shape(width)), manager.zeros(new Shape(width)));
  }

  private static Projection linear(NDManager manager, int out, int in) {
    return new Projection(normal(manager, out, in), manager.zeros(new Shape(out)));
  }

  private static Weight normal(NDManager manager, int rows, int columns) {
    return Weight.of(manager.randomNormal(0, 0.02f, new Shape(rows, columns), DataType.FLOAT32));
  }
}
