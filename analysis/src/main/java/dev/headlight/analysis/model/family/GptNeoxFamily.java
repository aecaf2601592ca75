package dev.headlight.analysis.model.family;

import dev.headlight.analysis.checkpoint.Config;
import dev.headlight.analysis.model.LayerSpec;
import dev.headlight.analysis.model.LayerWeights;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.ModelSpec.BlockForm;
import dev.headlight.analysis.model.ModelWeights;
import dev.headlight.analysis.model.Projection;
import dev.headlight.analysis.model.Rotary;
import dev.headlight.analysis.model.WeightReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * GPT-NeoX and Pythia (Black et al. 2022): parallel blocks with two norms, partial rotary
 * positions, queries, keys and values packed head by head.
 */
final class GptNeoxFamily implements Family {
  @Override
  public Set<String> modelTypes() {
    return Set.of("gpt_neox");
  }

  @Override
  public ModelSpec spec(Config c) {
    int heads = c.requirePositive("num_attention_heads");
    int width = c.requirePositive("hidden_size");
    int headDim = width / heads;
    int positions = c.requirePositive("max_position_embeddings");
    int turned = (int) (headDim * c.number("rotary_pct", c.number("partial_rotary_factor", 0.25)));
    Rotary rotary = ConfigRules.rotary(c, turned, 10000, false);
    boolean parallel = c.bool("use_parallel_residual", true);
    return ModelSpec.builder("gpt_neox", c.architecture().orElse("GPTNeoXForCausalLM"))
        .size(c.requirePositive("num_hidden_layers"), width, c.requirePositive("vocab_size"))
        .heads(heads, heads, headDim)
        .maxPositions(ConfigRules.reach(rotary, positions))
        .tied(c.bool("tie_word_embeddings", false))
        .layerNorm(c.number("layer_norm_eps", 1e-5))
        .form(parallel ? BlockForm.PARALLEL : BlockForm.SERIAL)
        .mlp(
            c.requirePositive("intermediate_size"), ConfigRules.activation(c, "hidden_act", "gelu"))
        .layerSpecs(l -> new LayerSpec(0, 1 / Math.sqrt(headDim), Optional.of(rotary)))
        .build();
  }

  @Override
  public ModelWeights weights(ModelSpec s, Config c, WeightReader r) {
    r.withPrefix("embed_in.weight", "gpt_neox.", "");
    int d = s.width();
    boolean bias = c.bool("attention_bias", true);
    int[] order = unpack(s.heads(), s.headDim());
    List<LayerWeights> layers = new ArrayList<>();
    for (int l = 0; l < s.layers(); l++) {
      String p = "layers." + l + ".";
      layers.add(
          new LayerWeights(
              r.norm(p + "input_layernorm", d, true),
              r.permuted(p + "attention.query_key_value", d, bias, order),
              null,
              null,
              r.linear(p + "attention.dense", d, d, bias),
              r.norm(p + "post_attention_layernorm", d, true),
              r.linear(p + "mlp.dense_h_to_4h", s.mlp().inner(), d, true),
              r.linear(p + "mlp.dense_4h_to_h", d, s.mlp().inner(), true)));
    }
    var embedding = r.matrix("embed_in.weight", s.vocab(), d);
    return new ModelWeights(
        embedding,
        null,
        layers,
        r.norm("final_layer_norm", d, true),
        new Projection(
            s.tiedEmbeddings() ? embedding : r.exactMatrix("embed_out.weight", s.vocab(), d),
            null));
  }

  /** Rows as stored, [head][q, k, v][e], in the order [q, k, v][head][e]. */
  static int[] unpack(int heads, int headDim) {
    int[] order = new int[3 * heads * headDim];
    for (int part = 0, i = 0; part < 3; part++) {
      for (int head = 0; head < heads; head++) {
        for (int e = 0; e < headDim; e++) {
          order[i++] = (head * 3 + part) * headDim + e;
        }
      }
    }
    return order;
  }
}
