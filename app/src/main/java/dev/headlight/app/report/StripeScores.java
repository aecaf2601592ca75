package dev.headlight.app.report;

import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.scores.HeadScore;
import dev.headlight.analysis.scores.HeadTable;
import dev.headlight.analysis.scores.RepeatedIds;
import dev.headlight.analysis.scores.SequenceScores;
import dev.headlight.analysis.scores.StandardScores;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * How much of each head's attention lies on a diagonal stripe, over repeated random ids.
 *
 * @param previous of {@link StandardScores#PREVIOUS}
 * @param induction of {@link StandardScores#INDUCTION}
 */
record StripeScores(HeadTable previous, HeadTable induction) {
  static StripeScores measure(Model model, RepeatedIds probe, Progress progress) {
    progress.report(0, "measuring heads on repeated random tokens");
    Map<HeadScore, HeadTable> tables =
        SequenceScores.measure(
            model,
            probe.sequences(),
            OptionalInt.of(probe.period()),
            List.of(StandardScores.PREVIOUS, StandardScores.INDUCTION),
            progress.silent());
    return new StripeScores(
        tables.get(StandardScores.PREVIOUS), tables.get(StandardScores.INDUCTION));
  }
}
