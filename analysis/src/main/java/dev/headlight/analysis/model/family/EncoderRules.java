package dev.headlight.analysis.model.family;

import dev.headlight.analysis.checkpoint.Config;
import dev.headlight.analysis.model.EmbeddingWeights;
import dev.headlight.analysis.model.LayerSpec;
import dev.headlight.analysis.model.LayerWeights;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.ModelSpec.Activation;
import dev.headlight.analysis.model.ModelSpec.BlockForm;
import dev.headlight.analysis.model.ModelSpec.Output;
import dev.headlight.analysis.model.ModelSpecBuilder;
import dev.headlight.analysis.model.ModelWeights;
import dev.headlight.analysis.model.Projection;
import dev.headlight.analysis.model.WeightReader;
import java.util.List;
import java.util.Optional;

/** What the descendants of BERT share: post-norm blocks, both directions, a masked-word head. */
final class EncoderRules {
  private EncoderRules() {}

  /**
   * An encoder with a masked-word head.
   *
   * @param transform activation of the head
   * @param architectures class names whose head this is; the first is what absence means
   */
  static ModelSpecBuilder builder(Config c, Activation transform, String... architectures) {
    String architecture = c.architecture().orElse(architectures[0]);
    if (!List.of(architectures).contains(architecture)) {
      throw c.unsupported("architectures", architecture, List.of(architectures));
    }
    ConfigRules.mustBe(c, "position_embedding_type", "absolute");
    ConfigRules.mustBe(c, "is_decoder", false);
    ConfigRules.mustBe(c, "add_cross_attention", false);
    return ModelSpec.builder(c.modelType(), architecture)
        .bidirectional()
        .form(BlockForm.POST_NORM)
        .tied(c.bool("tie_word_embeddings", true))
        .output(new Output(false, Optional.of(transform), 1, 0));
  }

  /** A layer of a model with this width and number of heads. */
  static LayerSpec layer(int width, int heads) {
    return new LayerSpec(0, 1 / Math.sqrt((double) width / heads), Optional.empty());
  }

  /** Names of a masked-word head: dense layer, norm, and the unembedding's weight and bias. */
  record HeadNames(String dense, String norm, String weight, String bias) {}

  /** The whole model around its embedding and layers; the head's names have no prefix. */
  static ModelWeights model(
      ModelSpec s,
      WeightReader r,
      EmbeddingWeights embedding,
      List<LayerWeights> layers,
      HeadNames head) {
    r.withoutPrefix();
    int e = s.embedding().width();
    return new ModelWeights(
        embedding,
        layers,
        null,
        new ModelWeights.Head(
            r.linear(head.dense(), e, s.width(), true), r.norm(head.norm(), e, true)),
        new Projection(
            s.tiedEmbeddings() ? embedding.tokens() : r.matrix(head.weight(), s.vocab(), e),
            r.array(head.bias(), s.vocab())));
  }
}
