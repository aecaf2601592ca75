package dev.headlight.analysis.model.family;

import ai.djl.ndarray.NDArray;
import dev.headlight.analysis.checkpoint.Config;
import dev.headlight.analysis.model.EmbeddingWeights;
import dev.headlight.analysis.model.LayerWeights;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.ModelSpec.Pool;
import dev.headlight.analysis.model.ModelWeights;
import dev.headlight.analysis.model.Projection;
import dev.headlight.analysis.model.WeightReader;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * ViT (Dosovitskiy et al. 2021) and DeiT (Touvron et al. 2021), whose second token was trained on a
 * teacher: with its head the logits are the mean of both.
 */
final class VitFamily implements Family {
  private static final String TEACHER = "ForImageClassificationWithTeacher";

  @Override
  public Set<String> modelTypes() {
    return Set.of("vit", "deit");
  }

  @Override
  public ModelSpec spec(Config c) {
    boolean two = TowerRules.classes(c) > 0 && c.architecture().orElse("").endsWith(TEACHER);
    Pool pool = Pool.of(two ? Pool.Way.FIRST_TWO : Pool.Way.FIRST);
    return TowerRules.layers(c, new TowerRules.Usual(768, 12, "gelu", 1e-12), TowerRules.classes(c))
        .patches(TowerRules.patches(c, 16, c.modelType().equals("deit") ? 2 : 1))
        .learnedPositions(0)
        .output(TowerRules.output(c, pool))
        .build();
  }

  @Override
  public ModelWeights weights(ModelSpec s, Config c, WeightReader r) {
    r.withPrefix("embeddings.cls_token", c.modelType() + ".", "");
    int d = s.width();
    int classes = s.patches().orElseThrow().classes();
    NDArray special = r.array("embeddings.cls_token", 1, 1, d).reshape(1, d);
    if (classes == 2) {
      special = special.concat(r.array("embeddings.distillation_token", 1, 1, d).reshape(1, d), 0);
    }
    EmbeddingWeights embedding = TowerRules.classEmbedding(s, r, special);
    boolean bias = c.bool("qkv_bias", true);
    var layers =
        IntStream.range(0, s.layers())
            .mapToObj(l -> layer(s, r, "encoder.layer." + l + ".", bias))
            .toList();
    var norm = r.norm("layernorm", d, true);
    r.withoutPrefix();
    return new ModelWeights(embedding, layers, norm, null, head(s, r));
  }

  private static Projection head(ModelSpec s, WeightReader r) {
    if (!s.hasLogits()) {
      return null;
    }
    return s.output().pool().kind() == Pool.Way.FIRST_TWO
        ? r.mean("cls_classifier", "distillation_classifier", s.vocab(), s.width())
        : r.linear("classifier", s.vocab(), s.width(), true);
  }

  private static LayerWeights layer(ModelSpec s, WeightReader r, String p, boolean bias) {
    int d = s.width();
    return new LayerWeights(
        r.norm(p + "layernorm_before", d, true),
        TowerRules.qkv(s, r, p + "attention.attention.", bias),
        null,
        null,
        r.linear(p + "attention.output.dense", d, d, true),
        r.norm(p + "layernorm_after", d, true),
        r.linear(p + "intermediate.dense", s.mlp().inner(), d, true),
        r.linear(p + "output.dense", d, s.mlp().inner(), true));
  }
}
