package dev.headlight.app.workbench;

import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.scores.HeadFilter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which heads the grid shows, in which order.
 *
 * @param heads in order; by layer all of them, else those that the filter lets through
 * @param matching those that the filter lets through
 * @param byLayer whether layers are rows and heads columns
 */
public record HeadArrangement(List<Head> heads, Set<Head> matching, boolean byLayer) {
  /** Copies the collections. */
  public HeadArrangement {
    heads = List.copyOf(heads);
    matching = Set.copyOf(matching);
  }

  /** Arranges the heads of a model; a head without the score comes last. */
  public static HeadArrangement of(
      ModelSpec spec, GridOrder order, HeadFilter filter, HeadFilter.Facts numbers) {
    List<Head> all = List.copyOf(HeadSet.parse("L*H*").resolve(spec));
    Set<Head> matching = new HashSet<>();
    all.stream().filter(head -> filter.test(head, numbers)).forEach(matching::add);
    if (order.byLayer()) {
      return new HeadArrangement(all, matching, true);
    }
    List<Head> sorted = new ArrayList<>(all);
    sorted.removeIf(head -> !matching.contains(head));
    double sign = order.descending() ? -1 : 1;
    // NaN, times −1 or not, is the last of all doubles.
    sorted.sort(
        Comparator.comparingDouble((Head head) -> sign * numbers.score(order.score(), head))
            .thenComparing(Comparator.naturalOrder()));
    return new HeadArrangement(sorted, matching, false);
  }
}
