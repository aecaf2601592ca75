package dev.headlight.analysis.model.family;

import ai.djl.ndarray.NDArray;
import dev.headlight.analysis.checkpoint.Config;
import dev.headlight.analysis.image.PatchGrid;
import dev.headlight.analysis.model.EmbeddingWeights;
import dev.headlight.analysis.model.LayerSpec;
import dev.headlight.analysis.model.LayerWeights;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.ModelSpec.Output;
import dev.headlight.analysis.model.ModelSpec.Pool;
import dev.headlight.analysis.model.ModelSpecBuilder;
import dev.headlight.analysis.model.ModelWeights;
import dev.headlight.analysis.model.NormWeights;
import dev.headlight.analysis.model.PatchSpec;
import dev.headlight.analysis.model.PatchSpec.Resampled;
import dev.headlight.analysis.model.Projection;
import dev.headlight.analysis.model.Weight;
import dev.headlight.analysis.model.WeightReader;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Field and tensor names that CLIP's towers and their descendants share. */
final class TowerRules {
  /** Where language models that see keep a tower. */
  static final String[] INSIDE = {
    "vision_tower.vision_model.", "model.vision_tower.vision_model.", "model.vision_tower."
  };

  /** Where they keep what stands between. */
  static final String[] PROJECTOR = {"multi_modal_projector.", "model.multi_modal_projector."};

  private TowerRules() {}

  /** CLIP's tower of pictures (Radford et al. 2021): a class token, a norm before the blocks. */
  static ModelSpec clip(Config vision, Output output) {
    return layers(vision, new Usual(768, 12, "quick_gelu", 1e-5), 0)
        .patches(patches(vision, 32, 1))
        .learnedPositions(0)
        .output(output)
        .build();
  }

  /** SigLIP's tower of pictures (Zhai et al. 2023): patches alone. */
  static ModelSpec siglip(Config vision, Output output) {
    return layers(vision, new Usual(768, 12, "gelu_pytorch_tanh", 1e-6), 0)
        .patches(patches(vision, 16, 0))
        .learnedPositions(0)
        .output(output)
        .build();
  }

  /** SigLIP 2's (Tschannen et al. 2025): pictures of any shape, cut by the processor. */
  static ModelSpec siglip2(Config vision, Output output) {
    int side = (int) Math.sqrt(vision.intValue("num_patches", 256));
    int channels = vision.intValue("num_channels", 3);
    PatchGrid trained = new PatchGrid(side, side);
    PatchSpec patches =
        new PatchSpec(channels, vision.intValue("patch_size", 16), trained, 0, 0)
            .with(Resampled.SMOOTH_LINEAR)
            .ofCut();
    return layers(vision, new Usual(768, 12, "gelu_pytorch_tanh", 1e-6), 0)
        .patches(patches)
        .learnedPositions(0)
        .output(output)
        .build();
  }

  /** What a kind of tower has where config.json says nothing. */
  record Usual(int width, int heads, String activation, double epsilon) {}

  /**
   * What towers of any kind say of their blocks.
   *
   * @param vocab rows of the token table, or classes; 0 without
   */
  static ModelSpecBuilder layers(Config c, Usual usual, int vocab) {
    int width = c.intValue("hidden_size", usual.width());
    int heads = c.intValue("num_attention_heads", usual.heads());
    int headDim = width / heads;
    return ModelSpec.builder(c.string("model_type", "tower"), c.architecture().orElse("tower"))
        .size(c.intValue("num_hidden_layers", 12), width, vocab)
        .heads(heads, heads, headDim)
        .maxPositions(Integer.MAX_VALUE)
        .layerNorm(c.number("layer_norm_eps", usual.epsilon()))
        .mlp(
            c.intValue("intermediate_size", 4 * width),
            ConfigRules.activation(c, "hidden_act", usual.activation()))
        .layerSpecs(l -> new LayerSpec(0, 1 / Math.sqrt(headDim), Optional.empty()));
  }

  /** A tower of text: a table of positions, causal unless the caller says otherwise. */
  static ModelSpecBuilder text(Config text, Usual usual, int vocab, int positions) {
    return layers(text, usual, text.intValue("vocab_size", vocab))
        .maxPositions(text.intValue("max_position_embeddings", positions))
        .learnedPositions(0);
  }

  /** What a tower of text begins with; its names stand from here on behind {@code text_model}. */
  static EmbeddingWeights textEmbedding(ModelSpec s, WeightReader r) {
    r.withPrefix("embeddings.token_embedding.weight", "text_model.");
    return new EmbeddingWeights(
        r.matrix("embeddings.token_embedding.weight", s.vocab(), s.width()),
        r.matrix("embeddings.position_embedding.weight", s.maxPositions(), s.width()));
  }

