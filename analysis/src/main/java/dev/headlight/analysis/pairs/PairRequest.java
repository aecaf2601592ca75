package dev.headlight.analysis.pairs;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;

/**
 * Which pairs to draw. The same request with the same words and tokenizer gives the same pairs.
 *
 * @param count how many, 1 to {@link #MOST}
 * @param seed of everything random
 * @param order which name comes first; of {@link PairKind#IOI} only
 * @param corruption what the corrupt prompt changes; of {@link PairKind#IOI} only
 */
public record PairRequest(PairKind kind, int count, long seed, Order order, Corruption corruption) {
  /** Most pairs that are drawn at once. */
  public static final int MOST = 10_000;

  /** Which of two names comes first. */
  public enum Order {
    /** The indirect object, then the subject. */
    ABBA,
    /** The subject, then the indirect object. */
    BABA,
    /** One half each; of an odd number ABBA has one more. */
    MIXED
  }

  /** What a corrupt prompt changes. */
  public enum Corruption {
    /** All three names are others, each a different one. */
    ABC,
    /** The second mention of the subject is the indirect object, so that the answers swap. */
    S2
  }

  /**
   * Checks the count.
   *
   * @throws HeadlightException when it is out of range
   */
  public PairRequest {
    if (count < 1 || count > MOST) {
      throw new HeadlightException(
          Kind.INPUT, "number of pairs: expected 1 to %d, found %d".formatted(MOST, count));
    }
  }

  /** Both orders, ABC. */
  public static PairRequest of(PairKind kind, int count, long seed) {
    return new PairRequest(kind, count, seed, Order.MIXED, Corruption.ABC);
  }
}
