package dev.headlight.app.retrieval;

import dev.headlight.analysis.retrieval.NeedleGrid;

/**
 * A probe that could be run now, or why it cannot.
 *
 * @param grid its episodes; null where there is a problem
 * @param cost what they will take, for people
 * @param problem what is wrong with the choice; empty where nothing is
 */
public record ProbePlan(NeedleGrid grid, String cost, String problem) {
  /** Whether it can be run. */
  public boolean ready() {
    return grid != null;
  }

  /** In one line: episodes and their cost, or the problem. */
  public String text() {
    if (!ready()) {
      return problem;
    }
    int count = grid.episodes().size();
    String left = grid.problems().isEmpty() ? "" : ", " + grid.problems().size() + " left out";
    return "%d episode%s%s · %s".formatted(count, count == 1 ? "" : "s", left, cost);
  }
}
