package dev.headlight.analysis.retrieval;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import java.util.List;
import java.util.Locale;

/**
 * A sentence that is hidden in a haystack, and what is asked about it. Its answer should stand
 * neither in the haystack nor in what the model knows.
 *
 * @param sentence with the answer in it, such as {@code The secret of Marta is a red kite.}
 * @param question such as {@code What is the secret of Marta?}
 * @param answer a part of the sentence, such as {@code a red kite}
 * @param cue how the answer begins, for models that write on instead of answering, such as {@code
 *     The secret of Marta is}; may be empty
 */
public record Needle(String sentence, String question, String answer, String cue) {
  /**
   * Three needles of our own, for a probe of which nothing was said.
   *
   * <p>Wu et al. use three as well.
   */
  public static final List<Needle> STANDARD =
      List.of(
          of("The best thing to do in Marlow", "to eat plum cake beside the old mill"),
          of("The secret gift for Clara", "a green kite with eleven silver bells"),
          of("The password of the night guard", "seven tired horses under a yellow moon"));

  /**
   * Refuses a needle that cannot be found.
   *
   * @throws HeadlightException when the answer is empty or no part of the sentence
   */
  public Needle {
    if (answer.isBlank() || !sentence.contains(answer)) {
      throw new HeadlightException(
          Kind.INPUT,
          "the answer \"%s\" does not stand in the needle \"%s\"; write it as it stands there"
              .formatted(answer, sentence));
    }
  }

  /** {@code WHAT is ANSWER.}, asked as {@code What is WHAT?}. */
  public static Needle of(String what, String answer) {
    String inside = what.substring(0, 1).toLowerCase(Locale.ROOT) + what.substring(1);
    return new Needle(
        what + " is " + answer + ".", "What is " + inside + "?", answer, what + " is");
  }
}
