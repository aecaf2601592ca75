package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.checkpoint.Checkpoint;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.pairs.AnswerScore;
import dev.headlight.analysis.pairs.PairCsv;
import dev.headlight.analysis.pairs.PairFiles;
import dev.headlight.analysis.pairs.PairMeasure;
import dev.headlight.analysis.pairs.PairReader;
import dev.headlight.analysis.pairs.PairScores;
import dev.headlight.analysis.pairs.PromptPair;
import dev.headlight.analysis.pairs.ReadPair;
import dev.headlight.analysis.pairs.TokenPair;
import dev.headlight.analysis.text.TextTokenizer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Pairs of prompts for experiments: drawn or given, one token under the other. */
@Command(
    name = "pairs",
    mixinStandardHelpOptions = true,
    description = {
      "Make pairs of prompts that differ in what decides the answer, or check given ones: tokens",
      "one under the other, files for patch and ablate, and what the model answers as it is."
    })
final class PairsCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "MODEL", description = "Model folder, file or sample:NAME.")
  private String model;

  @Mixin private PairInput input;

  @Option(names = "--out", paramLabel = "FILE", description = "Write the pairs as CSV.")
  private Path out;

  @Option(
      names = "--tokens",
      paramLabel = "DIR",
      description =
          "Write clean.json, corrupt.json and answers.json for --clean-file, --corrupt-file and"
              + " --answers of patch.")
  private Path tokens;

  @Option(
      names = "--measure",
      description = "Run the model: accuracy and mean difference of the answers on both prompts.")
  private boolean measure;

  @Option(
      names = "--score",
      paramLabel = "HOW",
      description =
          "With --measure, how answers of several tokens are weighed: first (logit of the first"
              + " token) or summed (log-probability of all); default: first.")
  private AnswerScore score;

  @Option(
      names = "--show",
      paramLabel = "N",
      defaultValue = "8",
      description = "How many pairs are printed; default: ${DEFAULT-VALUE}.")
  private int show;

  @Option(names = "--json", description = "One JSON document, with every pair.")
  private boolean json;

  @Mixin private ModelOptions options;

  PairsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    check();
    if (measure) {
      try (Model opened = options.open(model, terminal.progress().part(0, 0.2))) {
        TextTokenizer tokenizer = InputOptions.required(opened.tokenizer());
        work(new PairReader(tokenizer, input.bos()), Optional.of(opened));
      }
    } else {
      options.prepare();
      try (Checkpoint checkpoint = options.checkpoint(model);
          TextTokenizer tokenizer = InputOptions.required(TextTokenizer.open(checkpoint))) {
        work(new PairReader(tokenizer, input.bos()), Optional.empty());
      }
    }
    return ExitCodes.DONE;
  }

  private void check() {
    input.check();
    if (show < 0) {
      throw new HeadlightException(Kind.INPUT, "--show: expected 0 or more, found " + show + ".");
    }
    if (score != null && !measure) {
      throw new HeadlightException(
          Kind.INPUT, "--score: says how --measure weighs answers; give that too.");
    }
  }

  private void work(PairReader reader, Optional<Model> opened) {
    PairInput.Asked asked = input.read(reader, options.seed());
    List<TokenPair> ids = asked.pairs().stream().map(ReadPair::ids).toList();
    if (tokens != null) {
      requireAligned(asked.pairs());
    }
    Progress rest = terminal.progress().part(0.2, 1);
    AnswerScore how = score == null ? AnswerScore.FIRST : score;
    Optional<PairScores> scores = opened.map(m -> PairMeasure.measure(m, ids, how, rest));
    if (out != null) {
      PairCsv.write(out, asked.pairs().stream().map(ReadPair::text).toList());
    }
    if (tokens != null) {
      OutputFolder.filled(tokens, folder -> PairFiles.write(folder, ids));
    }
    PairReport report = new PairReport(asked, scores);
    if (json) {
      terminal.json(report.document(options.seed()));
    } else {
      report.print(terminal, show);
    }
  }

  /** Files for patching need prompts of one length. */
  private static void requireAligned(List<ReadPair> pairs) {
    for (int i = 0; i < pairs.size(); i++) {
      try {
        pairs.get(i).requireAligned();
      } catch (HeadlightException e) {
        PromptPair text = pairs.get(i).text();
        throw new HeadlightException(
            e.kind(),
            "--tokens: pair %d (\"%s\"): %s.".formatted(i + 1, text.clean(), e.getMessage()),
            e);
      }
    }
  }
}
