package dev.headlight.app.cli;

import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.sinks.Activations;
import dev.headlight.analysis.sinks.EntropyTable;
import dev.headlight.analysis.sinks.LaterSink;
import dev.headlight.analysis.sinks.MassiveActivation;
import dev.headlight.analysis.sinks.SequenceSinks;
import dev.headlight.analysis.sinks.SinkRates;
import dev.headlight.analysis.sinks.SinkStatistics;
import dev.headlight.renderer.Ticks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What {@code sinks} says, for people and for machines. */
final class SinkReport {
  private final SinkStatistics statistics;
  private final ModelSpec spec;
  private final SinkRates rates;
  private final EntropyTable entropy;
  private final List<LaterSink> later;
  private final double threshold;

  SinkReport(SinkStatistics statistics, double epsilon, double threshold, int key) {
    this.statistics = statistics;
    this.threshold = threshold;
    spec = statistics.spec();
    rates = statistics.rates(epsilon, 0, key);
    entropy = statistics.entropy(0, EntropyTable.Limits.STANDARD);
    later = statistics.later(threshold, 0);
  }

  /** The document of {@code --json}. */
  Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("epsilon", rates.epsilon());
    document.put("key", rates.key());
    document.put("length", statistics.request().length());
    document.put("sequences", rates.sequences().size());
    document.put("leftOut", rates.leftOut());
    document.put("sinkRate", rates.model());
    document.put("uniform", rates.uniform());
    document.put("heads", heads().stream().map(this::head).toList());
    document.put("laterThreshold", threshold);
    document.put("laterSinks", later.stream().map(SinkReport::later).toList());
    document.put("layers", layers());
    document.put("uniformEntropy", entropy.uniform());
    document.put("definitions", definitions());
    return document;
  }

  private List<Head> heads() {
    return List.copyOf(HeadSet.parse("L*H*").resolve(spec));
  }

  private Map<String, Object> head(Head head) {
    int cell = head.layer() * spec.heads() + head.head();
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("layer", head.layer());
    row.put("head", head.head());
    row.put("kvGroup", spec.kvGroup(head.head()));
    row.put("sinkRate", rates.rate(head));
    row.put("meanToFirst", rates.mean(head));
    row.put("entropy", entropy.nats().data()[cell]);
    row.put("entropyShare", entropy.shares().data()[cell]);
    row.put("entropyFlag", entropy.flag(head).name().toLowerCase(Locale.ROOT));
    return row;
  }

  private static Map<String, Object> later(LaterSink sink) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("sequence", sink.sequence());
    row.put("layer", sink.head().layer());
    row.put("head", sink.head().head());
    row.put("position", sink.position());
    row.put("mean", sink.mean());
    return row;
  }

  private List<Map<String, Object>> layers() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int l = 0; l <= spec.layers(); l++) {
      int layer = l;
      List<Map<String, Object>> massive = new ArrayList<>();
      for (SequenceSinks s : statistics.sequences()) {
        s.activations().orElseThrow().massive().stream()
            .filter(m -> m.layer() == layer)
            .forEach(m -> massive.add(massive(m)));
      }
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("layer", layer);
      row.put("normFirst", known(mean(a -> a.norm(layer, 0))));
      row.put("normMedian", known(mean(a -> a.medianRest(layer))));
      row.put("massive", massive);
      rows.add(row);
    }
    return rows;
  }

  private static Map<String, Object> massive(MassiveActivation m) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("sequence", m.sequence());
    row.put("dimension", m.dimension());
    row.put("position", m.position());
    row.put("value", m.value());
    row.put("ratio", known(m.ratio()));
    return row;
  }

  private interface Reading {
    double of(Activations activations);
  }

  private double mean(Reading reading) {
    return statistics.sequences().stream()
        .mapToDouble(s -> reading.of(s.activations().orElseThrow()))
        .average()
        .orElseThrow();
  }

  /** Null for what is not known, which JSON has no number for. */
  private static Double known(double value) {
    return Double.isFinite(value) ? value : null;
  }

  private Map<String, String> definitions() {
    Map<String, String> definitions = new LinkedHashMap<>();
    definitions.put(
        "meanToFirst", "α_k = Σ_{i≥k} A[i,k] / (T−k), mean over sequences; row 0 counts");
    definitions.put("sinkRate", "share of sequences (layers, heads) with α_k > ε, before the mean");
    definitions.put("laterSinks", "α_k > threshold of one sequence, 1 ≤ k ≤ T−8");
    definitions.put("layers", "stream entering block l, the last one what leaves the blocks");
    definitions.put("massive", "|x| > 100 and at least 1,000 times the layer's median |x|");
    definitions.put("uniform", "α_k of uniform causal attention");
    return definitions;
  }

  /** A table of heads, with what they amount to. */
  void print(Terminal terminal) {
    terminal.out().println("head     KV group   sinkRate meanToFirst    entropy  later  flag");
    for (Head head : heads()) {
      long own = later.stream().filter(s -> s.head().equals(head)).count();
      String flag = entropy.flag(head) == EntropyTable.Flag.NONE ? "" : entropy.flag(head).name();
      terminal
          .out()
          .println(
              "%-8s %8d %10s %11s %10s %6d  %s"
                  .formatted(
                      head,
                      spec.kvGroup(head.head()),
                      Ticks.format(rates.rate(head)),
                      Ticks.format(rates.mean(head)),
                      Ticks.format(
                          entropy.nats().data()[head.layer() * spec.heads() + head.head()]),
                      own,
                      flag.toLowerCase(Locale.ROOT))
                  .stripTrailing());
    }
    terminal.note(
        "sink rate of the model %.2f %% at ε = %s; sequences: %d, left out as too short: %d"
            .formatted(
                100 * rates.model(), rates.epsilon(), rates.sequences().size(), rates.leftOut()));
    terminal.note(
        "uniform attention would give α = %.4f and an entropy of %.3f nats%s"
            .formatted(
                rates.uniform(),
                entropy.uniform(),
                rates.belowUniform() ? ": ε is below it, so the rate says nothing" : ""));
    massive().ifPresent(terminal::note);
  }

  private Optional<String> massive() {
    int[] dimensions =
        statistics.sequences().stream()
            .flatMap(s -> s.activations().orElseThrow().massive().stream())
            .mapToInt(MassiveActivation::dimension)
            .distinct()
            .sorted()
            .toArray();
    return dimensions.length == 0
        ? Optional.empty()
        : Optional.of("massive activations in dimensions " + Arrays.toString(dimensions));
  }
}
