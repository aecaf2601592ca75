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
import java.util.stream.Stream;

/**
 * What the descendants of BERT share: post-norm blocks, both directions, and a masked-word head or
 * none: a bare body and what classifies run as bodies, their own heads are not read.
 */
final class EncoderRules {
  /** How the names of classes without a masked-word head end. */
  private static final List<String> BODIES =
      List.of(
          "Model",
          "ForSequenceClassification",
          "ForTokenClassification",
          "ForQuestionAnswering",
          "ForMultipleChoice",
          "ForNextSentencePrediction",
          "ForPreTraining");

  private EncoderRules() {}

  /**
   * An encoder.
   *
   * @param transform activation of the masked-word head
   * @param stem what the names of its classes begin with
   * @param heads ends of the class names that have a masked-word head; absence means the first
   */
  static ModelSpecBuilder builder(Config c, Activation transform, String stem, String... heads) {
    String architecture = c.architecture().orElse(stem + heads[0]);
    List<String> known = Stream.concat(Stream.of(heads), BODIES.stream()).distinct().toList();
    boolean ours = architecture.startsWith(stem);
    String end = ours ? architecture.substring(stem.length()) : "";
    if (!known.contains(end)) {
      throw c.unsupported("architectures", architecture, known.stream().map(stem::concat).toList());
    }
    boolean words = List.of(heads).contains(end);
    ConfigRules.mustBe(c, "position_embedding_type", "absolute");
    ConfigRules.mustBe(c, "is_decoder", false);
    ConfigRules.mustBe(c, "add_cross_attention", false);
    return ModelSpec.builder(c.modelType(), architecture)
        .bidirectional()
        .form(BlockForm.POST_NORM)
        .tied(words && c.bool("tie_word_embeddings", true))
        .output(words ? new Output(false, Optional.of(transform), 1, 0) : Output.NONE);
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
    if (!s.hasLogits()) {
      return new ModelWeights(embedding, layers, null, null, null);
    }
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
