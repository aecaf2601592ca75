package dev.headlight.analysis.model.family;

import dev.headlight.analysis.checkpoint.Config;
import dev.headlight.analysis.model.EmbeddingWeights;
import dev.headlight.analysis.model.LayerWeights;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.ModelSpec.Activation;
import dev.headlight.analysis.model.ModelSpec.Embedding;
import dev.headlight.analysis.model.ModelWeights;
import dev.headlight.analysis.model.WeightReader;
import dev.headlight.analysis.model.family.EncoderRules.HeadNames;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** DistilBERT (Sanh et al. 2019): BERT without token types, under other names. */
final class DistilBertFamily implements Family {
  @Override
  public Set<String> modelTypes() {
    return Set.of("distilbert");
  }

  @Override
  public ModelSpec spec(Config c) {
    int heads = c.requirePositive("n_heads");
    int width = c.requirePositive("dim");
    Activation activation = ConfigRules.activation(c, "activation", "gelu");
    // Sinusoidal positions are only another start of training: the table is in the file.
    return EncoderRules.builder(c, activation, "DistilBert", "ForMaskedLM")
        .size(c.requirePositive("n_layers"), width, c.requirePositive("vocab_size"))
        .heads(heads, heads, width / heads)
        .maxPositions(c.requirePositive("max_position_embeddings"))
        .embedding(new Embedding(width, 0, -1, 0, 1))
        .layerNorm(1e-12)
        .mlp(c.requirePositive("hidden_dim"), activation)
        .layerSpecs(l -> EncoderRules.layer(width, heads))
        .build();
  }

  @Override
  public ModelWeights weights(ModelSpec s, Config c, WeightReader r) {
    r.withPrefix("embeddings.word_embeddings.weight", "distilbert.", "");
    int d = s.width();
    EmbeddingWeights embedding =
        new EmbeddingWeights(
            r.matrix("embeddings.word_embeddings.weight", s.vocab(), d),
            r.matrix("embeddings.position_embeddings.weight", s.maxPositions(), d),
            null,
            r.norm("embeddings.LayerNorm", d, true),
            null,
            null);
    List<LayerWeights> layers =
        IntStream.range(0, s.layers())
            .mapToObj(l -> layer(s, r, "transformer.layer." + l + "."))
            .toList();
    HeadNames head =
        new HeadNames(
            "vocab_transform",
            "vocab_layer_norm",
            "vocab_projector.weight",
            "vocab_projector.bias");
    return EncoderRules.model(s, r, embedding, layers, head);
  }

  private static LayerWeights layer(ModelSpec s, WeightReader r, String p) {
    int d = s.width();
    String[] qkv = {p + "attention.q_lin", p + "attention.k_lin", p + "attention.v_lin"};
    return new LayerWeights(
        r.norm(p + "sa_layer_norm", d, true),
        r.stacked(d, true, qkv, new long[] {d, d, d}),
        null,
        null,
        r.linear(p + "attention.out_lin", d, d, true),
        r.norm(p + "output_layer_norm", d, true),
        r.linear(p + "ffn.lin1", s.mlp().inner(), d, true),
        r.linear(p + "ffn.lin2", d, s.mlp().inner(), true));
  }
}
