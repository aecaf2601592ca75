package dev.headlight.app.workbench;

import dev.headlight.analysis.retrieval.RetrievalScores;
import dev.headlight.analysis.roles.RoleScores;
import dev.headlight.analysis.scores.HeadScores;
import dev.headlight.analysis.sinks.SinkScores;
import dev.headlight.samples.SampleProbe;

/**
 * The scores that the window knows. A package that computes others adds its list here; menus,
 * colours, orders and filters then have them.
 */
public final class KnownScores {
  private static final HeadScores ALL =
      HeadScores.standard()
          .plus(SinkScores.all())
          .plus(RetrievalScores.all(SampleProbe.INSTANCE))
          .plus(RoleScores.all());

  private KnownScores() {}

  /** Every score, in the order of menus. */
  public static HeadScores all() {
    return ALL;
  }
}
