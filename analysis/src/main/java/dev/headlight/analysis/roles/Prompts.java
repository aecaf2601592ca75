package dev.headlight.analysis.roles;

import java.util.List;

/**
 * Prompts that scores are averaged over.
 *
 * @param sequences their token ids
 * @param name what they are, for people, such as {@code 5 prompts of stories.txt}
 * @param arguments options of {@code headlight scores} that read the same prompts
 */
public record Prompts(List<int[]> sequences, String name, List<String> arguments) {
  /** Copies the lists. */
  public Prompts {
    sequences = List.copyOf(sequences);
    arguments = List.copyOf(arguments);
  }
}
