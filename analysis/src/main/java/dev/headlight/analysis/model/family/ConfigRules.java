package dev.headlight.analysis.model.family;

import dev.headlight.analysis.checkpoint.Config;
import dev.headlight.analysis.model.ModelSpec.Activation;
import dev.headlight.analysis.model.RopeScaling;
import dev.headlight.analysis.model.Rotary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Readings of config.json that several families share. */
final class ConfigRules {
  private static final Map<String, Activation> ACTIVATIONS =
      new TreeMap<>(
          Map.of(
              "gelu", Activation.GELU,
              "gelu_new", Activation.GELU_TANH,
              "gelu_fast", Activation.GELU_TANH,
              "gelu_pytorch_tanh", Activation.GELU_TANH,
              "silu", Activation.SILU,
              "swish", Activation.SILU,
              "relu", Activation.RELU,
              "quick_gelu", Activation.QUICK_GELU));
  private static final List<String> ROPES =
      List.of("default", "linear", "dynamic", "llama3", "yarn");

  private ConfigRules() {}

  static Activation activation(Config config, String field, String fallback) {
    String name = config.string(field, fallback);
    Activation activation = ACTIVATIONS.get(name);
    if (activation == null) {
      throw config.unsupported(field, name, List.copyOf(ACTIVATIONS.keySet()));
    }
    return activation;
  }

  /** {@code head_dim}, where null means the same as absent: width / heads. */
  static int headDim(Config config, int width, int heads) {
    return config.optionalInt("head_dim").orElse(width / heads);
  }

  static double theta(Config config, double fallback) {
    double plain = config.number("rope_theta", config.number("rotary_emb_base", fallback));
    return scalingObject(config).map(s -> s.number("rope_theta", plain)).orElse(plain);
  }

  private static Optional<Config> scalingObject(Config config) {
    return config.object("rope_parameters").or(() -> config.object("rope_scaling"));
  }

  /** {@code rope_scaling}, in the older ({@code type}) and newer ({@code rope_type}) spelling. */
  static RopeScaling scaling(Config config, int maxPositions) {
    Optional<Config> found = scalingObject(config);
    if (found.isEmpty()) {
      return new RopeScaling.None();
    }
    Config s = found.get();
    String type = s.string("rope_type", s.string("type", "default"));
    return switch (type) {
      case "default" -> new RopeScaling.None();
      case "linear" -> new RopeScaling.Linear(s.requireNumber("factor"));
      case "dynamic" -> new RopeScaling.Dynamic(s.requireNumber("factor"), maxPositions);
      case "llama3" ->
          new RopeScaling.Llama3(
              s.requireNumber("factor"),
              s.requireNumber("low_freq_factor"),
              s.requireNumber("high_freq_factor"),
              s.requireInt("original_max_position_embeddings"));
      case "yarn" -> yarn(s, maxPositions);
      default -> throw config.unsupported("rope_scaling.rope_type", type, ROPES);
    };
  }

  /** Longest prompt: dynamic scaling starts where max_position_embeddings ends. */
  static int reach(Rotary rotary, int positions) {
    return rotary.scaling() instanceof RopeScaling.Dynamic d
        ? (int) (positions * d.factor())
        : positions;
  }

  /** As the reference reads it: an original length overrides the factor. */
  private static RopeScaling yarn(Config s, int maxPositions) {
    int original = s.intValue("original_max_position_embeddings", maxPositions);
    double factor =
        s.hasValue("original_max_position_embeddings")
            ? (double) maxPositions / original
            : s.requireNumber("factor");
    double attention =
        s.hasValue("mscale") && s.hasValue("mscale_all_dim")
            ? mscale(factor, s.requireNumber("mscale"))
                / mscale(factor, s.requireNumber("mscale_all_dim"))
            : mscale(factor, 1);
    return new RopeScaling.Yarn(
        factor,
        s.number("beta_fast", 32),
        s.number("beta_slow", 1),
        original,
        s.number("attention_factor", attention),
        s.bool("truncate", true));
  }

  private static double mscale(double factor, double mscale) {
    return factor <= 1 ? 1 : 0.1 * mscale * Math.log(factor) + 1;
  }
}
