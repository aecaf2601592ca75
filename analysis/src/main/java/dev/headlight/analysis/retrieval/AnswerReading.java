package dev.headlight.analysis.retrieval;

import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.Head;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Where an answer was read from: for each token of it, the weights of chosen heads over the prompt
 * and what was written before.
 *
 * @param prompt ids that were read
 * @param result how it was answered; its steps keep the rows of the heads
 * @param heads which
 */
public record AnswerReading(int[] prompt, EpisodeResult result, List<Head> heads) {
  /** Copies what is mutable. */
  public AnswerReading {
    prompt = prompt.clone();
    heads = List.copyOf(heads);
  }

  /**
   * Answers an episode and keeps the rows of some heads. Memory: heads × tokens of the answer ×
   * tokens of the prompt.
   *
   * @param heads at least one
   * @throws dev.headlight.analysis.HeadlightException when the model cannot answer the episode
   */
  public static AnswerReading read(
      Model model, Episode episode, List<Head> heads, Masking masking, Progress progress) {
    EpisodeDecoder.require(model, List.of(episode));
    EpisodeResult result =
        model.guarded(
            () -> {
              try (EpisodeDecoder decoder =
                  new EpisodeDecoder(model, List.of(episode), StreamingWindow.SMALL)) {
                return decoder.answer(episode, masking, new LinkedHashSet<>(heads), progress);
              }
            });
    return new AnswerReading(episode.tokens(), result, heads);
  }

  /**
   * Weights of one head while a token of the answer was written.
   *
   * @param step index of the token in the answer
   * @return over keys 0 to the query's position, sum 1
   */
  public float[] weights(int step, Head head) {
    return result.steps().get(step).rows().get(head).clone();
  }

  /** The mean over the heads; see {@link #weights}. */
  public float[] mean(int step) {
    float[] mean = new float[result.steps().get(step).position() + 1];
    for (Head head : heads) {
      float[] row = result.steps().get(step).rows().get(head);
      for (int k = 0; k < mean.length; k++) {
        mean[k] += row[k] / heads.size();
      }
    }
    return mean;
  }
}
