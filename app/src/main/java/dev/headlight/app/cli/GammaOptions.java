package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.sinks.HeadEffect;
import dev.headlight.analysis.sinks.HeadEffects;
import dev.headlight.analysis.sinks.SequenceSinks;
import dev.headlight.analysis.sinks.SinkStatistics;
import dev.headlight.analysis.sinks.SinkSweeps;
import dev.headlight.analysis.sweep.Metric;
import dev.headlight.analysis.sweep.Metrics;
import dev.headlight.analysis.sweep.SweepListener;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** ZeroTuning head by head, where it is asked for. */
final class GammaOptions {
  @Option(
      names = "--gamma",
      paramLabel = "G",
      split = ",",
      description =
          "ZeroTuning: scale the first token's attention of one head at a time by each of these,"
              + " such as 0.5,2, and say which heads it serves.")
  private List<Double> gammas = List.of();

  @Option(
      names = "--heads",
      paramLabel = "L5H3,…",
      converter = Converters.Heads.class,
      description = "Which heads --gamma tries; default: all.")
  private HeadSet heads = HeadSet.parse("L*H*");

  /** What {@code --gamma} looks at. */
  enum Serves {
    /** Mean next-token loss. */
    LOSS,
    /** Entropy of what comes next. */
    ENTROPY
  }

  @Option(
      names = "--serves",
      paramLabel = "METRIC",
      defaultValue = "loss",
      description = "What --gamma is to lower: loss or entropy; default: ${DEFAULT-VALUE}.")
  private Serves serves;

  boolean asked() {
    return !gammas.isEmpty();
  }

  void check() {
    for (double gamma : gammas) {
      if (!(gamma > 0) || gamma == 1 || Double.isInfinite(gamma)) {
        throw new HeadlightException(
            Kind.INPUT, "--gamma: expected numbers above 0 other than 1, found " + gamma + ".");
      }
    }
  }

  /** Does the sweep, on the sequences that were measured. */
  Optional<HeadEffects> sweep(Model model, SinkStatistics statistics, Progress progress) {
    if (!asked()) {
      return Optional.empty();
    }
    Metric metric = serves == Serves.LOSS ? Metrics.loss() : Metrics.entropy();
    return Optional.of(
        SinkSweeps.zeroTuning(
            model,
            measured(statistics),
            heads.resolve(model.spec()),
            gammas,
            metric,
            true,
            SweepListener.NONE,
            progress));
  }

  private static RunRequest measured(SinkStatistics statistics) {
    List<SequenceSinks> all = statistics.sequences();
    return RunRequest.ofSequences(all.stream().map(SequenceSinks::tokens).toList())
        .withPictures(
            all.stream()
                .flatMap(s -> statistics.request().picturesOf(s.index()).stream())
                .toList());
  }

  static Map<String, Object> document(HeadEffects effects) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (HeadEffect effect : effects.heads()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("layer", effect.head().layer());
      row.put("head", effect.head().head());
      row.put("deltas", effect.deltas());
      row.put("direction", word(effect.direction()));
      rows.add(row);
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("metric", effects.metric());
    document.put("baseline", effects.baseline());
    document.put("gammas", effects.settings());
    document.put("dominant", word(effects.dominant()));
    document.put("heads", rows);
    return document;
  }

  private static String word(HeadEffect.Direction direction) {
    return direction.name().toLowerCase(Locale.ROOT);
  }

  static void print(Terminal terminal, HeadEffects effects) {
    terminal
        .out()
        .printf(
            "%nZeroTuning, γ = %s: change of the %s (%s), unchanged %.6f%n",
            effects.settings(), effects.metric(), effects.unit(), effects.baseline());
    for (HeadEffect effect : effects.heads()) {
      String deltas =
          Arrays.stream(effect.deltas())
              .mapToObj("%+.6f"::formatted)
              .collect(Collectors.joining("  "));
      terminal.out().printf("%-8s %-5s %s%n", effect.head(), word(effect.direction()), deltas);
    }
  }
}
