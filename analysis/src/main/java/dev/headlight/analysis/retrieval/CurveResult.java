package dev.headlight.analysis.retrieval;

import java.util.Arrays;
import java.util.List;

/**
 * How well episodes are answered without some heads.
 *
 * @param sets which heads were switched off
 * @param success {@code [sets][episodes]}; null where an episode is not answered yet
 */
public record CurveResult(List<CurveRequest.Set> sets, Boolean[][] success) {
  /** Copies what is mutable. */
  public CurveResult {
    sets = List.copyOf(sets);
    success = Arrays.stream(success).map(Boolean[]::clone).toArray(Boolean[][]::new);
  }

  /** Share of right answers under a set, 0 to 1; NaN before the first answer. */
  public double accuracy(int set) {
    long done = Arrays.stream(success[set]).filter(s -> s != null).count();
    long right = Arrays.stream(success[set]).filter(s -> s != null && s).count();
    return (double) right / done;
  }

  /** Mean accuracy over the draws of this many random heads; NaN where there is none. */
  public double randomMean(int count) {
    double sum = 0;
    int draws = 0;
    for (int i = 0; i < sets.size(); i++) {
      if (!sets.get(i).top() && sets.get(i).count() == count) {
        sum += accuracy(i);
        draws++;
      }
    }
    return sum / draws;
  }

  /** Whether every episode is answered under every set. */
  public boolean complete() {
    return Arrays.stream(success).flatMap(Arrays::stream).noneMatch(s -> s == null);
  }
}
