package dev.headlight.app.retrieval;

import dev.headlight.analysis.retrieval.Episode;
import dev.headlight.analysis.run.Head;
import java.util.List;

/**
 * Where a head looked while an answer was written.
 *
 * @param episode that was answered
 * @param head which looked
 * @param prompt texts of the prompt's tokens
 * @param answer texts of the written tokens
 * @param weights for each written token the weights on the keys before it, the prompt's first
 */
public record ReadAnswer(
    Episode episode, Head head, List<String> prompt, List<String> answer, List<float[]> weights) {
  /** Copies the lists. */
  public ReadAnswer {
    prompt = List.copyOf(prompt);
    answer = List.copyOf(answer);
    weights = List.copyOf(weights);
  }

  /** Stands for the mean over the written tokens. */
  public static final int MEAN = -1;

  /** Weight on each token of the prompt while a token was written, or {@link #MEAN}. */
  public double[] shown(int step) {
    double[] shown = new double[prompt.size()];
    for (int s = 0; s < weights.size(); s++) {
      if (step == MEAN || step == s) {
        for (int k = 0; k < shown.length; k++) {
          shown[k] += weights.get(s)[k] / (step == MEAN ? weights.size() : 1);
        }
      }
    }
    return shown;
  }

  /** First token that is worth showing: some before the needle. */
  public int from(int around) {
    return Math.max(0, episode.needleStart() - around);
  }

  /** One past the last. */
  public int to(int around) {
    return Math.min(prompt.size(), episode.needleEnd() + around);
  }

  /** Whether a token belongs to the needle. */
  public boolean needle(int position) {
    return position >= episode.needleStart() && position < episode.needleEnd();
  }

  /** Weight on the needle. */
  public double onNeedle(int step) {
    double[] shown = shown(step);
    double sum = 0;
    for (int k = episode.needleStart(); k < episode.needleEnd(); k++) {
      sum += shown[k];
    }
    return sum;
  }
}
