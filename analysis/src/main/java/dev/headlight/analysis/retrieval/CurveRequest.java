package dev.headlight.analysis.retrieval;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.scores.HeadTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * What a masking curve compares: the heads with the largest scores, and as many random heads from
 * outside of those.
 *
 * @param episodes to answer under each masking
 * @param ranking scores that say which heads are the top ones
 * @param counts numbers of heads, 1 or more each
 * @param seeds one draw of random heads each; the smaller sets of a draw are parts of its largest
 * @param mode what becomes of a masked head
 * @param when from where on it is masked
 */
public record CurveRequest(
    List<Episode> episodes,
    HeadTable ranking,
    List<Integer> counts,
    List<Long> seeds,
    Masking.Mode mode,
    Masking.When when) {
  /**
   * Copies the lists and checks the numbers.
   *
   * @throws HeadlightException when the ranking is undefined, or there are not that many heads
   */
  public CurveRequest {
    episodes = List.copyOf(episodes);
    counts = List.copyOf(counts);
    seeds = List.copyOf(seeds);
    int all = ranking.layers() * ranking.heads();
    if (ranking.runs() == 0) {
      throw wrong("no episode was answered rightly, so no head ranks before another");
    }
    if (counts.isEmpty() || Collections.min(counts) < 1) {
      throw wrong("a masking curve needs numbers of heads, each 1 or more; found " + counts);
    }
    int most = Collections.max(counts);
    if (most > (seeds.isEmpty() ? all : all / 2)) {
      throw wrong(
          "%d heads and as many others were asked for, the model has %d heads; ask for %d at most"
              .formatted(most, all, seeds.isEmpty() ? all : all / 2));
    }
  }

  private static HeadlightException wrong(String problem) {
    return new HeadlightException(Kind.INPUT, problem);
  }

  /**
   * One set of heads of a curve.
   *
   * @param top whether they are those with the largest scores, else random ones
   * @param count how many
   * @param seed of the draw, or null for top ones
   * @param heads which
   */
  public record Set(boolean top, int count, Long seed, List<Head> heads) {
    /** Copies the list. */
    public Set {
      heads = List.copyOf(heads);
    }
  }

  /** The sets: top ones first, then draw by draw. */
  public List<Set> sets() {
    List<Head> order = Ranking.of(ranking);
    List<Set> sets = new ArrayList<>();
    counts.forEach(k -> sets.add(new Set(true, k, null, order.subList(0, k))));
    List<Head> outside = order.subList(Collections.max(counts), order.size());
    for (long seed : seeds) {
      List<Head> drawn = new ArrayList<>(outside);
      Collections.shuffle(drawn, new Random(seed));
      counts.forEach(k -> sets.add(new Set(false, k, seed, drawn.subList(0, k))));
    }
    return sets;
  }

  /** The masking of a set. */
  Masking masking(Set set) {
    return new Masking(HeadSet.of(set.heads()), mode, when);
  }
}
