package dev.headlight.app.visual;

import dev.headlight.analysis.image.Picture;
import dev.headlight.analysis.image.PictureLayout;
import dev.headlight.analysis.image.PreparedPictures;
import dev.headlight.analysis.run.Intervention;
import java.util.Arrays;
import java.util.List;

/**
 * A prompt with a picture, as the model reads it.
 *
 * @param tokens ids of the prompt, image tokens written out; empty where the model is a tower
 *     itself
 * @param picture as it was given: the one that is shown
 * @param prepared what the tower reads
 * @param maxNew how many tokens the model writes at most
 * @param changes in force
 */
public record VisualAsk(
    int[] tokens,
    Picture picture,
    PreparedPictures prepared,
    int maxNew,
    List<Intervention> changes) {
  /** How many tokens are written unless asked otherwise. */
  public static final int ANSWER = 16;

  /** Copies what is mutable. */
  public VisualAsk {
    tokens = tokens.clone();
    changes = List.copyOf(changes);
  }

  /** Without changes. */
  public VisualAsk(int[] tokens, Picture picture, PreparedPictures prepared) {
    this(tokens, picture, prepared, ANSWER, List.of());
  }

  /** With an answer of another length. */
  public VisualAsk withMaxNew(int count) {
    return new VisualAsk(tokens, picture, prepared, count, changes);
  }

  /** Under changes. */
  public VisualAsk withChanges(List<Intervention> others) {
    return new VisualAsk(tokens, picture, prepared, maxNew, others);
  }

  /** How the tokens of the picture that is shown map back to it. */
  public PictureLayout layout() {
    return prepared.layouts().get(0);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VisualAsk ask
        && Arrays.equals(tokens, ask.tokens)
        && picture.equals(ask.picture)
        && maxNew == ask.maxNew
        && changes.equals(ask.changes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(tokens) + 31 * picture.hashCode() + changes.hashCode();
  }
}
