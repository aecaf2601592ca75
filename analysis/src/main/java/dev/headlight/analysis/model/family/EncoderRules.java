package dev.headlight.analysis.model.family;

import ai.djl.ndarray.NDArray;
import dev.headlight.analysis.checkpoint.Config;
import dev.headlight.analysis.model.LayerSpec;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.ModelSpec.Activation;
import dev.headlight.analysis.model.ModelSpec.BlockForm;
import dev.headlight.analysis.model.ModelSpec.Output;
import dev.headlight.analysis.model.ModelSpecBuilder;
import dev.headlight.analysis.model.ModelWeights;
import dev.headlight.analysis.model.NormWeights;
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

  /** The head's dense layer, {@code [E, d]}, and norm. */
  static ModelWeights.Head head(ModelSpec s, WeightReader r, String dense, String norm) {
    int e = s.embedding().width();
    Projection projection = r.linear(dense, e, s.width(), true);
    NormWeights weights = r.norm(norm, e, true);
    return new ModelWeights.Head(projection, weights);
  }

  /** The unembedding: the token table or a tensor of its own, with a bias. */
  static Projection unembedding(
      ModelSpec s, WeightReader r, NDArray tokens, String weight, String bias) {
    return new Projection(
        s.tiedEmbeddings() ? tokens : r.array(weight, s.vocab(), s.embedding().width()),
        r.array(bias, s.vocab()));
  }
}
