package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.io.Provenance;
import dev.headlight.analysis.io.Tables;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.scores.HeadScore;
import dev.headlight.analysis.scores.HeadScores;
import dev.headlight.analysis.scores.HeadTable;
import dev.headlight.analysis.scores.SequenceScores;
import dev.headlight.analysis.sinks.SinkScores;
import dev.headlight.renderer.Ticks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Scores of every head, averaged over sequences. */
@Command(
    name = "scores",
    mixinStandardHelpOptions = true,
    description = "Score every head: induction, previous, duplicate, entropy, distance, first.")
final class ScoresCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "MODEL", description = "Model folder, file or sample:NAME.")
  private String model;

  @Option(
      names = "--kinds",
      paramLabel = "KIND",
      split = ",",
      description =
          "Which scores: entropy, distance, first, previous, laterSink, entropyShare, and, of"
              + " sequences that repeat, induction, duplicate; default: all that the sequences"
              + " allow but laterSink and entropyShare.")
  private List<String> kinds = List.of();

  @Mixin private ScoreInput input;

  @Option(names = "--json", description = "One JSON document.")
  private boolean json;

  @Option(names = "--csv", paramLabel = "FILE", description = "Write a table, one score a row.")
  private Path csv;

  @Mixin private ModelOptions options;

  ScoresCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    List<HeadScore> asked = kinds();
    try (Model opened = options.open(model, terminal.progress().part(0, 0.3))) {
      ScoreInput.Sequences sequences = input.read(opened, options.seed());
      Progress progress = terminal.progress().part(0.3, 1);
      Map<HeadScore, HeadTable> tables =
          SequenceScores.measure(
              opened, sequences.sequences(), sequences.period(), asked, progress);
      if (csv != null) {
        write(opened, sequences, tables);
      }
      if (json) {
        terminal.json(document(opened.spec(), sequences, tables));
      } else if (csv != null) {
        terminal.out().println(csv);
      } else {
        print(opened.spec(), tables);
      }
    }
    return ExitCodes.DONE;
  }

  private List<HeadScore> kinds() {
    List<HeadScore> all = new ArrayList<>(SequenceScores.plain());
    all.addAll(SequenceScores.ofRepetition());
    if (kinds.isEmpty()) {
      return input.repeating() ? all : SequenceScores.plain();
    }
    HeadScores known = new HeadScores(all).plus(SinkScores.ofPass());
    List<HeadScore> asked = new ArrayList<>();
    for (String kind : kinds) {
      HeadScore score =
          known
              .find(kind.strip())
              .orElseThrow(
                  () ->
                      new HeadlightException(
                          Kind.INPUT,
                          "--kinds: no score is called \"%s\"; there are %s."
                              .formatted(kind, String.join(", ", known.ids()))));
      if (SequenceScores.ofRepetition().contains(score) && !input.repeating()) {
        throw new HeadlightException(
            Kind.INPUT,
            "--kinds: "
                + score.id()
                + " is a score of sequences that repeat; say after how many ids with --period, or draw some with --random.");
      }
      if (!asked.contains(score)) {
        asked.add(score);
      }
    }
    return asked;
  }

  private static SortedSet<Head> heads(ModelSpec spec) {
    return HeadSet.parse("L*H*").resolve(spec);
  }

  private static Map<String, Object> document(
      ModelSpec spec, ScoreInput.Sequences sequences, Map<HeadScore, HeadTable> tables) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Head head : heads(spec)) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("layer", head.layer());
      row.put("head", head.head());
      row.put("kvGroup", spec.kvGroup(head.head()));
      tables.forEach((score, table) -> row.put(score.id(), known(table.at(head))));
      rows.add(row);
    }
    Map<String, String> definitions = new LinkedHashMap<>();
    tables.keySet().forEach(score -> definitions.put(score.id(), score.formula()));
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("heads", rows);
    document.put("definitions", definitions);
    document.put("sequences", sequences.sequences().size());
    document.put("params", sequences.params());
    document.put("seed", sequences.seed());
    return document;
  }

  /** Null for what is not known, which JSON and CSV have no number for. */
  private static Double known(double value) {
    return Double.isNaN(value) ? null : value;
  }

  private void write(
      Model opened, ScoreInput.Sequences sequences, Map<HeadScore, HeadTable> tables) {
    List<Tables.HeadScore> rows = new ArrayList<>();
    tables.forEach(
        (score, table) -> {
          for (Head head : heads(opened.spec())) {
            rows.add(
                new Tables.HeadScore(
                    score.id(),
                    head.layer(),
                    head.head(),
                    opened.spec().kvGroup(head.head()),
                    table.at(head),
                    known(table.deviation(head)),
                    table.runs(),
                    sequences.seed(),
                    sequences.params()));
          }
        });
    Provenance provenance =
        Provenance.of(
            opened.name(), opened.checkpoint().sha256(), sequences.sequences(), opened.device());
    Tables.headScores(csv, provenance, rows);
  }

  private void print(ModelSpec spec, Map<HeadScore, HeadTable> tables) {
    StringBuilder line = new StringBuilder("%-8s %8s".formatted("head", "KV group"));
    tables.keySet().forEach(score -> line.append("%11s".formatted(score.id())));
    terminal.out().println(line);
    for (Head head : heads(spec)) {
      line.setLength(0);
      line.append("%-8s %8d".formatted(head, spec.kvGroup(head.head())));
      tables.values().forEach(t -> line.append("%11s".formatted(Ticks.format(t.at(head)))));
      terminal.out().println(line);
    }
    tables
        .keySet()
        .forEach(
            score -> {
              String unit = score.unit().isEmpty() ? "" : ", " + score.unit();
              terminal.note(score.id() + ": " + score.formula() + unit);
            });
  }
}
