package dev.headlight.analysis.roles;

import dev.headlight.analysis.image.Pixels;
import dev.headlight.analysis.run.RunRequest;
import java.util.List;

/**
 * Prompts that scores are averaged over.
 *
 * @param sequences their token ids, or the places of a tower's pictures
 * @param name what they are, for people, such as {@code 5 prompts of stories.txt}
 * @param arguments options of {@code headlight scores} that read the same prompts
 * @param pictures what a processor made of the pictures of each prompt; empty for none
 */
public record Prompts(
    List<int[]> sequences, String name, List<String> arguments, List<Pixels> pictures) {
  /** Copies the lists. */
  public Prompts {
    sequences = List.copyOf(sequences);
    arguments = List.copyOf(arguments);
    pictures = List.copyOf(pictures);
  }

  /** Prompts without pictures. */
  public Prompts(List<int[]> sequences, String name, List<String> arguments) {
    this(sequences, name, arguments, List.of());
  }

  /** All of them with their pictures. */
  public RunRequest request() {
    return RunRequest.ofSequences(sequences).withPictures(pictures);
  }
}
