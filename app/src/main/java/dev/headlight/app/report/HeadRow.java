package dev.headlight.app.report;

import dev.headlight.analysis.attention.HeadStatistics;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.Head;
import java.util.ArrayList;
import java.util.List;

/**
 * What the tour knows of one head.
 *
 * @param entropy nats, on the prompt
 * @param distance tokens, on the prompt
 * @param firstShare 0 to 1, on the prompt
 * @param previous 0 to 1, on repeated random ids
 * @param induction 0 to 1, on repeated random ids
 */
record HeadRow(
    Head head,
    int kvGroup,
    double entropy,
    double distance,
    double firstShare,
    double previous,
    double induction) {

  /** All heads of a model, by layer and head. */
  static List<HeadRow> all(ModelSpec spec, HeadStatistics statistics, StripeScores scores) {
    List<HeadRow> rows = new ArrayList<>();
    for (int l = 0; l < spec.layers(); l++) {
      for (int h = 0; h < spec.heads(); h++) {
        rows.add(
            new HeadRow(
                new Head(l, h),
                spec.kvGroup(h),
                HeadStatistics.at(statistics.entropy(), l, h),
                HeadStatistics.at(statistics.distance(), l, h),
                HeadStatistics.at(statistics.firstShare(), l, h),
                scores.previous().at(new Head(l, h)),
                scores.induction().at(new Head(l, h))));
      }
    }
    return rows;
  }
}
