package dev.headlight.samples;

import java.util.List;

/**
 * A model inside this jar.
 *
 * @param name what follows {@code sample:} on the command line
 * @param title name for people
 * @param sentence what it is, in one sentence
 * @param prompt a text that shows what its heads do
 * @param head a head worth seeing first, such as {@code L1H3}
 * @param checkpoints steps of its training after which it was kept, rising; the sample itself is
 *     what came at the end
 * @param steps of its training in all
 */
public record Sample(
    String name,
    String title,
    String sentence,
    String prompt,
    String head,
    List<Integer> checkpoints,
    int steps) {
  /** Copies the list. */
  public Sample {
    checkpoints = List.copyOf(checkpoints);
  }
}
