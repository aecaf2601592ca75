package dev.headlight.analysis.scores;

import dev.headlight.analysis.run.Head;
import java.util.Collection;
import java.util.Set;

/**
 * Chooses heads by what is known of them, written as people write it: {@code induction > .4 and
 * layer < 6}, {@code not (first >= 50% or kvGroup = 2)}, {@code .2 < entropy <= 1}, {@code group =
 * "name movers"}.
 *
 * <p>A comparison compares numbers, scores (by id), {@code layer}, {@code head} and {@code kvGroup}
 * with {@code <}, {@code <=}, {@code >}, {@code >=}, {@code =} or {@code !=}, and may be chained;
 * {@code group} is compared with the name of a group of heads. {@code not} binds tighter than
 * {@code and}, {@code and} tighter than {@code or}. Upper and lower case are the same. A comparison
 * with a score that is not known is not met.
 */
public final class HeadFilter {
  /** Lets every head through. */
  public static final HeadFilter ALL = new HeadFilter("", Set.of(), (head, facts) -> true);

  /** What is known of heads. */
  public interface Facts {
    /** A head's score; NaN when it is not known. */
    double score(String id, Head head);

    /** The KV group of a head. */
    int kvGroup(Head head);

    /** Whether a head is in the group of this name. */
    boolean inGroup(String group, Head head);
  }

  /** A part of a filter. */
  @FunctionalInterface
  interface Condition {
    boolean test(Head head, Facts facts);
  }

  private final String text;
  private final Set<String> scores;
  private final Condition condition;

  HeadFilter(String text, Set<String> scores, Condition condition) {
    this.text = text;
    this.scores = Set.copyOf(scores);
    this.condition = condition;
  }

  /**
   * Reads a filter; a blank text lets every head through.
   *
   * @param scores ids that may occur
   * @param groups names of groups that may occur
   * @throws HeadFilterException when the text is no filter
   */
  public static HeadFilter parse(
      String text, Collection<String> scores, Collection<String> groups) {
    return text.isBlank() ? ALL : new HeadFilterParser(text, scores, groups).parse();
  }

  /** Whether a head comes through. */
  public boolean test(Head head, Facts facts) {
    return condition.test(head, facts);
  }

  /** Ids of the scores that it asks for. */
  public Set<String> scores() {
    return scores;
  }

  /** As it was written. */
  @Override
  public String toString() {
    return text;
  }
}
