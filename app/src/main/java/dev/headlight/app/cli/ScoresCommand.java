package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.image.Pixels;
import dev.headlight.analysis.io.Provenance;
import dev.headlight.analysis.io.Tables;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.roles.Prompts;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.scores.HeadScore;
import dev.headlight.analysis.scores.HeadScores;
import dev.headlight.analysis.scores.HeadTable;
import dev.headlight.analysis.scores.ScoreJob;
import dev.headlight.analysis.scores.SequenceScores;
import dev.headlight.analysis.vision.PictureJob;
import dev.headlight.app.workbench.KnownScores;
import dev.headlight.renderer.Ticks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Scores of every head, averaged over sequences. */
@Command(
    name = "scores",
    mixinStandardHelpOptions = true,
    description = "Score every head: induction, previous, duplicate, entropy, copying, local, …")
final class ScoresCommand implements Callable<Integer> {
  private static final ScoreInput.Sequences NONE =
      new ScoreInput.Sequences(null, OptionalInt.empty(), "", null);

  private final Terminal terminal;

  @Parameters(
      paramLabel = "MODEL",
      description = "Model folder, file, sample:NAME or sample:NAME@STEP.")
  private String model;

  @Option(
      names = "--kinds",
      paramLabel = "KIND",
      split = ",",
      description =
          "Which scores: entropy, distance, first, previous, laterSink, entropyShare, local, streaming,"
              + " inductionText, duplicateText,"
              + " and, of sequences that repeat, induction, duplicate; without sequences copying,"
              + " positionOnly, sinkRandom, sinkRepeated, and those two on random ids; rule and pattern with their options;"
              + " of prompts with a picture imageShare, imageToImage, yopo, vhd, patchDistance."
              + " Default: entropy, distance, first, previous, and induction and duplicate where"
              + " the sequences repeat.")
  private List<String> kinds = List.of();

  @Mixin private ScoreInput input;

  @Mixin private PictureOptions pictures;

  @Mixin private ScoreQuestions questions;

