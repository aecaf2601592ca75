package dev.headlight.analysis.model.family;

import dev.headlight.analysis.checkpoint.Config;
import dev.headlight.analysis.model.EmbeddingWeights;
import dev.headlight.analysis.model.LayerSpec;
import dev.headlight.analysis.model.LayerWeights;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.ModelSpec.BlockForm;
import dev.headlight.analysis.model.ModelSpec.Embedding;
import dev.headlight.analysis.model.ModelSpec.Output;
import dev.headlight.analysis.model.ModelWeights;
import dev.headlight.analysis.model.Projection;
import dev.headlight.analysis.model.WeightReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * OPT (Zhang et al. 2022). Position 0 takes row 2 of its table. The 350M model alone is post-norm,
 * without a final norm, and has a narrower embedding between two projections.
 */
final class OptFamily implements Family {
  private static final int FIRST_ROW = 2;

  @Override
  public Set<String> modelTypes() {
    return Set.of("opt");
  }

  @Override
  public ModelSpec spec(Config c) {
    int heads = c.requirePositive("num_attention_heads");
    int width = c.requirePositive("hidden_size");
    int table = c.intValue("word_embed_proj_dim", width);
    boolean before = c.bool("do_layer_norm_before", true);
    ConfigRules.mustBe(c, "layer_norm_elementwise_affine", true);
    if (before && table != width) {
      throw c.unsupported(
          "word_embed_proj_dim", String.valueOf(table), List.of(width + ", the hidden_size"));
    }
    boolean finalNorm = before && !c.bool("_remove_final_layer_norm", false);
    double scale = 1 / Math.sqrt((double) width / heads);
    return ModelSpec.builder("opt", c.architecture().orElse("OPTForCausalLM"))
        .size(c.requirePositive("num_hidden_layers"), width, c.requirePositive("vocab_size"))
        .heads(heads, heads, width / heads)
        .maxPositions(c.requirePositive("max_position_embeddings"))
        .embedding(new Embedding(table, FIRST_ROW, -1, 0, 1))
        .tied(c.bool("tie_word_embeddings", true))
        .layerNorm(1e-5)
        .form(before ? BlockForm.SERIAL : BlockForm.POST_NORM)
        .mlp(c.requirePositive("ffn_dim"), ConfigRules.activation(c, "activation_function", "relu"))
        .output(new Output(finalNorm, Optional.empty(), 1, 0))
        .layerSpecs(l -> new LayerSpec(0, scale, Optional.empty()))
        .build();
  }

  @Override
  public ModelWeights weights(ModelSpec s, Config c, WeightReader r) {
    r.withPrefix("embed_tokens.weight", "model.decoder.", "decoder.", "");
    int d = s.width();
    int e = s.embedding().width();
    var tokens = r.matrix("embed_tokens.weight", s.vocab(), e);
    var positions = r.matrix("embed_positions.weight", s.maxPositions() + (long) FIRST_ROW, d);
    Projection in = e == d ? null : r.linear("project_in", d, e, false);
    boolean bias = c.bool("enable_bias", true);
    List<LayerWeights> layers = new ArrayList<>();
    for (int l = 0; l < s.layers(); l++) {
      LayerWeights layer = layer(s, r, "layers." + l + ".", bias);
      boolean projected = e != d && l == s.layers() - 1;
      layers.add(projected ? layer.withLeave(r.linear("project_out", e, d, false)) : layer);
    }
    return new ModelWeights(
        new EmbeddingWeights(tokens, positions, null, null, in, null),
        layers,
        s.output().finalNorm() ? r.norm("final_layer_norm", d, true) : null,
        null,
        new Projection(
            s.tiedEmbeddings() ? tokens : r.exactMatrix("lm_head.weight", s.vocab(), e), null));
  }

  private static LayerWeights layer(ModelSpec s, WeightReader r, String p, boolean bias) {
    int d = s.width();
    String[] qkv = {p + "self_attn.q_proj", p + "self_attn.k_proj", p + "self_attn.v_proj"};
    return new LayerWeights(
        r.norm(p + "self_attn_layer_norm", d, true),
        r.stacked(d, bias, qkv, new long[] {d, d, d}),
        null,
        null,
        r.linear(p + "self_attn.out_proj", d, d, bias),
        r.norm(p + "final_layer_norm", d, true),
        r.linear(p + "fc1", s.mlp().inner(), d, bias),
        r.linear(p + "fc2", d, s.mlp().inner(), bias));
  }
}
