package dev.headlight.analysis.run;

import dev.headlight.analysis.image.Pixels;
import java.util.List;

/**
 * Whose outputs take the place of an ablated head's ({@link Intervention.Mode#MEAN} and {@link
 * Intervention.Mode#RESAMPLE}).
 *
 * @param sequences token ids of the prompts that are run unchanged for it; empty for the sequences
 *     that are changed themselves
 * @param overall whether a mean is over all positions even where all sequences have one length
 * @param pictures what a processor made of the pictures of these prompts; empty for none
 */
public record Substitutes(List<int[]> sequences, boolean overall, List<Pixels> pictures) {
  /** The sequences that are changed, position by position where all have one length. */
  public static final Substitutes OWN = new Substitutes(List.of(), false);

  /** Copies what is mutable. */
  public Substitutes {
    sequences = sequences.stream().map(int[]::clone).toList();
    pictures = List.copyOf(pictures);
  }

  /** Prompts without pictures. */
  public Substitutes(List<int[]> sequences, boolean overall) {
    this(sequences, overall, List.of());
  }

  /** Whether the sequences that are changed give their own substitutes. */
  public boolean own() {
    return sequences.isEmpty();
  }

  /** The prompts with their pictures, to be run. */
  RunRequest prompts() {
    return RunRequest.ofSequences(sequences).withPictures(pictures);
  }
}
