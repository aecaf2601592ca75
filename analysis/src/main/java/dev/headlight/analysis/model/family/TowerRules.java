package dev.headlight.analysis.model.family;

import ai.djl.ndarray.NDArray;
import dev.headlight.analysis.checkpoint.Config;
import dev.headlight.analysis.image.PatchGrid;
import dev.headlight.analysis.model.EmbeddingWeights;
import dev.headlight.analysis.model.LayerSpec;
import dev.headlight.analysis.model.LayerWeights;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.ModelSpec.Output;
import dev.headlight.analysis.model.ModelSpecBuilder;
import dev.headlight.analysis.model.ModelWeights;
import dev.headlight.analysis.model.NormWeights;
import dev.headlight.analysis.model.PatchSpec;
import dev.headlight.analysis.model.Projection;
import dev.headlight.analysis.model.Weight;
import dev.headlight.analysis.model.WeightReader;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Field and tensor names that CLIP's towers and their descendants share. */
final class TowerRules {
  private TowerRules() {}

  /** CLIP's tower of pictures (Radford et al. 2021): a class token, a norm before the blocks. */
  static ModelSpec clip(Config vision) {
    return layers(vision, "quick_gelu", 1e-5)
        .patches(patches(vision, 32, 1))
        .learnedPositions(0)
        .output(Output.NONE)
        .build();
  }

  /** What towers of either kind say of their blocks. */
  static ModelSpecBuilder layers(Config c, String activation, double epsilon) {
    int width = c.intValue("hidden_size", 768);
    int heads = c.intValue("num_attention_heads", 12);
    int headDim = width / heads;
    return ModelSpec.builder(c.string("model_type", "clip_vision_model"), "")
        .size(c.intValue("num_hidden_layers", 12), width, 0)
        .heads(heads, heads, headDim)
        .maxPositions(Integer.MAX_VALUE)
        .layerNorm(c.number("layer_norm_eps", epsilon))
        .mlp(
            c.intValue("intermediate_size", 4 * width),
            ConfigRules.activation(c, "hidden_act", activation))
        .layerSpecs(l -> new LayerSpec(0, 1 / Math.sqrt(headDim), Optional.empty()));
  }

  static PatchSpec patches(Config c, int size, int classes) {
    int patch = c.intValue("patch_size", size);
    int side = c.intValue("image_size", 224) / patch;
    int channels = c.intValue("num_channels", 3);
    return new PatchSpec(channels, patch, 1, new PatchGrid(side, side), classes, 0);
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
    return new ModelWeights(embedding, layers(s, r), null, null, null);
  }

  static Weight positions(WeightReader r, PatchSpec patches, int width) {
    int rows = patches.classes() + patches.trained().size();
    return r.matrix("embeddings.position_embedding.weight", rows, width);
  }

  /** Shape of the convolution that reads patches. */
  static long[] kernel(ModelSpec s) {
    PatchSpec patches = s.patches().orElseThrow();
    return new long[] {s.width(), patches.channels(), patches.size(), patches.size()};
  }

  /** The blocks of a tower of either kind. */
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
