package dev.headlight.analysis.model.family;

import dev.headlight.analysis.checkpoint.Config;
import dev.headlight.analysis.model.EmbeddingWeights;
import dev.headlight.analysis.model.LayerWeights;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.ModelSpec.Activation;
import dev.headlight.analysis.model.ModelSpec.Embedding;
import dev.headlight.analysis.model.ModelSpecBuilder;
import dev.headlight.analysis.model.ModelWeights;
import dev.headlight.analysis.model.Projection;
import dev.headlight.analysis.model.WeightReader;
import dev.headlight.analysis.model.family.EncoderRules.HeadNames;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * BERT (Devlin et al. 2018), RoBERTa (Liu et al. 2019; positions start behind the padding's) and
 * ELECTRA (Clark et al. 2020; a narrower embedding; the discriminator has no masked-word head).
 * Same layers, other heads.
 */
final class BertFamily implements Family {
  @Override
  public Set<String> modelTypes() {
    return Set.of("bert", "roberta", "electra");
  }

  @Override
  public ModelSpec spec(Config c) {
    int heads = c.requirePositive("num_attention_heads");
    int width = c.requirePositive("hidden_size");
    boolean roberta = c.modelType().equals("roberta");
    int padId = roberta ? c.intValue("pad_token_id", 1) : -1;
    int table = c.modelType().equals("electra") ? c.intValue("embedding_size", 128) : width;
    Activation activation = ConfigRules.activation(c, "hidden_act", "gelu");
    return builder(c, activation)
        .size(c.requirePositive("num_hidden_layers"), width, c.requirePositive("vocab_size"))
        .heads(heads, heads, width / heads)
        .maxPositions(c.requirePositive("max_position_embeddings") - (padId + 1))
        .embedding(new Embedding(table, padId + 1, padId, c.intValue("type_vocab_size", 2), 1))
        .layerNorm(c.number("layer_norm_eps", 1e-12))
        .mlp(c.requirePositive("intermediate_size"), activation)
        .layerSpecs(l -> EncoderRules.layer(width, heads))
        .build();
  }

  private static ModelSpecBuilder builder(Config c, Activation activation) {
    return switch (c.modelType()) {
      case "roberta" -> EncoderRules.builder(c, Activation.GELU, "Roberta", "ForMaskedLM");
      case "electra" -> EncoderRules.builder(c, Activation.GELU, "Electra", "ForMaskedLM");
      default -> EncoderRules.builder(c, activation, "Bert", "ForMaskedLM", "ForPreTraining");
    };
  }

  @Override
  public ModelWeights weights(ModelSpec s, Config c, WeightReader r) {
    r.withPrefix("embeddings.word_embeddings.weight", s.family() + ".", "");
    EmbeddingWeights embedding = embedding(s, r);
    List<LayerWeights> layers =
        IntStream.range(0, s.layers())
            .mapToObj(l -> layer(s, r, "encoder.layer." + l + "."))
            .toList();
    return EncoderRules.model(s, r, embedding, layers, head(s.family()));
  }

  private static HeadNames head(String family) {
    return switch (family) {
      case "roberta" ->
          new HeadNames(
              "lm_head.dense", "lm_head.layer_norm", "lm_head.decoder.weight", "lm_head.bias");
      case "electra" ->
          new HeadNames(
              "generator_predictions.dense",
              "generator_predictions.LayerNorm",
              "generator_lm_head.weight",
              "generator_lm_head.bias");
      default ->
          new HeadNames(
              "cls.predictions.transform.dense",
              "cls.predictions.transform.LayerNorm",
              "cls.predictions.decoder.weight",
              "cls.predictions.bias");
    };
  }

  private static EmbeddingWeights embedding(ModelSpec s, WeightReader r) {
    int e = s.embedding().width();
    int rows = s.maxPositions() + s.learnedPositions();
    Projection projection =
        e == s.width() ? null : r.linear("embeddings_project", s.width(), e, true);
    return new EmbeddingWeights(
        r.matrix("embeddings.word_embeddings.weight", s.vocab(), e),
        r.matrix("embeddings.position_embeddings.weight", rows, e),
        r.matrix("embeddings.token_type_embeddings.weight", s.embedding().types(), e),
        r.norm("embeddings.LayerNorm", e, true),
        null,
        projection);
  }

  private static LayerWeights layer(ModelSpec s, WeightReader r, String p) {
    int d = s.width();
    String a = p + "attention.self.";
    String[] qkv = {a + "query", a + "key", a + "value"};
    return new LayerWeights(
        r.norm(p + "attention.output.LayerNorm", d, true),
        r.stacked(d, true, qkv, new long[] {d, d, d}),
        null,
        null,
        r.linear(p + "attention.output.dense", d, d, true),
        r.norm(p + "output.LayerNorm", d, true),
        r.linear(p + "intermediate.dense", s.mlp().inner(), d, true),
        r.linear(p + "output.dense", d, s.mlp().inner(), true));
  }
}
