package dev.headlight.app.report;

import dev.headlight.analysis.run.Head;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The heads that the tour talks about.
 *
 * @param previous the head with the largest previous-token score
 * @param induction the head with the largest induction score
 * @param control of the same layer as {@code induction}, with the smallest induction score
 */
record TourHeads(HeadRow previous, HeadRow induction, HeadRow control) {
  /** From this score on a head is counted among the induction heads. */
  static final double INDUCTION_FROM = 0.5;

  static TourHeads of(List<HeadRow> rows) {
    HeadRow induction = top(rows, HeadRow::induction);
    HeadRow control =
        rows.stream()
            .filter(row -> row.head().layer() == induction.head().layer())
            .min(Comparator.comparing(HeadRow::induction))
            .orElseThrow();
    return new TourHeads(top(rows, HeadRow::previous), induction, control);
  }

  private static HeadRow top(List<HeadRow> rows, Function<HeadRow, Double> score) {
    return rows.stream().max(Comparator.comparing(score)).orElseThrow();
  }

  /** All heads that score as induction heads; at least the best one. */
  Set<Head> inductionHeads(List<HeadRow> rows) {
    Set<Head> heads = new TreeSet<>(Set.of(induction.head()));
    rows.stream()
        .filter(row -> row.induction() >= INDUCTION_FROM)
        .forEach(row -> heads.add(row.head()));
    return heads;
  }

  /** The heads to draw large: the previous-token head and the two best induction heads. */
  List<Head> notable(List<HeadRow> rows) {
    Set<Head> heads = new LinkedHashSet<>(List.of(previous.head(), induction.head()));
    rows.stream()
        .sorted(Comparator.comparing(HeadRow::induction).reversed())
        .limit(2)
        .forEach(row -> heads.add(row.head()));
    return List.copyOf(heads);
  }
}
