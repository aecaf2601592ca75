package dev.headlight.samples.measure;

import ai.djl.ndarray.NDManager;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Engines;
import dev.headlight.analysis.model.Hooks;
import dev.headlight.analysis.model.PassInput;
import dev.headlight.analysis.model.Transformer;
import dev.headlight.samples.world.IndirectObject;
import dev.headlight.samples.world.Vocabulary;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Indirect objects (Wang et al. 2022).
 *
 * @param right share of sentences whose likeliest next token is the right name, 0 to 1
 * @param difference mean logit of the right name minus that of the wrong one
 */
public record ObjectScores(double right, double difference) {

  /** Lets a model go on with each sentence. */
  public static ObjectScores of(
      Transformer transformer, Vocabulary vocabulary, List<IndirectObject> sentences) {
    int right = 0;
    double difference = 0;
    for (IndirectObject sentence : sentences) {
      float[] logits = logits(transformer, vocabulary.ids(sentence.text()));
      int name = vocabulary.id(sentence.right());
      right += IntStream.range(0, logits.length).allMatch(i -> logits[i] <= logits[name]) ? 1 : 0;
      difference += logits[name] - logits[vocabulary.id(sentence.wrong())];
    }
    int count = sentences.size();
    return new ObjectScores((double) right / count, difference / count);
  }

  private static float[] logits(Transformer transformer, int[] ids) {
    int[] begun = IntStream.concat(IntStream.of(Vocabulary.BOS_ID), IntStream.of(ids)).toArray();
    try (NDManager scope = Engines.manager()) {
      PassInput input = PassInput.lastRow(List.of(begun), null);
      return transformer.forward(input, Hooks.NONE, Progress.NONE, scope).toFloatArray();
    }
  }
}
