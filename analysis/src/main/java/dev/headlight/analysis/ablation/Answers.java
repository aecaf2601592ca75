package dev.headlight.analysis.ablation;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import java.util.Arrays;
import java.util.Optional;

/**
 * The tokens that a metric asks for after the last position.
 *
 * @param right the right one, one a sequence
 * @param wrong the one that it is held against, one a sequence; empty where every other token is
 */
public record Answers(int[] right, Optional<int[]> wrong) {
  /** Copies the arrays. */
  public Answers {
    right = right.clone();
    wrong = wrong.map(int[]::clone);
  }

  /** Answers held against others. */
  public static Answers against(int[] right, int[] wrong) {
    return new Answers(right, Optional.of(wrong));
  }

  /** Answers held against every other token. */
  public static Answers of(int... right) {
    return new Answers(right, Optional.empty());
  }

  /** Those of one sequence. */
  Answers only(int sequence) {
    return new Answers(new int[] {right[sequence]}, wrong.map(ids -> new int[] {ids[sequence]}));
  }

  /** The wrong answers, where a metric needs them. */
  int[] others(AblationMetric metric) {
    return wrong.orElseThrow(
        () ->
            new HeadlightException(
                Kind.INPUT, metric + " needs the wrong answers too, one a sequence"));
  }

  /**
   * Checks them against the sequences and the vocabulary.
   *
   * @throws HeadlightException when there are not as many as sequences, when one is no token of the
   *     model, or when an answer is held against itself
   */
  void check(int sequences, int vocabulary) {
    checkIds("answers", right, sequences, vocabulary);
    wrong.ifPresent(ids -> checkIds("wrong answers", ids, sequences, vocabulary));
    for (int s = 0; s < sequences && wrong.isPresent(); s++) {
      if (right[s] == wrong.get()[s]) {
        throw new HeadlightException(
            Kind.INPUT,
            "the answer and the wrong answer of sequence %d are the same token %d: their difference is always 0; give two that differ"
                .formatted(s, right[s]));
      }
    }
  }

  private static void checkIds(String what, int[] ids, int sequences, int vocabulary) {
    if (ids.length != sequences) {
      throw new HeadlightException(
          Kind.INPUT,
          "%s: expected %d, one a sequence, found %d".formatted(what, sequences, ids.length));
    }
    for (int s = 0; s < ids.length; s++) {
      if (ids[s] < 0 || ids[s] >= vocabulary) {
        throw new HeadlightException(
            Kind.INPUT,
            "%s: token id %d of sequence %d is outside the vocabulary, 0 to %d"
                .formatted(what, ids[s], s, vocabulary - 1));
      }
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Answers a
        && Arrays.equals(right, a.right)
        && Arrays.equals(wrong.orElse(null), a.wrong.orElse(null));
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(right) + Arrays.hashCode(wrong.orElse(null));
  }

  @Override
  public String toString() {
    return Arrays.toString(right) + wrong.map(ids -> " against " + Arrays.toString(ids)).orElse("");
  }
}
