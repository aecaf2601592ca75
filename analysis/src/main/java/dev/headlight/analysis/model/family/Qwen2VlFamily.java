package dev.headlight.analysis.model.family;

import dev.headlight.analysis.checkpoint.Config;
import dev.headlight.analysis.image.PatchGrid;
import dev.headlight.analysis.model.EmbeddingWeights;
import dev.headlight.analysis.model.LayerSpec;
import dev.headlight.analysis.model.LayerWeights;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.ModelSpec.Activation;
import dev.headlight.analysis.model.ModelSpec.Norm;
import dev.headlight.analysis.model.ModelSpec.Output;
import dev.headlight.analysis.model.ModelWeights;
import dev.headlight.analysis.model.PatchSpec;
import dev.headlight.analysis.model.RopeScaling;
import dev.headlight.analysis.model.Rotary;
import dev.headlight.analysis.model.VisionSpec;
import dev.headlight.analysis.model.VisionSpec.Merge;
import dev.headlight.analysis.model.VisionSpec.Projector;
import dev.headlight.analysis.model.VisionWeights;
import dev.headlight.analysis.model.WeightReader;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Qwen2-VL (Wang et al. 2024): pictures of any size through a tower whose rotary positions are rows
 * and columns, blocks of 2 × 2 patches side by side through two projections into a language model
 * whose positions run along time, rows and columns.
 */
final class Qwen2VlFamily implements Family {
  private static final double EPSILON = 1e-6;
  private static final int FRAMES = 2;

  @Override
  public Set<String> modelTypes() {
    return Set.of("qwen2_vl");
  }

  @Override
  public ModelSpec spec(Config c) {
    Config vision = c.requireObject("vision_config");
    ModelSpec tower = tower(vision);
    Projector projector =
        new Projector(
            Merge.FOLLOWING,
            tower.patches().orElseThrow().block(),
            Optional.of(new Norm(Norm.Kind.LAYER, EPSILON)),
            Optional.of(Activation.GELU));
    VisionSpec sight =
        new VisionSpec(
            tower, List.of(tower.layers()), 0, projector, c.intValue("image_token_id", 151655));
    String architecture = c.architecture().orElse("Qwen2VLForConditionalGeneration");
    return language(c).spec().seeing(c.modelType(), architecture, sight);
  }

  /** Older files have the language model's fields beside the tower's. */
  private static Language language(Config c) {
    return c.has("text_config") ? Language.of(c) : new Language(new LlamaFamily(), c);
  }

  private static ModelSpec tower(Config c) {
    int width = c.intValue("embed_dim", 1280);
    int heads = c.intValue("num_heads", 16);
    int headDim = width / heads;
    int block = c.intValue("spatial_merge_size", 2);
    PatchSpec patches =
        new PatchSpec(
            c.intValue("in_channels", c.intValue("in_chans", 3)),
            c.intValue("patch_size", 14),
            c.intValue("temporal_patch_size", FRAMES),
            new PatchGrid(1, 1),
            0,
            0,
            block);
    List<Integer> axes = List.of(headDim / 4, headDim / 4);
    Rotary rotary = new Rotary(headDim, 10000, false, new RopeScaling.None(), axes, true);
    return ModelSpec.builder("qwen2_vl", "Qwen2VisionTransformerPretrainedModel")
        .size(c.intValue("depth", 32), width, 0)
        .heads(heads, heads, headDim)
        .maxPositions(Integer.MAX_VALUE)
        .layerNorm(EPSILON)
        .mlp(
            (int) (width * c.number("mlp_ratio", 4)),
            ConfigRules.activation(c, "hidden_act", "quick_gelu"))
        .layerSpecs(l -> new LayerSpec(0, 1 / Math.sqrt(headDim), Optional.of(rotary)))
        .patches(patches)
        .output(Output.NONE)
        .build();
  }

  @Override
  public ModelWeights weights(ModelSpec s, Config c, WeightReader r) {
    ModelWeights language = language(c).weights(r);
    ModelSpec t = s.vision().orElseThrow().tower();
    PatchSpec p = t.patches().orElseThrow();
    int d = t.width();
    r.withPrefix("patch_embed.proj.weight", "visual.", "model.visual.");
    long[] kernel = {d, p.channels(), p.time(), p.size(), p.size()};
    EmbeddingWeights embedding =
        EmbeddingWeights.ofPatches(r.patches("patch_embed.proj", kernel, false), null, null, null);
    List<LayerWeights> layers =
        IntStream.range(0, t.layers()).mapToObj(l -> layer(t, r, "blocks." + l + ".")).toList();
    ModelWeights tower = new ModelWeights(embedding, layers, null, null, null);
    int wide = d * p.block() * p.block();
    VisionWeights.Projector projector =
        new VisionWeights.Projector(
            r.norm("merger.ln_q", d, true),
            r.linear("merger.mlp.0", wide, wide, true),
            r.linear("merger.mlp.2", s.width(), wide, true));
    return language.seeing(new VisionWeights(tower, projector));
  }

  private static LayerWeights layer(ModelSpec t, WeightReader r, String p) {
    int d = t.width();
    return new LayerWeights(
        r.norm(p + "norm1", d, true),
        r.linear(p + "attn.qkv", 3L * d, d, true),
        null,
        null,
        r.linear(p + "attn.proj", d, d, true),
        r.norm(p + "norm2", d, true),
        r.linear(p + "mlp.fc1", t.mlp().inner(), d, true),
        r.linear(p + "mlp.fc2", d, t.mlp().inner(), true));
  }
}
