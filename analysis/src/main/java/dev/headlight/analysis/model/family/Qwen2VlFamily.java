package dev.headlight.analysis.model.family;

import dev.headlight.analysis.checkpoint.Config;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.ModelSpec.Activation;
import dev.headlight.analysis.model.ModelWeights;
import dev.headlight.analysis.model.VisionSpec;
import dev.headlight.analysis.model.VisionSpec.Merge;
import dev.headlight.analysis.model.VisionSpec.Projector;
import dev.headlight.analysis.model.VisionWeights;
import dev.headlight.analysis.model.WeightReader;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Qwen2-VL (Wang et al. 2024) and Qwen2.5-VL (Bai et al. 2025): pictures of any size through a
 * tower whose rotary positions are rows and columns, blocks of 2 × 2 patches side by side through
 * two projections into a language model whose positions run along time, rows and columns.
 */
final class Qwen2VlFamily implements Family {
  private static final String NEWER = "qwen2_5_vl";

  @Override
  public Set<String> modelTypes() {
    return Set.of("qwen2_vl", NEWER);
  }

  @Override
  public ModelSpec spec(Config c) {
    boolean newer = c.modelType().equals(NEWER);
    Config vision = c.requireObject("vision_config");
    ModelSpec tower = newer ? QwenTower.windowed(vision) : QwenTower.plain(vision);
    Projector projector =
        new Projector(
            Merge.FOLLOWING,
            tower.patches().orElseThrow().block(),
            Optional.of(tower.norm()),
            Optional.of(Activation.GELU));
    VisionSpec sight =
        new VisionSpec(
            tower, List.of(tower.layers()), 0, projector, c.intValue("image_token_id", 151655));
    String usual = newer ? "Qwen2_5_VLForConditionalGeneration" : "Qwen2VLForConditionalGeneration";
    return language(c).spec().seeing(c.modelType(), c.architecture().orElse(usual), sight);
  }

  /** Older files have the language model's fields beside the tower's. */
  private static Language language(Config c) {
    return c.has("text_config") ? Language.of(c) : new Language(new LlamaFamily(), c);
  }

  @Override
  public ModelWeights weights(ModelSpec s, Config c, WeightReader r) {
    ModelWeights language = language(c).weights(r);
    ModelSpec t = s.vision().orElseThrow().tower();
    ModelWeights tower = QwenTower.weights(t, r);
    int d = t.width();
    int block = t.patches().orElseThrow().block();
    int wide = d * block * block;
    VisionWeights.Projector projector =
        new VisionWeights.Projector(
            r.norm("merger.ln_q", d, QwenTower.biased(t)),
            r.linear("merger.mlp.0", wide, wide, true),
            r.linear("merger.mlp.2", s.width(), wide, true));
    return language.seeing(new VisionWeights(tower, projector));
  }
}
