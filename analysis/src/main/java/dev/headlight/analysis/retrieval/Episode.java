package dev.headlight.analysis.retrieval;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A prompt with a needle in it and the answer that should be read off the needle (Wu et al. 2024,
 * Retrieval Head Mechanistically Explains Long-Context Factuality).
 *
 * @param tokens ids of the whole prompt, at least two
 * @param needleStart first position of the needle
 * @param needleEnd one past its last position
 * @param answer what should be written
 * @param maxNew how many tokens are written at most, 1 or more
 * @param stops writing ends after a token whose text contains one of these
 */
public record Episode(
    int[] tokens, int needleStart, int needleEnd, Answer answer, int maxNew, List<String> stops) {
  /**
   * Copies what is mutable and checks the numbers.
   *
   * @throws HeadlightException when the needle is not in the prompt, or nothing may be written
   */
  public Episode {
    tokens = tokens.clone();
    stops = List.copyOf(stops);
    if (tokens.length < 2) {
      throw wrong("has %d tokens; expected 2 or more".formatted(tokens.length));
    }
    if (needleStart < 0 || needleStart >= needleEnd || needleEnd > tokens.length) {
      throw wrong(
          "has its needle at [%d, %d), expected a part of the prompt's [0, %d)"
              .formatted(needleStart, needleEnd, tokens.length));
    }
    if (maxNew < 1) {
      throw wrong("may write %d tokens; expected 1 or more".formatted(maxNew));
    }
  }

  private static HeadlightException wrong(String problem) {
    return new HeadlightException(Kind.INPUT, "an episode " + problem);
  }

  /** Number of tokens of the prompt. */
  public int length() {
    return tokens.length;
  }

  /** Number of tokens of the needle. */
  public int needleLength() {
    return needleEnd - needleStart;
  }

  /** Whether a head that looks most at {@code key} while {@code token} is written copies it. */
  boolean copies(int key, int token) {
    return key >= needleStart && key < needleEnd && tokens[key] == token;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Episode e
        && Arrays.equals(tokens, e.tokens)
        && needleStart == e.needleStart
        && needleEnd == e.needleEnd
        && answer.equals(e.answer)
        && maxNew == e.maxNew
        && stops.equals(e.stops);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(tokens) + Objects.hash(needleStart, needleEnd, answer);
  }

  @Override
  public String toString() {
    return "Episode[%d tokens, needle %d-%d, %s]"
        .formatted(tokens.length, needleStart, needleEnd, answer);
  }
}
