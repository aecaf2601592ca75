package dev.headlight.app.workbench;

import dev.headlight.analysis.retrieval.RetrievalScores;
import dev.headlight.analysis.roles.RoleScores;
import dev.headlight.analysis.scores.HeadScore;
import dev.headlight.analysis.scores.HeadScores;
import dev.headlight.analysis.scores.ScoreJob;
import dev.headlight.analysis.sinks.SinkScores;
import dev.headlight.analysis.vision.VisionScores;
import dev.headlight.samples.SampleProbe;
import java.util.List;
import java.util.Optional;

/**
 * The scores that the window knows. A package that computes others adds its list here; menus,
 * colours, orders and filters then have them.
 */
public final class KnownScores {
  private static final HeadScores ALL =
      HeadScores.standard()
          .plus(SinkScores.all())
          .plus(RetrievalScores.all(SampleProbe.INSTANCE))
          .plus(RoleScores.all())
          .plus(VisionScores.ofPictures());

  private KnownScores() {}

  /**
   * What measures scores by work of its own.
   *
   * @param scores all ids of one job, sorted
   */
  public static Optional<ScoreJob> job(List<String> scores) {
    return ALL.all().stream()
        .map(HeadScore::origin)
        .filter(HeadScore.OfJob.class::isInstance)
        .map(origin -> ((HeadScore.OfJob) origin).job())
        .filter(job -> job.scores().stream().sorted().toList().equals(scores))
        .findFirst();
  }

  /** Every score, in the order of menus. */
  public static HeadScores all() {
    return ALL;
  }
}
