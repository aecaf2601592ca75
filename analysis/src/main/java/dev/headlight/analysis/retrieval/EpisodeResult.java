package dev.headlight.analysis.retrieval;

import java.util.BitSet;
import java.util.List;

/**
 * How an episode was answered.
 *
 * @param generated ids that were written, greedily; none where the model's positions end with the
 *     prompt
 * @param text what they say; empty for a model without a tokenizer
 * @param recall share of the answer that they have, 0 to 1
 * @param steps what the heads did, one for each id
 */
public record EpisodeResult(int[] generated, String text, double recall, List<DecodedStep> steps) {
  /** Copies what is mutable. */
  public EpisodeResult {
    generated = generated.clone();
    steps = List.copyOf(steps);
  }

  /** Whether the answer counts as given; only then do its steps count in scores. */
  public boolean success() {
    return recall > Answer.ENOUGH;
  }

  /**
   * The score of each head by the code of Wu et al. 2024 (retrieval_head_detection.py): 1 / (length
   * of the needle) for each step whose largest weight lies on a token of the needle that is the one
   * written.
   *
   * @return row-major {@code [layers][heads]}, 0 or more; above 1 where a head copies a position
   *     twice
   */
  double[] byCode(Episode episode, int count) {
    double[] scores = new double[count];
    for (DecodedStep step : steps) {
      for (int i = 0; i < count; i++) {
        if (episode.copies(step.topKeys()[i], step.token())) {
          scores[i] += 1.0 / episode.needleLength();
        }
      }
    }
    return scores;
  }

  /**
   * The score by the paper's formula, |g ∩ k| / |k|: the share of the needle's positions that the
   * head copied, each once.
   *
   * @return row-major {@code [layers][heads]}, 0 to 1
   */
  double[] byPaper(Episode episode, int count) {
    double[] scores = new double[count];
    for (int i = 0; i < count; i++) {
      BitSet copied = new BitSet();
      for (DecodedStep step : steps) {
        if (episode.copies(step.topKeys()[i], step.token())) {
          copied.set(step.topKeys()[i]);
        }
      }
      scores[i] = (double) copied.cardinality() / episode.needleLength();
    }
    return scores;
  }
}
