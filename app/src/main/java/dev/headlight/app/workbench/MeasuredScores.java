package dev.headlight.app.workbench;

import dev.headlight.analysis.scores.HeadScore;
import dev.headlight.analysis.scores.HeadTable;
import dev.headlight.analysis.scores.ScoreJob;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Scores of the open model that took passes of their own.
 *
 * @param results what each job measured
 */
public record MeasuredScores(Map<ScoreJob, ScoreJob.Result> results) {
  /** Nothing yet. */
  public static final MeasuredScores NONE = new MeasuredScores(Map.of());

  /** Copies the map. */
  public MeasuredScores {
    results = Map.copyOf(results);
  }

  /** With what a job measured; it takes the place of what another measured of the same scores. */
  public MeasuredScores plus(ScoreJob job, ScoreJob.Result result) {
    Map<ScoreJob, ScoreJob.Result> all = new HashMap<>(results);
    all.keySet().removeIf(other -> other.scores().equals(job.scores()));
    all.put(job, result);
    return new MeasuredScores(all);
  }

  /** What the job of a score measured, if it has been done. */
  public Optional<ScoreJob.Result> of(HeadScore score) {
    if (score.origin() instanceof HeadScore.OfJob own) {
      return Optional.ofNullable(results.get(own.job()));
    }
    return score.origin() instanceof HeadScore.OfQuestion
        ? results.entrySet().stream()
            .filter(e -> e.getKey().scores().contains(score.id()))
            .map(Map.Entry::getValue)
            .findFirst()
        : Optional.empty();
  }

  /** What measures a score: its own job, or the question that was asked last; none for a pass. */
  public Optional<ScoreJob> job(HeadScore score) {
    if (score.origin() instanceof HeadScore.OfJob own) {
      return Optional.of(own.job());
    }
    return score.origin() instanceof HeadScore.OfQuestion
        ? results.keySet().stream().filter(j -> j.scores().contains(score.id())).findFirst()
        : Optional.empty();
  }

  /** A score of every head, if it has been measured. */
  public Optional<HeadTable> table(HeadScore score) {
    return of(score).map(result -> result.tables().get(score.id()));
  }
}
