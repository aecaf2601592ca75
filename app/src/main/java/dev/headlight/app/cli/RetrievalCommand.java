package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.io.Provenance;
import dev.headlight.analysis.io.Tables;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.retrieval.Episode;
import dev.headlight.analysis.retrieval.HeadScoreFiles;
import dev.headlight.analysis.retrieval.Masking;
import dev.headlight.analysis.retrieval.NeedleGrid;
import dev.headlight.analysis.retrieval.RetrievalListener;
import dev.headlight.analysis.retrieval.RetrievalProbe;
import dev.headlight.analysis.retrieval.RetrievalRequest;
import dev.headlight.analysis.retrieval.RetrievalResult;
import dev.headlight.analysis.retrieval.RetrievalTables;
import dev.headlight.analysis.retrieval.StreamingSplit;
import dev.headlight.analysis.retrieval.StreamingWindow;
import dev.headlight.analysis.run.HeadSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which heads fetch facts from the context. */
@Command(
    name = "retrieval",
    mixinStandardHelpOptions = true,
    description = {
      "Find the heads that fetch facts from the context: needle episodes are answered greedily, and",
      "a head scores 1/|needle| for each written token that its top key in the needle is."
    })
final class RetrievalCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      paramLabel = "MODEL",
      description = "Model folder, file, sample:NAME or sample:NAME@STEP.")
  private String model;

  @Mixin private RetrievalInput input;
  @Mixin private NoPictures pictures;

  @Option(
      names = "--mask",
      paramLabel = "HEADS",
      converter = Converters.Heads.class,
      description = "Answer with these heads switched off, such as L1H2,L3H*.")
  private HeadSet mask;

  @Option(
      names = "--mode",
      paramLabel = "HOW",
      defaultValue = "zero",
      description = "What becomes of masked heads: zero or uniform; default: ${DEFAULT-VALUE}.")
  private Masking.Mode mode;

  @Option(
      names = "--when",
      paramLabel = "WHEN",
      defaultValue = "decoding",
      description =
          "From where on: decoding (the last prompt token) or always; default: ${DEFAULT-VALUE}.")
  private Masking.When when;

  @Option(
      names = "--window",
      paramLabel = "SINK,RECENT",
      split = ",",
      description = "Keys that a streaming head keeps, for its proxy; default: 16,64.")
  private List<Integer> window = List.of();

  @Mixin private RetrievalMore more;

  @Option(names = "--json", description = "One JSON document.")
  private boolean json;

  @Option(names = "--csv", paramLabel = "FILE", description = "Write a table, one score a row.")
  private Path csv;

  @Option(
      names = "--save-scores",
      paramLabel = "FILE",
      description =
          "Write the scores as others do: .json of Retrieval_Head, or .tsv of DuoAttention (the"
              + " proxy).")
  private Path saved;

  @Option(
      names = "--answers",
      paramLabel = "FILE",
      description = "Write every episode with its answer as CSV, failed ones too.")
  private Path answers;

  @Mixin private ModelOptions options;

  RetrievalCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    refusePictures();
    StreamingWindow streaming = streaming();
    checkSaved();
    try (Model opened = options.open(model, terminal.progress().part(0, 0.1))) {
      RetrievalInput.Asked asked = input.read(opened);
      asked.grid().map(NeedleGrid::problems).orElse(List.of()).forEach(p -> note(asked, p));
      Masking masking = mask == null ? Masking.NONE : new Masking(mask, mode, when);
      RetrievalRequest request = new RetrievalRequest(asked.episodes(), masking, streaming);
      Progress progress = terminal.progress().part(0.1, more.any() ? 0.5 : 1);
      RetrievalResult result =
          RetrievalProbe.run(opened, request, RetrievalListener.NONE, progress);
      StreamingSplit split = StreamingSplit.of(result, opened.spec(), streaming);
      RetrievalReport report = new RetrievalReport(opened.spec(), asked, result, split);
      more.measure(opened, result, mode, when, options.seed(), terminal.progress().part(0.5, 1));
      write(opened, report);
      tell(report);
    }
    return ExitCodes.DONE;
  }

  private void note(RetrievalInput.Asked asked, NeedleGrid.Cell cell) {
    NeedleGrid grid = asked.grid().orElseThrow();
    terminal.note(
        "left out: length %d, depth %s: %s"
            .formatted(
                grid.settings().lengths().get(cell.length()),
                grid.settings().depths().get(cell.depth()),
                cell.problem()));
  }

  private StreamingWindow streaming() {
    if (window.isEmpty()) {
      return StreamingWindow.SMALL;
    }
    if (window.size() != 2 || window.get(0) < 0 || window.get(1) < 1) {
      throw new HeadlightException(
          Kind.INPUT, "--window: expected SINK,RECENT such as 64,256, found " + window + ".");
    }
    return new StreamingWindow(window.get(0), window.get(1));
  }

  private void refusePictures() {
    if (pictures.given()) {
      throw new HeadlightException(
          Kind.INPUT,
          "--image: retrieval asks for facts of a text and shows no picture; headlight visual ranks"
              + " the heads that find an object in a picture.");
    }
  }

  private void checkSaved() {
    String name = saved == null ? ".json" : saved.toString();
    if (!name.endsWith(".json") && !name.endsWith(".tsv")) {
      throw new HeadlightException(
          Kind.INPUT, "--save-scores: expected a .json or .tsv file, found " + saved + ".");
    }
  }

  private void write(Model opened, RetrievalReport report) {
    RetrievalResult result = report.result();
    if (csv != null) {
      List<int[]> tokens = result.episodes().stream().map(Episode::tokens).toList();
      Provenance provenance =
          Provenance.of(opened.name(), opened.checkpoint().sha256(), tokens, opened.device());
      String params = report.params(mask, mode, when);
      Tables.headScores(
          csv, provenance, RetrievalTables.scores(opened.spec(), report.tables(), params));
    }
    if (answers != null) {
      RetrievalTables.answers(answers, result);
    }
    if (saved != null && saved.toString().endsWith(".tsv")) {
      StreamingSplit split = report.split();
      HeadScoreFiles.writeDuo(saved, new HeadScoreFiles.DuoPattern(split.groups(), split.window()));
    } else if (saved != null) {
      HeadScoreFiles.writeRetrievalHead(saved, result);
    }
  }

  private void tell(RetrievalReport report) {
    if (json) {
      terminal.json(more.into(report.document()));
      return;
    }
    List<Path> written = new ArrayList<>();
    for (Path file : new Path[] {csv, answers, saved}) {
      if (file != null) {
        written.add(file);
      }
    }
    if (written.isEmpty()) {
      report.print(terminal);
      more.print(terminal);
    } else {
      written.forEach(file -> terminal.out().println(file));
    }
  }
}
