package dev.headlight.app.workbench;

import dev.headlight.analysis.scores.HeadScore;
import dev.headlight.analysis.scores.HeadTable;
import dev.headlight.analysis.scores.ScoreJob;
import dev.headlight.analysis.vision.PictureJob;
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

  /** Without what was measured of a prompt that is no longer there. */
  public MeasuredScores ofOtherPrompt() {
    Map<ScoreJob, ScoreJob.Result> rest = new HashMap<>(results);
    rest.keySet().removeIf(PictureJob.class::isInstance);
    return rest.size() == results.size() ? this : new MeasuredScores(rest);
  }

  /** What the job of a score measured, if it has been done. */
  public Optional<ScoreJob.Result> of(HeadScore score) {
    if (score.origin() instanceof HeadScore.OfJob own) {
      return Optional.ofNullable(results.get(own.job()));
    }
    return score.origin() instanceof HeadScore.OfPass
        ? Optional.empty()
        : results.entrySet().stream()
            .filter(e -> e.getKey().scores().contains(score.id()))
            .map(Map.Entry::getValue)
            .findFirst();
  }

  /**
   * What measures a score: its own job, the question that was asked last, or the prompt that was
   * measured; none for a pass.
   */
  public Optional<ScoreJob> job(HeadScore score) {
    if (score.origin() instanceof HeadScore.OfJob own) {
      return Optional.of(own.job());
    }
    return score.origin() instanceof HeadScore.OfPass
        ? Optional.empty()
        : results.keySet().stream().filter(j -> j.scores().contains(score.id())).findFirst();
  }

  /** A score of every head, if it has been measured. */
  public Optional<HeadTable> table(HeadScore score) {
    return of(score).map(result -> result.tables().get(score.id()));
  }
}
