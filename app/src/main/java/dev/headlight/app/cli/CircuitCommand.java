package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.circuit.Acdc;
import dev.headlight.analysis.circuit.CircuitComparison;
import dev.headlight.analysis.circuit.CircuitGraph;
import dev.headlight.analysis.circuit.CircuitPasses;
import dev.headlight.analysis.circuit.DirectLogits;
import dev.headlight.analysis.circuit.EdgeScores;
import dev.headlight.analysis.circuit.EdgeVerification;
import dev.headlight.analysis.circuit.Faithfulness;
import dev.headlight.analysis.circuit.LogitLens;
import dev.headlight.analysis.circuit.LogitParts;
import dev.headlight.analysis.circuit.Repair;
import dev.headlight.analysis.circuit.Ungrouped;
import dev.headlight.analysis.io.CircuitFiles;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.pairs.TokenPair;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.app.circuits.CircuitExports;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which edges between heads and MLPs carry an answer. */
@Command(
    name = "circuit",
    mixinStandardHelpOptions = true,
    description = {
      "Score every edge between embedding, heads, MLPs and logits, take the strongest, and measure",
      "how much of the answer is left when all other edges are corrupted."
    })
final class CircuitCommand implements Callable<Integer> {
  private static final int NEXT = 5;

  private final Terminal terminal;

  @Parameters(paramLabel = "MODEL", description = "Model folder, file or sample:NAME.")
  private String model;

  @Mixin private PatchPairs input;
  @Mixin private PictureOptions pictures;

  @Mixin private CircuitOptions edges;

  @Option(
      names = "--faithfulness",
      arity = "0..1",
      fallbackValue = "10",
      paramLabel = "N",
      description = "Also the faithfulness of N circuits of growing size; default: 10.")
  private Integer curve;

  @Option(
      names = "--acdc",
      paramLabel = "TAU",
      description =
          "Prune the circuit further: an edge goes where KL rises by less than TAU nats without"
              + " it.")
  private Double tau;

  @Option(
      names = "--verify",
      paramLabel = "N",
      defaultValue = "0",
      description = "Corrupt each of the N strongest edges alone, beside its first-order score.")
  private int verify;

  @Option(
      names = "--repair",
      paramLabel = "CHANGE",
      description =
          "Also the answers with a change in force, such as row:L5H3@-1=3:0.5,5:0.5, or by roles of"
              + " the pairs, row:L5H3@{END}={IO}:1; may be given several times.")
  private List<String> repair = List.of();

  @Option(
      names = "--direct",
      description = "Also what each part adds to the logits directly, and the logit lens.")
  private boolean direct;

  @Option(
      names = "--compare",
      paramLabel = "FILE",
      description = "Compare with a circuit that was written as .json.")
  private Path other;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "Write the circuit: .json, .dot, .graphml or .csv, drawn as .svg, .pdf or .png.")
  private Path out;

  @Option(names = "--json", description = "One JSON document.")
  private boolean json;

  @Mixin private ModelOptions options;

  CircuitCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    check();
    Optional<CircuitGraph> known = Optional.ofNullable(other).map(CircuitFiles::read);
    try (Model opened = options.open(model, terminal.progress().part(0, 0.1))) {
      List<TokenPair> pairs = input.read(opened, pictures, terminal);
      CircuitReport report = measure(opened, pairs, known, terminal.progress().part(0.1, 1));
      if (out != null) {
        CircuitExports.write(
            out,
            report.circuit(),
            report.scores(),
            CircuitExports.provenance(opened, report.scores(), pairs));
      }
      if (json) {
        terminal.json(report.document());
      } else if (out != null) {
        terminal.out().println(out);
      } else {
        report.print(terminal, opened.tokenizer());
      }
    }
    return ExitCodes.DONE;
  }

  private void check() {
    edges.check();
    if (curve != null && curve < 1) {
      throw new HeadlightException(
          Kind.INPUT, "--faithfulness: expected 1 or more, found " + curve + ".");
    }
    if (out != null && !CircuitExports.drawn(out)) {
      CircuitFiles.check(out);
    }
    if (verify < 0) {
      throw new HeadlightException(
          Kind.INPUT, "--verify: expected 0 or more, found " + verify + ".");
    }
  }

  private CircuitReport measure(
      Model opened, List<TokenPair> pairs, Optional<CircuitGraph> known, Progress progress) {
    try (Ungrouped ungrouped = Ungrouped.of(opened);
        CircuitPasses passes =
            new CircuitPasses(ungrouped.model(), pairs, progress.part(0, 0.05))) {
      EdgeScores scores = edges.score(ungrouped.model(), pairs, progress.part(0.05, 0.5));
      CircuitGraph circuit = edges.select(scores);
      Optional<Acdc.Result> pruned =
          tau == null
              ? Optional.empty()
              : Optional.of(Acdc.prune(passes, circuit, tau, progress.part(0.5, 0.8)));
      CircuitGraph last = pruned.map(Acdc.Result::circuit).orElse(circuit);
      return new CircuitReport(
          scores,
          last,
          Faithfulness.of(passes, last, progress.silent()),
          curve(passes, scores, progress.part(0.8, 1)),
          pruned,
          verify == 0
              ? Optional.empty()
              : Optional.of(EdgeVerification.of(passes, last, verify, progress.silent())),
          known.map(k -> CircuitComparison.of(last, k)),
          repaired(opened, pairs, progress),
          direct(opened, pairs.get(0), progress),
          lens(opened, pairs.get(0), progress));
    }
  }

  private Optional<Faithfulness> curve(CircuitPasses passes, EdgeScores scores, Progress progress) {
    if (curve == null) {
      return Optional.empty();
    }
    List<Integer> sizes = Faithfulness.sizes(passes.wiring(), curve);
    return Optional.of(
        Faithfulness.curve(
            passes, scores, edges.selection(), sizes, Faithfulness.Listener.NONE, progress));
  }

  private Optional<Repair> repaired(Model opened, List<TokenPair> pairs, Progress progress) {
    if (repair.isEmpty()) {
      return Optional.empty();
    }
    List<List<Intervention>> changes = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      int pair = i;
      changes.add(repair.stream().map(c -> Intervention.parse(input.at(c, pair))).toList());
    }
    return Optional.of(Repair.of(opened, pairs, changes, progress.silent()));
  }

  private Optional<LogitParts> direct(Model opened, TokenPair pair, Progress progress) {
    return direct
        ? Optional.of(
            DirectLogits.of(
                opened, pair.cleanPrompt(), pair.answer()[0], pair.wrong()[0], progress.silent()))
        : Optional.empty();
  }

  private Optional<LogitLens> lens(Model opened, TokenPair pair, Progress progress) {
    return direct
        ? Optional.of(
            LogitLens.of(
                opened,
                pair.cleanPrompt(),
                pair.answer()[0],
                pair.wrong()[0],
                NEXT,
                progress.silent()))
        : Optional.empty();
  }
}
