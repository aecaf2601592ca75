package dev.headlight.analysis.roles;

import java.util.List;
import java.util.Optional;

/**
 * Something that a head does, and from which value of a score on it is said to do it.
 *
 * @param score id of the score
 * @param threshold the value from which on; its sign says on which side
 * @param does in words, after "It"
 * @param second id of another score that defines the same; empty for none
 * @param source where the threshold comes from
 */
public record Role(String score, double threshold, String does, String second, String source) {
  /** How far apart two definitions are before one speaks of disagreement. */
  public static final double GAP = 0.2;

  private static final String OURS = "Headlight's choice";

  private static final List<Role> ALL =
      List.of(
          new Role(
              "previous",
              0.5,
              "looks at the token before",
              "previousRandom",
              "more than half, as Clark et al. 2019"),
          new Role("first", 0.5, "rests on the first token", "", "more than half; " + OURS),
          new Role(
              "induction",
              0.4,
              "continues repeats: it looks at what followed the earlier copy of its token",
              "inductionText",
              OURS),
          new Role(
              "duplicate", 0.4, "looks at the earlier copy of its token", "duplicateText", OURS),
          new Role(
              "retrieval",
              0.1,
              "fetches what the answer copies",
              "retrievalShare",
              "Wu et al. 2024"),
          new Role("local", 0.8, "stays with the nearest 8 tokens", "", OURS),
          new Role("streaming", 0.9, "keeps to the first 4 and the nearest 8 tokens", "", OURS),
          new Role("copying", 0.5, "writes what it reads (W_OV alone)", "", OURS),
          new Role("copying", -0.5, "takes away what it reads (W_OV alone)", "", OURS),
          new Role("positionOnly", 0.8, "looks by position, whatever the tokens are", "", OURS));

  /** All roles, in the order in which a head's card names them. */
  public static List<Role> all() {
    return ALL;
  }

  /** The role whose first definition is a score. */
  public static Optional<Role> of(String score) {
    return ALL.stream().filter(r -> r.score.equals(score)).findFirst();
  }

  /** The role that has a score as its first or second definition. */
  public static Optional<Role> defining(String score) {
    return ALL.stream().filter(r -> r.score.equals(score) || r.second.equals(score)).findFirst();
  }

  /** How far a value is beyond the threshold; negative where it does not reach it. */
  public double beyond(double value) {
    return Math.signum(threshold) * (value - threshold);
  }

  /** Whether two definitions contradict each other: one is met, the other not, and by far. */
  public boolean disagree(double first, double other) {
    return (beyond(first) >= 0) != (beyond(other) >= 0) && Math.abs(first - other) >= GAP;
  }
}