  static PatchSpec patches(Config c, int size, int classes) {
    int patch = c.intValue("patch_size", size);
    int side = c.intValue("image_size", 224) / patch;
    int channels = c.intValue("num_channels", 3);
    return new PatchSpec(channels, patch, new PatchGrid(side, side), classes, 0);
  }

  /** CLIP's tower of pictures; what stands behind its blocks is the caller's. */
  static ModelWeights clip(ModelSpec s, WeightReader r, String... prefixes) {
    r.withPrefix("embeddings.patch_embedding.weight", prefixes);
    PatchSpec patches = s.patches().orElseThrow();
    NDArray special = r.array("embeddings.class_embedding", s.width()).reshape(1, s.width());
    EmbeddingWeights embedding =
        EmbeddingWeights.ofPatches(
            r.patches("embeddings.patch_embedding", kernel(s), false),
            special,
            positions(r, patches, s.width()),
            r.norm("pre_layrnorm", s.width(), true));
    return new ModelWeights(embedding, layers(s, r), finalNorm(s, r), null, null);
  }

  /** SigLIP's tower of pictures, and Idefics 3's; what stands behind its blocks is the caller's. */
  static ModelWeights siglip(ModelSpec s, WeightReader r, String... prefixes) {
    r.withPrefix("embeddings.patch_embedding.weight", prefixes);
    EmbeddingWeights embedding =
        EmbeddingWeights.ofPatches(
            r.patches("embeddings.patch_embedding", kernel(s), true),
            null,
            positions(r, s.patches().orElseThrow(), s.width()),
            null);
    return new ModelWeights(embedding, layers(s, r), finalNorm(s, r), null, null);
  }

  private static NormWeights finalNorm(ModelSpec s, WeightReader r) {
    return s.output().finalNorm() ? r.norm("post_layernorm", s.width(), true) : null;
  }

  static Weight positions(WeightReader r, PatchSpec patches, int width) {
    int rows = patches.classes() + patches.trained().size();
    return r.matrix("embeddings.position_embedding.weight", rows, width);
  }

  /** Classes of a classifier; 0 where the class of the reference is none. */
  static int classes(Config c) {
    if (!c.architecture().orElse("").contains("ForImageClassification")) {
      return 0;
    }
    return c.object("id2label")
        .map(labels -> labels.names().size())
        .orElseGet(() -> c.intValue("num_labels", 2));
  }

  /** A body with its final norm. */
  static final Output BODY = new Output(true, Optional.empty(), 1, 0, false, Pool.EACH);

  /** Logits of classes from pooled rows, or the body alone. */
  static Output output(Config c, Pool pool) {
    return classes(c) > 0 ? Output.pooled(pool, true) : BODY;
  }

  /** What ViT and DINOv2 begin with: special tokens, patches, a table of positions. */
  static EmbeddingWeights classEmbedding(ModelSpec s, WeightReader r, NDArray special) {
    PatchSpec patches = s.patches().orElseThrow();
    int rows = patches.classes() + patches.trained().size();
    return EmbeddingWeights.ofPatches(
        r.patches("embeddings.patch_embeddings.projection", kernel(s), true),
        special,
        r.table("embeddings.position_embeddings", 1, rows, s.width()),
        null);
  }

  /** Queries, keys and values under the names of BERT. */
  static Projection qkv(ModelSpec s, WeightReader r, String p, boolean bias) {
    int d = s.width();
    String[] parts = {p + "query", p + "key", p + "value"};
    return r.stacked(d, bias, parts, new long[] {d, d, d});
  }

  /** Shape of the convolution that reads patches, or of the matrix over patches that are cut. */
  static long[] kernel(ModelSpec s) {
    PatchSpec patches = s.patches().orElseThrow();
    if (patches.cut()) {
      return new long[] {s.width(), patches.numbers()};
    }
    return new long[] {s.width(), patches.channels(), patches.size(), patches.size()};
  }

  /** The blocks of a tower of CLIP's or SigLIP's, of pictures or of text. */
  static List<LayerWeights> layers(ModelSpec s, WeightReader r) {
    return IntStream.range(0, s.layers())
        .mapToObj(l -> layer(s, r, "encoder.layers." + l + "."))
        .toList();
  }

  private static LayerWeights layer(ModelSpec s, WeightReader r, String p) {
    int d = s.width();
    String[] parts = {p + "self_attn.q_proj", p + "self_attn.k_proj", p + "self_attn.v_proj"};
    NormWeights first = r.norm(p + "layer_norm1", d, true);
    Projection qkv = r.stacked(d, true, parts, new long[] {d, d, d});
    Projection out = r.linear(p + "self_attn.out_proj", d, d, true);
    return new LayerWeights(
        first,
        qkv,
        null,
        null,
        out,
        r.norm(p + "layer_norm2", d, true),
        r.linear(p + "mlp.fc1", s.mlp().inner(), d, true),
        r.linear(p + "mlp.fc2", d, s.mlp().inner(), true));
  }
}
