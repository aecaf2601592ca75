package dev.headlight.analysis.model.family;

import dev.headlight.analysis.checkpoint.Config;
import dev.headlight.analysis.model.LayerSpec;
import dev.headlight.analysis.model.LayerWeights;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.ModelSpec.BlockForm;
import dev.headlight.analysis.model.ModelWeights;
import dev.headlight.analysis.model.Projection;
import dev.headlight.analysis.model.RopeScaling;
import dev.headlight.analysis.model.Rotary;
import dev.headlight.analysis.model.WeightReader;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * GPT-J (Wang and Komatsuzaki 2021): parallel blocks with one norm, neighbouring dimensions turned
 * together, an unembedding with a bias.
 */
final class GptJFamily implements Family {
  @Override
  public Set<String> modelTypes() {
    return Set.of("gptj");
  }

  @Override
  public ModelSpec spec(Config c) {
    int heads = c.requirePositive("n_head");
    int width = c.requirePositive("n_embd");
    int headDim = width / heads;
    int turned = c.isNull("rotary_dim") ? headDim : c.intValue("rotary_dim", 64);
    Rotary rotary = new Rotary(turned, 10000, true, new RopeScaling.None());
    return ModelSpec.builder("gptj", c.architecture().orElse("GPTJForCausalLM"))
        .size(c.requirePositive("n_layer"), width, c.requirePositive("vocab_size"))
        .heads(heads, heads, headDim)
        .maxPositions(c.requirePositive("n_positions"))
        .tied(c.bool("tie_word_embeddings", false))
        .layerNorm(c.number("layer_norm_epsilon", 1e-5))
        .form(BlockForm.PARALLEL_SHARED)
        .mlp(
            c.intValue("n_inner", 4 * width),
            ConfigRules.activation(c, "activation_function", "gelu_new"))
        .layerSpecs(l -> new LayerSpec(0, 1 / Math.sqrt(headDim), Optional.of(rotary)))
        .build();
  }

  @Override
  public ModelWeights weights(ModelSpec s, Config c, WeightReader r) {
    r.withPrefix("wte.weight", "transformer.", "");
    var embedding = r.matrix("wte.weight", s.vocab(), s.width());
    return new ModelWeights(
        embedding,
        null,
        IntStream.range(0, s.layers()).mapToObj(l -> layer(s, r, "h." + l + ".")).toList(),
        r.norm("ln_f", s.width(), true),
        new Projection(
            s.tiedEmbeddings() ? embedding : r.exactMatrix("lm_head.weight", s.vocab(), s.width()),
            r.exact("lm_head.bias", s.vocab())));
  }

  private static LayerWeights layer(ModelSpec s, WeightReader r, String p) {
    int d = s.width();
    String[] qkv = {p + "attn.q_proj", p + "attn.k_proj", p + "attn.v_proj"};
    return new LayerWeights(
        r.norm(p + "ln_1", d, true),
        r.stacked(d, false, qkv, new long[] {d, d, d}),
        null,
        null,
        r.linear(p + "attn.out_proj", d, d, false),
        null,
        r.linear(p + "mlp.fc_in", s.mlp().inner(), d, true),
        r.linear(p + "mlp.fc_out", d, s.mlp().inner(), true));
  }
}
