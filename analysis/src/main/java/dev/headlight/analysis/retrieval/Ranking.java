package dev.headlight.analysis.retrieval;

import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.scores.HeadTable;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Heads by their score. */
public final class Ranking {
  private Ranking() {}

  /** All heads, the largest score first; of equal ones the earlier layer and head. NaN is last. */
  public static List<Head> of(HeadTable scores) {
    return IntStream.range(0, scores.layers() * scores.heads())
        .mapToObj(i -> new Head(i / scores.heads(), i % scores.heads()))
        .sorted(Comparator.comparingDouble((Head h) -> key(scores.at(h))))
        .toList();
  }

  private static double key(double score) {
    return Double.isNaN(score) ? Double.POSITIVE_INFINITY : -score;
  }

  /** The heads with the largest scores. */
  public static List<Head> top(HeadTable scores, int count) {
    List<Head> all = of(scores);
    return all.subList(0, Math.min(count, all.size()));
  }
}
