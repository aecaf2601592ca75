package dev.headlight.analysis.model.family;

import dev.headlight.analysis.checkpoint.Config;
import dev.headlight.analysis.model.ModelSpec.Activation;
import dev.headlight.analysis.model.RopeScaling;
import dev.headlight.analysis.model.Rotary;
import java.util.ArrayList;
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
      List.of("default", "linear", "dynamic", "llama3", "yarn", "longrope");
  private static final String SLIDING = "sliding_attention";
  private static final String FULL = "full_attention";

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
      case "default", "mrope" -> new RopeScaling.None();
      case "linear" -> new RopeScaling.Linear(s.requireNumber("factor"));
      case "dynamic" -> new RopeScaling.Dynamic(s.requireNumber("factor"), maxPositions);
      case "llama3" ->
          new RopeScaling.Llama3(
              s.requireNumber("factor"),
              s.requireNumber("low_freq_factor"),
              s.requireNumber("high_freq_factor"),
              s.requireInt("original_max_position_embeddings"));
      case "yarn" -> yarn(s, maxPositions);
      case "longrope", "su" -> longRope(config, s, maxPositions);
      default -> throw config.unsupported("rope_scaling.rope_type", type, ROPES);
    };
  }

  /** Rotary positions over the first {@code dims} of a head, as {@code rope_*} fields say. */
  static Rotary rotary(Config config, int dims, double theta, boolean neighbours) {
    int positions = config.requirePositive("max_position_embeddings");
    RopeScaling scaling = scaling(config, positions);
    if (scaling instanceof RopeScaling.LongRope s) {
      requireCount(config, "rope_scaling.short_factor", s.shortDivisors().size(), dims / 2);
      requireCount(config, "rope_scaling.long_factor", s.longDivisors().size(), dims / 2);
    }
    List<Integer> axes =
        scalingObject(config).map(s -> s.intList("mrope_section")).orElse(List.of());
    return new Rotary(dims, theta(config, theta), neighbours, scaling, axes, false);
  }

  private static void requireCount(Config config, String field, int found, int expected) {
    if (found != expected) {
      throw config.unsupported(
          field,
          "a list of " + found,
          List.of("a list of " + expected + ", half the rotated dims"));
    }
  }

  /** A field that may have only one value here. */
  static void mustBe(Config config, String field, boolean value) {
    if (config.bool(field, value) != value) {
      throw config.unsupported(field, String.valueOf(!value), List.of(String.valueOf(value)));
    }
  }

  /** A text that may have only these values here; the first is what absence means. */
  static void mustBe(Config config, String field, String... values) {
    String found = config.string(field, values[0]);
    if (!List.of(values).contains(found)) {
      throw config.unsupported(field, found, List.of(values));
    }
  }

  /** A number that may only be absent or null here. */
  static void mustBeNull(Config config, String field) {
    if (config.hasValue(field)) {
      throw config.unsupported(field, String.valueOf(config.requireNumber(field)), List.of("null"));
    }
  }

  /** {@code clip_qkv}: the limit of q, k and v; 0 where it is absent or null. */
  static double clip(Config config) {
    if (!config.hasValue("clip_qkv")) {
      return 0;
    }
    double limit = config.requireNumber("clip_qkv");
    if (!(limit > 0)) {
      throw config.unsupported(
          "clip_qkv", String.valueOf(limit), List.of("null", "a number above 0"));
    }
    return limit;
  }

  /** The first of these fields that is there, in the spellings of different years. */
  static int positive(Config config, String field, String... olderNames) {
    for (String name : olderNames) {
      if (!config.hasValue(field) && config.hasValue(name)) {
        return config.requirePositive(name);
      }
    }
    return config.requirePositive(field);
  }

  /** Whether a layer has the sliding window: {@code layer_types}, else the family's rule. */
  static boolean slides(Config config, int layer, boolean rule) {
    List<String> types = config.stringList("layer_types");
    if (types.isEmpty()) {
      return rule;
    }
    String type = layer < types.size() ? types.get(layer) : "absent for layer " + layer;
    if (!type.equals(SLIDING) && !type.equals(FULL)) {
      throw config.unsupported("layer_types", type, List.of(SLIDING, FULL));
    }
    return type.equals(SLIDING);
  }

  /**
   * ALiBi's slopes (Press et al. 2022): 2^(−max·i/n) for n heads; where n is no power of two, those
   * of the next lower power, then every other one of the next higher.
   */
  static List<Float> alibiSlopes(int heads, int max) {
    int higher = heads == 1 ? 1 : Integer.highestOneBit(heads - 1) * 2;
    List<Float> all = new ArrayList<>();
    for (int i = 1; i <= higher; i++) {
      all.add((float) Math.pow(2, -(double) max * i / higher));
    }
    if (higher == heads) {
      return all;
    }
    List<Float> slopes = new ArrayList<>();
    for (int start : new int[] {1, 0}) {
      for (int i = start; i < higher && slopes.size() < heads; i += 2) {
        slopes.add(all.get(i));
      }
    }
    return slopes;
  }

  /**
   * As the reference reads it: an original length beside max_position_embeddings gives the factor.
   */
  private static RopeScaling longRope(Config config, Config s, int maxPositions) {
    String field = "original_max_position_embeddings";
    int original = config.intValue(field, maxPositions);
    double factor =
        config.hasValue(field) ? (double) maxPositions / original : s.number("factor", 1);
    double attention = factor <= 1 ? 1 : Math.sqrt(1 + Math.log(factor) / Math.log(original));
    return new RopeScaling.LongRope(
        s.numberList("short_factor"),
        s.numberList("long_factor"),
        original,
        s.number("attention_factor", attention));
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