  @Spec private CommandSpec spec;

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
    questions.check(asked);
    try (Model opened = options.open(model, terminal.progress().part(0, 0.3))) {
      ScoreInput.Sequences sequences =
          given() ? input.read(opened, pictures, options.seed(), terminal) : NONE;
      Progress progress = terminal.progress().part(0.3, 1);
      Map<HeadScore, Measured> tables = measure(opened, sequences, asked, progress);
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

  /**
   * A score of every head.
   *
   * @param params on what it was measured
   * @param seed of the random ids that were given, else null
   */
  private record Measured(HeadTable table, String params, Long seed) {}

  private Map<HeadScore, Measured> measure(
      Model opened, ScoreInput.Sequences sequences, List<HeadScore> asked, Progress progress) {
    Map<HeadScore, Measured> all = new LinkedHashMap<>();
    asked.forEach(score -> all.put(score, null)); // Their order is that of the columns.
    List<HeadScore> given = asked.stream().filter(this::ofSequences).toList();
    if (!given.isEmpty()) {
      SequenceScores.measure(
              opened, sequences.prompts(), sequences.period(), given, progress.part(0, 0.5))
          .forEach(
              (score, table) ->
                  all.put(score, new Measured(table, sequences.params(), sequences.seed())));
    }
    Map<ScoreJob, ScoreJob.Result> results = new HashMap<>();
    Prompts prompts = prompts(sequences);
    for (HeadScore score : asked) {
      if (!ofSequences(score)) {
        ScoreJob job =
            score.origin() instanceof HeadScore.OfJob own
                ? own.job()
                : score.origin() instanceof HeadScore.OfPrompt
                    ? new PictureJob(sequences.prompts(), "the prompts", List.of())
                    : questions.job(score, prompts);
        ScoreJob.Result result =
            results.computeIfAbsent(job, j -> j.measure(opened, progress.part(0.5, 1)));
        all.put(score, new Measured(result.tables().get(score.id()), result.conditions(), null));
      }
    }
    return all;
  }

  private boolean given() {
    return input.given(pictures);
  }

  private static Prompts prompts(ScoreInput.Sequences sequences) {
    List<Pixels> seen = sequences.prompts() == null ? List.of() : sequences.prompts().pictures();
    return new Prompts(sequences.ids(), "the prompts", List.of(), seen);
  }

  /** Whether the given sequences are what a score is measured on, not some of its own. */
  private boolean ofSequences(HeadScore score) {
    return score.origin() instanceof HeadScore.OfPass
        || (given() && SequenceScores.ofRepetition().contains(score));
  }

  private List<HeadScore> kinds() {
    List<HeadScore> asked = new ArrayList<>();
    kinds.forEach(kind -> asked.add(kind(kind.strip())));
    asked.addAll(questions.implied());
    if (asked.isEmpty() && given()) {
      asked.addAll(SequenceScores.plain());
      asked.addAll(input.repeating() ? SequenceScores.ofRepetition() : List.of());
    }
    boolean needs = asked.stream().anyMatch(score -> !(score.origin() instanceof HeadScore.OfJob));
    if (!given() && (needs || asked.isEmpty())) {
      throw new ParameterException(
          spec.commandLine(),
          "Say what to measure on: --prompt, --prompt-file, --prompts-file, --library, --tokens,"
              + " --tokens-file or --random.");
    }
    return asked.stream().distinct().toList();
  }

  private HeadScore kind(String kind) {
    HeadScores known = KnownScores.all();
    HeadScore score =
        known
            .find(kind)
            .orElseThrow(
                () ->
                    new HeadlightException(
                        Kind.INPUT,
                        "--kinds: no score is called \"%s\"; there are %s."
                            .formatted(kind, String.join(", ", known.ids()))));
    if (SequenceScores.ofRepetition().contains(score) && given() && !input.repeating()) {
      throw new HeadlightException(
          Kind.INPUT,
          "--kinds: "
              + score.id()
              + " is a score of sequences that repeat; say after how many ids with --period, or draw some with --random.");
    }
    return score;
  }

  private static SortedSet<Head> heads(ModelSpec spec) {
    return HeadSet.parse("L*H*").resolve(spec);
  }

  private static Map<String, Object> document(
      ModelSpec spec, ScoreInput.Sequences sequences, Map<HeadScore, Measured> tables) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Head head : heads(spec)) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("layer", head.layer());
      row.put("head", head.head());
      row.put("kvGroup", spec.kvGroup(head.head()));
      tables.forEach((score, table) -> row.put(score.id(), known(table.table().at(head))));
      rows.add(row);
    }
    Map<String, String> definitions = new LinkedHashMap<>();
    tables.keySet().forEach(score -> definitions.put(score.id(), score.formula()));
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("heads", rows);
    document.put("definitions", definitions);
    Map<String, String> conditions = new LinkedHashMap<>();
    tables.forEach((score, table) -> conditions.put(score.id(), table.params()));
    document.put("conditions", conditions);
    document.put("sequences", sequences.ids().size());
    document.put("params", sequences.params());
    document.put("seed", sequences.seed());
    return document;
  }

  /** Null for what is not known, which JSON and CSV have no number for. */
  private static Double known(double value) {
    return Double.isNaN(value) ? null : value;
  }

  private void write(
      Model opened, ScoreInput.Sequences sequences, Map<HeadScore, Measured> tables) {
    List<Tables.HeadScore> rows = new ArrayList<>();
    tables.forEach(
        (score, measured) -> {
          HeadTable table = measured.table();
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
                    measured.seed(),
                    measured.params()));
          }
        });
    Provenance provenance =
        Provenance.of(
            opened.name(), opened.checkpoint().sha256(), sequences.ids(), opened.device());
    Tables.headScores(csv, provenance, rows);
  }

  private void print(ModelSpec spec, Map<HeadScore, Measured> tables) {
    StringBuilder line = new StringBuilder("%-8s %8s".formatted("head", "KV group"));
    tables.keySet().forEach(score -> line.append("%11s".formatted(score.id())));
    terminal.out().println(line);
    for (Head head : heads(spec)) {
      line.setLength(0);
      line.append("%-8s %8d".formatted(head, spec.kvGroup(head.head())));
      tables.values().forEach(t -> line.append("%11s".formatted(Ticks.format(t.table().at(head)))));
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
