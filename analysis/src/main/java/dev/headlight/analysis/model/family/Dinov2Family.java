package dev.headlight.analysis.model.family;

import ai.djl.ndarray.NDArray;
import dev.headlight.analysis.checkpoint.Config;
import dev.headlight.analysis.model.LayerWeights;
import dev.headlight.analysis.model.MlpWeights;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.ModelSpec.Activation;
import dev.headlight.analysis.model.ModelSpec.Pool;
import dev.headlight.analysis.model.ModelSpecBuilder;
import dev.headlight.analysis.model.ModelWeights;
import dev.headlight.analysis.model.PatchSpec;
import dev.headlight.analysis.model.PatchSpec.Resampled;
import dev.headlight.analysis.model.WeightReader;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * DINOv2 (Oquab et al. 2023), with registers too (Darcet et al. 2023). What each branch adds is
 * scaled; the scale is read into the branch's last matrix.
 */
final class Dinov2Family implements Family {
  private static final String REGISTERS = "dinov2_with_registers";

  @Override
  public Set<String> modelTypes() {
    return Set.of("dinov2", REGISTERS);
  }

  @Override
  public ModelSpec spec(Config c) {
    ModelSpecBuilder builder =
        TowerRules.layers(c, new TowerRules.Usual(768, 12, "gelu", 1e-6), TowerRules.classes(c));
    PatchSpec p = TowerRules.patches(c, 16, 1);
    int registers = c.modelType().equals(REGISTERS) ? c.intValue("num_register_tokens", 4) : 0;
    int width = c.intValue("hidden_size", 768);
    int inner = (int) (width * c.number("mlp_ratio", 4));
    if (c.bool("use_swiglu_ffn", false)) {
      builder.gatedMlp((inner * 2 / 3 + 7) / 8 * 8, Activation.SILU);
    } else {
      builder.mlp(inner, ConfigRules.activation(c, "hidden_act", "gelu"));
    }
    return builder
        .patches(patches(p, c.modelType().equals(REGISTERS), registers))
        .learnedPositions(0)
        .output(TowerRules.output(c, Pool.of(Pool.Way.FIRST_AND_MEAN)))
        .build();
  }

  /** With registers the table of positions is resampled in another way. */
  private static PatchSpec patches(PatchSpec p, boolean smooth, int registers) {
    PatchSpec own = new PatchSpec(p.channels(), p.size(), p.trained(), 1, registers);
    return smooth ? own.with(Resampled.SMOOTH_CUBIC) : own;
  }

  @Override
  public ModelWeights weights(ModelSpec s, Config c, WeightReader r) {
    r.withPrefix("embeddings.cls_token", c.modelType() + ".", "");
    int d = s.width();
    int registers = s.patches().orElseThrow().registers();
    NDArray special = r.array("embeddings.cls_token", 1, 1, d).reshape(1, d);
    if (registers > 0) {
      NDArray more = r.array("embeddings.register_tokens", 1, registers, d);
      special = special.concat(more.reshape(registers, d), 0);
    }
    var embedding = TowerRules.classEmbedding(s, r, special);
    boolean bias = c.bool("qkv_bias", true);
    var layers =
        IntStream.range(0, s.layers())
            .mapToObj(l -> layer(s, r, "encoder.layer." + l + ".", bias))
            .toList();
    var norm = r.norm("layernorm", d, true);
    r.withoutPrefix();
    return new ModelWeights(
        embedding,
        layers,
        norm,
        null,
        s.hasLogits() ? r.linear("classifier", s.vocab(), 2L * d, true) : null);
  }

  private static LayerWeights layer(ModelSpec s, WeightReader r, String p, boolean bias) {
    int d = s.width();
    int inner = s.mlp().inner();
    String scale = p + "layer_scale2.lambda1";
    MlpWeights mlp =
        s.mlp().gated()
            ? new MlpWeights(
                r.linear(p + "mlp.weights_in", 2L * inner, d, true),
                r.scaled(p + "mlp.weights_out", scale, d, inner))
            : new MlpWeights(
                r.linear(p + "mlp.fc1", inner, d, true), r.scaled(p + "mlp.fc2", scale, d, inner));
    return new LayerWeights(
        r.norm(p + "norm1", d, true),
        TowerRules.qkv(s, r, p + "attention.attention.", bias),
        null,
        null,
        r.scaled(p + "attention.output.dense", p + "layer_scale1.lambda1", d, d),
        null,
        r.norm(p + "norm2", d, true),
        mlp,
        null,
        null,
        null);
  }
}
