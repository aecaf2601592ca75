package dev.headlight.analysis.model.family;

import dev.headlight.analysis.checkpoint.Config;
import dev.headlight.analysis.model.LayerSpec;
import dev.headlight.analysis.model.LayerWeights;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.ModelWeights;
import dev.headlight.analysis.model.Projection;
import dev.headlight.analysis.model.WeightReader;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * GPT-Neo (Black et al. 2021): GPT-2 with Linear layers, scores that are not divided by √d_head,
 * and layers that alternate between all keys and the nearest ones.
 */
final class GptNeoFamily implements Family {
  @Override
  public Set<String> modelTypes() {
    return Set.of("gpt_neo");
  }

  @Override
  public ModelSpec spec(Config c) {
    int heads = ConfigRules.positive(c, "num_heads", "num_attention_heads");
    int width = c.requirePositive("hidden_size");
    int window = c.intValue("window_size", 256);
    List<String> kinds = c.stringList("attention_layers");
    return ModelSpec.builder("gpt_neo", c.architecture().orElse("GPTNeoForCausalLM"))
        .size(
            ConfigRules.positive(c, "num_layers", "num_hidden_layers"),
            width,
            c.requirePositive("vocab_size"))
        .heads(heads, heads, width / heads)
        .maxPositions(c.requirePositive("max_position_embeddings"))
        .learnedPositions(0)
        .tied(c.bool("tie_word_embeddings", true))
        .layerNorm(c.number("layer_norm_epsilon", 1e-5))
        .mlp(
            c.intValue("intermediate_size", 4 * width),
            ConfigRules.activation(c, "activation_function", "gelu_new"))
        .layerSpecs(l -> new LayerSpec(local(c, kinds, l) ? window : 0, 1, Optional.empty()))
        .build();
  }

  private static boolean local(Config c, List<String> kinds, int layer) {
    String kind = layer < kinds.size() ? kinds.get(layer) : "absent for layer " + layer;
    if (!kind.equals("global") && !kind.equals("local")) {
      throw c.unsupported("attention_layers", kind, List.of("global", "local"));
    }
    return kind.equals("local");
  }

  @Override
  public ModelWeights weights(ModelSpec s, Config c, WeightReader r) {
    r.withPrefix("wte.weight", "transformer.", "");
    var embedding = r.matrix("wte.weight", s.vocab(), s.width());
    return new ModelWeights(
        embedding,
        r.matrix("wpe.weight", s.maxPositions(), s.width()),
        IntStream.range(0, s.layers()).mapToObj(l -> layer(s, r, "h." + l + ".")).toList(),
        r.norm("ln_f", s.width(), true),
        new Projection(
            s.tiedEmbeddings() ? embedding : r.exactMatrix("lm_head.weight", s.vocab(), s.width()),
            null));
  }

  private static LayerWeights layer(ModelSpec s, WeightReader r, String p) {
    int d = s.width();
    String a = p + "attn.attention.";
    String[] qkv = {a + "q_proj", a + "k_proj", a + "v_proj"};
    return new LayerWeights(
        r.norm(p + "ln_1", d, true),
        r.stacked(d, false, qkv, new long[] {d, d, d}),
        null,
        null,
        r.linear(a + "out_proj", d, d, true),
        r.norm(p + "ln_2", d, true),
        r.linear(p + "mlp.c_fc", s.mlp().inner(), d, true),
        r.linear(p + "mlp.c_proj", d, s.mlp().inner(), true));
  }
}
