package dev.headlight.analysis.model;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.image.PatchGrid;
import dev.headlight.analysis.model.ModelSpec.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Models of a known shape with random weights, to measure speed without a download. */
public final class RandomModels {
  private RandomModels() {}

  /**
   * A model of a named shape: {@code gpt2-small} or {@code smollm2-135m}.
   *
   * @throws HeadlightException when the shape is not known
   */
  public static Model open(String shape, Device device) {
    return open(shape, spec(shape), device);
  }

  /** A model of any shape that {@link #weights} can fill. */
  public static Model open(String name, ModelSpec spec, Device device) {
    NDManager manager = Engines.manager(device);
    return Model.of(name, new Transformer(spec, weights(spec, manager)), manager);
  }

  /**
   * A named shape.
   *
   * @throws HeadlightException when the shape is not known
   */
  public static ModelSpec spec(String shape) {
    return switch (shape) {
      case "gpt2-small" -> gpt2(12, 12, 768, 50257, 1024);
      case "smollm2-135m" -> smollm2();
      default ->
          throw new HeadlightException(
              Kind.INPUT,
              "no shape is called \"" + shape + "\"; there are gpt2-small and smollm2-135m");
    };
  }

  /** SmolLM2-135M: grouped heads, rotary positions, gated MLP. */
  private static ModelSpec smollm2() {
    Rotary rotary = new Rotary(64, 100_000, false, new RopeScaling.None());
    LayerSpec layer = new LayerSpec(0, 0.125, Optional.of(rotary));
    return ModelSpec.builder("llama", "LlamaForCausalLM")
        .size(30, 576, 49152)
        .heads(9, 3, 64)
        .maxPositions(8192)
        .tied(true)
        .rmsNorm(1e-5)
        .gatedMlp(1536, Activation.SILU)
        .layerSpecs(l -> layer)
        .build();
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

  /**
   * SmolLM2-135M behind a tower of ViT-B/16's size (12 blocks of 12 heads, width 768) that makes
   * 576 image tokens of a picture of 384 pixels a side, through two projections.
   */
  public static Model seeing(Device device) {
    ModelSpec tower =
        ModelSpec.builder("siglip_vision_model", "SiglipVisionModel")
            .size(12, 768, 0)
            .heads(12, 12, 64)
            .maxPositions(Integer.MAX_VALUE)
            .layerNorm(1e-6)
            .mlp(3072, Activation.GELU_TANH)
            .layerSpecs(l -> new LayerSpec(0, 0.125, Optional.empty()))
            .patches(new PatchSpec(3, 16, new PatchGrid(24, 24), 0, 0))
            .learnedPositions(0)
            .output(ModelSpec.Output.NONE)
            .build();
    return seeing("smollm2-135m behind vit-b/16", smollm2(), tower, device);
  }

  /** A language model behind a tower, whose states go through two projections. */
  public static Model seeing(String name, ModelSpec language, ModelSpec tower, Device device) {
    VisionSpec sight =
        new VisionSpec(
            tower,
            List.of(tower.layers()),
            0,
            VisionSpec.Projector.twoLayers(Activation.GELU),
            language.vocab());
    ModelSpec spec = language.seeing("llava", "LlavaForConditionalGeneration", sight);
    NDManager manager = Engines.manager(device);
    ModelWeights weights = weights(spec, manager).seeing(sight(tower, spec.width(), manager));
    return Model.of(name, new Transformer(spec, weights), manager);
  }

  private static VisionWeights sight(ModelSpec tower, int width, NDManager manager) {
    PatchSpec patches = tower.patches().orElseThrow();
    int d = tower.width();
    EmbeddingWeights embedding =
        EmbeddingWeights.ofPatches(
            linear(manager, d, patches.numbers(), true),
            null,
            normal(manager, patches.trained().size(), d),
            null);
    ModelWeights blocks = new ModelWeights(embedding, layers(tower, manager), null, null, null);
    return new VisionWeights(
        blocks,
        new VisionWeights.Projector(
            null, linear(manager, width, d, true), linear(manager, width, width, true)));
  }

  /**
   * Initial weights of a serial decoder with norms in front: normal with deviation 0.02, norms 1,
   * biases 0. GPT-2's and Llama's forms differ in what has a bias, in the norm and in the MLP.
   */
  public static ModelWeights weights(ModelSpec spec, NDManager manager) {
    int d = spec.width();
    List<LayerWeights> layers = layers(spec, manager);
    Weight embedding = normal(manager, spec.vocab(), d);
    return new ModelWeights(
        embedding,
        spec.learnedPositions() < 0 ? null : normal(manager, spec.maxPositions(), d),
        layers,
        norm(manager, d, spec.norm().kind() == ModelSpec.Norm.Kind.LAYER),
        new Projection(embedding, null));
  }

  private static List<LayerWeights> layers(ModelSpec spec, NDManager manager) {
    int d = spec.width();
    int inner = spec.mlp().inner();
    int heads = spec.heads() * spec.headDim();
    int groups = spec.kvHeads() * spec.headDim();
    boolean biases = spec.norm().kind() == ModelSpec.Norm.Kind.LAYER;
    List<LayerWeights> layers = new ArrayList<>();
    for (int l = 0; l < spec.layers(); l++) {
      layers.add(
          new LayerWeights(
              norm(manager, d, biases),
              linear(manager, heads + 2 * groups, d, biases),
              null,
              null,
              linear(manager, d, heads, biases),
              norm(manager, d, biases),
              linear(manager, spec.mlp().gated() ? 2 * inner : inner, d, biases),
              linear(manager, d, inner, biases)));
    }
    return layers;
  }

  private static NormWeights norm(NDManager manager, int width, boolean bias) {
    Shape shape = new Shape(width);
    return new NormWeights(manager.ones(shape), bias ? manager.zeros(shape) : null);
  }

  private static Projection linear(NDManager manager, int out, int in, boolean bias) {
    return new Projection(normal(manager, out, in), bias ? manager.zeros(new Shape(out)) : null);
  }

  private static Weight normal(NDManager manager, int rows, int columns) {
    return Weight.of(manager.randomNormal(0, 0.02f, new Shape(rows, columns), DataType.FLOAT32));
  }
}
