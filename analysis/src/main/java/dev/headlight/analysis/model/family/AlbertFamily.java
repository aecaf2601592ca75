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

/**
 * ALBERT (Lan et al. 2019): BERT with a narrower embedding, whose layers share their weights in
 * groups of neighbours. Where a layer of config.json holds several blocks ({@code
 * inner_group_num}), each counts as a layer here.
 */
final class AlbertFamily implements Family {
  @Override
  public Set<String> modelTypes() {
    return Set.of("albert");
  }

  @Override
  public ModelSpec spec(Config c) {
    int heads = c.requirePositive("num_attention_heads");
    int width = c.requirePositive("hidden_size");
    int blocks = c.requirePositive("num_hidden_layers") * inner(c);
    Activation activation = ConfigRules.activation(c, "hidden_act", "gelu_new");
    int table = c.intValue("embedding_size", 128);
    return EncoderRules.builder(c, activation, "Albert", "ForMaskedLM", "ForPreTraining")
        .size(blocks, width, c.requirePositive("vocab_size"))
        .heads(heads, heads, width / heads)
        .maxPositions(c.requirePositive("max_position_embeddings"))
        .embedding(new Embedding(table, 0, -1, c.intValue("type_vocab_size", 2), 1))
        .layerNorm(c.number("layer_norm_eps", 1e-12))
        .mlp(c.requirePositive("intermediate_size"), activation)
        .layerSpecs(l -> EncoderRules.layer(width, heads))
        .build();
  }

  @Override
  public ModelWeights weights(ModelSpec s, Config c, WeightReader r) {
    r.withPrefix("embeddings.word_embeddings.weight", "albert.", "");
    int e = s.embedding().width();
    EmbeddingWeights embedding =
        new EmbeddingWeights(
            r.matrix("embeddings.word_embeddings.weight", s.vocab(), e),
            r.matrix("embeddings.position_embeddings.weight", s.maxPositions(), e),
            r.matrix("embeddings.token_type_embeddings.weight", s.embedding().types(), e),
            r.norm("embeddings.LayerNorm", e, true),
            null,
            r.linear("encoder.embedding_hidden_mapping_in", s.width(), e, true));
    List<LayerWeights> layers = layers(s, c, r);
    HeadNames head =
        new HeadNames(
            "predictions.dense",
            "predictions.LayerNorm",
            "predictions.decoder.weight",
            "predictions.bias");
    return EncoderRules.model(s, r, embedding, layers, head);
  }

  /** How many blocks a layer of config.json is. */
  private static int inner(Config c) {
    return c.hasValue("inner_group_num") ? c.requirePositive("inner_group_num") : 1;
  }

  /** Every block, in order; those at one place of a group are the same object. */
  private static List<LayerWeights> layers(ModelSpec s, Config c, WeightReader r) {
    int inner = inner(c);
    int count = c.hasValue("num_hidden_groups") ? c.requirePositive("num_hidden_groups") : 1;
    int times = s.layers() / inner;
    List<LayerWeights> own =
        IntStream.range(0, count * inner)
            .mapToObj(i -> layer(s, r, "encoder.albert_layer_groups." + place(i, inner)))
            .toList();
    return IntStream.range(0, s.layers())
        .mapToObj(l -> own.get(l / inner * count / times * inner + l % inner))
        .toList();
  }

  private static String place(int index, int inner) {
    return index / inner + ".albert_layers." + index % inner + ".";
  }

  private static LayerWeights layer(ModelSpec s, WeightReader r, String p) {
    int d = s.width();
    String a = p + "attention.";
    String[] qkv = {a + "query", a + "key", a + "value"};
    return new LayerWeights(
        r.norm(a + "LayerNorm", d, true),
        r.stacked(d, true, qkv, new long[] {d, d, d}),
        null,
        null,
        r.linear(a + "dense", d, d, true),
        r.norm(p + "full_layer_layer_norm", d, true),
        r.linear(p + "ffn", s.mlp().inner(), d, true),
        r.linear(p + "ffn_output", d, s.mlp().inner(), true));
  }
}
