package dev.headlight.analysis.sinks;

import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.Tensor;
import dev.headlight.analysis.scores.HeadTable;
import dev.headlight.analysis.scores.ScoreJob;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Measures how often each head's first token is a sink on sequences without meaning.
 *
 * @param probe random or repeated ids
 * @param length ids of a sequence; fewer where the model's positions end before
 * @param count number of sequences
 * @param seed of the ids
 */
record SinkJob(SinkProbe probe, int length, int count, long seed) implements ScoreJob {
  static final SinkJob RANDOM = new SinkJob(SinkProbe.RANDOM, SinkRates.LENGTH, 8, 0);
  static final SinkJob REPEATED = new SinkJob(SinkProbe.REPEATED, SinkRates.LENGTH, 8, 0);

  @Override
  public String title() {
    return probe == SinkProbe.RANDOM ? "Sinks on random ids" : "Sinks on one repeated id";
  }

  @Override
  public boolean brief() {
    return true;
  }

  @Override
  public String command() {
    return "sinks";
  }

  @Override
  public List<String> scores() {
    return List.of(probe == SinkProbe.RANDOM ? "sinkRandom" : "sinkRepeated");
  }

  @Override
  public Result measure(Model model, Progress progress) {
    int fitting = Math.min(length, model.spec().maxPositions());
    List<int[]> sequences = probe.draw(model, fitting, count, false, new Random(seed));
    SinkRequest request = SinkRequest.of(sequences).withoutInsides();
    SinkRates rates =
        SinkAnalysis.measure(model, request, progress).rates(SinkRates.EPSILON, fitting, 0);
    return new Result(
        Map.of(scores().get(0), table(rates)),
        "%d sequences of %d ids, no beginning, ε = %s, seed %d"
            .formatted(count, fitting, SinkRates.EPSILON, seed),
        List.of(
            "--probe",
            probe.name().toLowerCase(Locale.ROOT),
            "--count",
            Integer.toString(count),
            "--length",
            Integer.toString(fitting),
            "--seed",
            Long.toString(seed)),
        Map.of());
  }

  /** Rates are means of zeros and ones, whose deviation follows from them. */
  private static HeadTable table(SinkRates rates) {
    Tensor byHead = rates.byHead();
    int runs = rates.sequences().size();
    double[] values = new double[byHead.data().length];
    double[] deviations = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = byHead.data()[i];
      double variance = values[i] * (1 - values[i]) * runs / (runs - 1);
      deviations[i] = runs < 2 ? Double.NaN : Math.sqrt(variance);
    }
    return new HeadTable(byHead.size(0), byHead.size(1), values, deviations, runs);
  }
}
