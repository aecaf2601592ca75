package dev.headlight.analysis.model.family;

import dev.headlight.analysis.checkpoint.Config;
import dev.headlight.analysis.model.EmbeddingWeights;
import dev.headlight.analysis.model.LayerSpec;
import dev.headlight.analysis.model.LayerWeights;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.ModelSpec.Norm;
import dev.headlight.analysis.model.ModelSpec.Output;
import dev.headlight.analysis.model.ModelSpecBuilder;
import dev.headlight.analysis.model.ModelWeights;
import dev.headlight.analysis.model.PatchSpec;
import dev.headlight.analysis.model.PatchSpec.Windows;
import dev.headlight.analysis.model.Projection;
import dev.headlight.analysis.model.RopeScaling;
import dev.headlight.analysis.model.Rotary;
import dev.headlight.analysis.model.WeightReader;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The towers of Qwen2-VL (LayerNorm, a plain MLP, every patch sees every other) and of Qwen2.5-VL
 * (RMSNorm, a gated MLP, most layers see windows).
 */
final class QwenTower {
  private static final double EPSILON = 1e-6;
  private static final int FRAMES = 2;
  private static final List<Integer> WHOLE = List.of(7, 15, 23, 31);

  private QwenTower() {}

  /** Qwen2-VL's. */
  static ModelSpec plain(Config c) {
    int width = c.intValue("embed_dim", 1280);
    return builder(c, "qwen2_vl", "Qwen2VisionTransformerPretrainedModel", width)
        .layerNorm(EPSILON)
        .mlp(
            (int) (width * c.number("mlp_ratio", 4)),
            ConfigRules.activation(c, "hidden_act", "quick_gelu"))
        .patches(patches(c))
        .build();
  }

  /** Qwen2.5-VL's. */
  static ModelSpec windowed(Config c) {
    PatchSpec patches = patches(c);
    int unit = patches.size() * patches.block();
    int side = c.intValue("window_size", 112) / unit * patches.block();
    if (side < 1) {
      throw c.unsupported(
          "window_size",
          String.valueOf(c.intValue("window_size", 112)),
          List.of("at least the " + unit + " pixels of an image token"));
    }
    List<Integer> whole =
        c.has("fullatt_block_indexes") ? c.intList("fullatt_block_indexes") : WHOLE;
    return builder(
            c,
            "qwen2_5_vl",
            "Qwen2_5_VisionTransformerPretrainedModel",
            c.intValue("hidden_size", 3584))
        .rmsNorm(EPSILON)
        .gatedMlp(
            c.intValue("intermediate_size", 3420), ConfigRules.activation(c, "hidden_act", "silu"))
        .patches(patches.in(new Windows(side, Set.copyOf(whole))))
        .build();
  }

  private static ModelSpecBuilder builder(Config c, String type, String reference, int width) {
    int heads = c.intValue("num_heads", 16);
    int headDim = width / heads;
    List<Integer> axes = List.of(headDim / 4, headDim / 4);
    Rotary rotary = new Rotary(headDim, 10000, false, new RopeScaling.None(), axes, true);
    return ModelSpec.builder(type, reference)
        .size(c.intValue("depth", 32), width, 0)
        .heads(heads, heads, headDim)
        .maxPositions(Integer.MAX_VALUE)
        .layerSpecs(l -> new LayerSpec(0, 1 / Math.sqrt(headDim), Optional.of(rotary)))
        .output(Output.NONE);
  }

  private static PatchSpec patches(Config c) {
    return PatchSpec.ofBlocks(
        c.intValue("in_channels", c.intValue("in_chans", 3)),
        c.intValue("patch_size", 14),
        c.intValue("temporal_patch_size", FRAMES),
        c.intValue("spatial_merge_size", 2));
  }

  /** Either's. */
  static ModelWeights weights(ModelSpec t, WeightReader r) {
    PatchSpec p = t.patches().orElseThrow();
    int d = t.width();
    r.withPrefix("patch_embed.proj.weight", "visual.", "model.visual.");
    long[] kernel = {d, p.channels(), p.time(), p.size(), p.size()};
    EmbeddingWeights embedding =
        EmbeddingWeights.ofPatches(r.patches("patch_embed.proj", kernel, false), null, null, null);
    List<LayerWeights> layers =
        IntStream.range(0, t.layers()).mapToObj(l -> layer(t, r, "blocks." + l + ".")).toList();
    return new ModelWeights(embedding, layers, null, null, null);
  }

  /** Whether the norms have a bias. */
  static boolean biased(ModelSpec t) {
    return t.norm().kind() == Norm.Kind.LAYER;
  }

  private static LayerWeights layer(ModelSpec t, WeightReader r, String p) {
    int d = t.width();
    int inner = t.mlp().inner();
    String[] gateUp = {p + "mlp.gate_proj", p + "mlp.up_proj"};
    boolean gated = t.mlp().gated();
    Projection up =
        gated
            ? r.stacked(d, true, gateUp, new long[] {inner, inner})
            : r.linear(p + "mlp.fc1", inner, d, true);
    return new LayerWeights(
        r.norm(p + "norm1", d, biased(t)),
        r.linear(p + "attn.qkv", 3L * d, d, true),
        null,
        null,
        r.linear(p + "attn.proj", d, d, true),
        r.norm(p + "norm2", d, biased(t)),
        up,
        r.linear(p + (gated ? "mlp.down_proj" : "mlp.fc2"), d, inner, true));
  }
}
