package dev.headlight.app.workbench;

import dev.headlight.analysis.attention.HeadStatistics;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.scores.HeadFilter;
import dev.headlight.analysis.scores.HeadScore;
import dev.headlight.analysis.scores.HeadTable;
import dev.headlight.app.session.HeadGroup;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All that is known of the heads now: scores of the pass at hand, measured ones, groups. */
public final class HeadNumbers implements HeadFilter.Facts {
  private final ModelSpec spec;
  private final HeadStatistics statistics;
  private final MeasuredScores measured;
  private final Map<String, Set<Head>> groups = new HashMap<>();
  private final Map<String, Optional<HeadTable>> tables = new HashMap<>();

  /**
   * @param statistics of the pass; null for none
   */
  public HeadNumbers(
      ModelSpec spec, HeadStatistics statistics, MeasuredScores measured, List<HeadGroup> groups) {
    this.spec = spec;
    this.statistics = statistics;
    this.measured = measured;
    groups.forEach(g -> this.groups.put(g.name().toLowerCase(Locale.ROOT), g.in(spec)));
  }

  /** What the workbench knows; a model must be open. */
  public static HeadNumbers of(Workbench w) {
    return new HeadNumbers(w.model.get().spec(), statistics(w), w.measured.get(), w.groups.get());
  }

  /** Statistics of the newest pass, as far as it is; null for none. */
  public static HeadStatistics statistics(Workbench w) {
    if (w.partial.get() != null) {
      return w.partial.get();
    }
    return w.run.get() == null ? null : w.run.get().statistics();
  }

  /** A score of every head; empty where it is not known yet. */
  public Optional<HeadTable> table(HeadScore score) {
    return tables.computeIfAbsent(score.id(), id -> compute(score));
  }

  private Optional<HeadTable> compute(HeadScore score) {
    if (score.origin() instanceof HeadScore.OfPass pass) {
      return Optional.ofNullable(statistics).map(s -> HeadTable.of(pass.table().apply(s)));
    }
    return measured.table(score);
  }

  @Override
  public double score(String id, Head head) {
    return KnownScores.all().find(id).flatMap(this::table).map(t -> t.at(head)).orElse(Double.NaN);
  }

  @Override
  public int kvGroup(Head head) {
    return spec.kvGroup(head.head());
  }

  @Override
  public boolean inGroup(String group, Head head) {
    return groups.getOrDefault(group.toLowerCase(Locale.ROOT), Set.of()).contains(head);
  }
}
