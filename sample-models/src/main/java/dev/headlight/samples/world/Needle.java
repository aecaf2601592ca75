package dev.headlight.samples.world;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A fact to hide and to ask for: "The password of Anna is silver owl bridge."
 *
 * @param subject what it is about, as after "What is", such as {@code the password of Anna}
 * @param owner the last word of the subject, which no other fact of a text has
 * @param answer what is to be said, without a mark at the end
 */
public record Needle(String subject, String owner, String answer) {
  /** The sentence to hide. */
  public String sentence() {
    return lead() + " " + answer + ".";
  }

  /** The question for it. */
  public String question() {
    return "What is " + subject + "?";
  }

  /** How the answer begins; what follows is a space and the answer. */
  public String lead() {
    return "T" + subject.substring(1) + " is";
  }

  /** Question and beginning of the answer, as they stand after a text. */
  public String asked() {
    return "\n\nQuestion: " + question() + "\nAnswer: " + lead();
  }

  /**
   * Words that a text around it should not have: its owner and the answer's, without small ones.
   */
  Set<String> words() {
    return Arrays.stream((owner + " " + answer).split(" "))
        .filter(word -> !Needles.SMALL_WORDS.contains(word))
        .collect(Collectors.toSet());
  }
}
