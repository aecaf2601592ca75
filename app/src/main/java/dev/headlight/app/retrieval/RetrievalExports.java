package dev.headlight.app.retrieval;

import dev.headlight.analysis.io.Provenance;
import dev.headlight.analysis.io.Tables;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.retrieval.AssociativeRecall;
import dev.headlight.analysis.retrieval.Episode;
import dev.headlight.analysis.retrieval.HeadScoreFiles;
import dev.headlight.analysis.retrieval.RetrievalTables;
import dev.headlight.analysis.retrieval.StreamingSplit;
import dev.headlight.analysis.retrieval.StreamingWindow;
import dev.headlight.analysis.scores.HeadTable;
import dev.headlight.app.engine.ModelQuestion;
import dev.headlight.app.report.FigureFiles;
import dev.headlight.renderer.figure.Figure;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Writes what was found, and reads what others found. Answered on the model's thread, since files
 * name the weights; each answer is the file that was written.
 */
public final class RetrievalExports {
  private RetrievalExports() {}

  /** Every score of every head as CSV, as the command line writes it. */
  public static ModelQuestion<Path> scores(Path file, Findings findings) {
    return (model, progress) -> {
      StreamingSplit split = split(findings);
      Map<String, HeadTable> tables = new LinkedHashMap<>();
      tables.put("retrieval", findings.table(Definition.CODE));
      tables.put("retrievalShare", findings.table(Definition.PAPER));
      tables.put("retrievalActivation", findings.table(Definition.ACTIVATION));
      tables.put("needleWeight", findings.result().needleWeight());
      tables.put("streamingProxy", split.heads());
      String params =
          "answered=%d of %d sink=%d recent=%d"
              .formatted(
                  findings.result().successes().size(),
                  findings.result().episodes().size(),
                  split.window().sink(),
                  split.window().recent());
      Tables.headScores(
          file,
          provenance(model, findings, progress),
          RetrievalTables.scores(findings.spec(), tables, params));
      return file;
    };
  }

  private static Provenance provenance(Model model, Findings findings, Progress progress) {
    progress.report(Double.NaN, "reading the weights for their checksum");
    List<int[]> tokens = findings.result().episodes().stream().map(Episode::tokens).toList();
    return Provenance.of(model.name(), model.checkpoint().sha256(), tokens, model.device());
  }

  /** The streaming proxy of what was answered. */
  public static StreamingSplit split(Findings findings) {
    return StreamingSplit.of(findings.result(), findings.spec(), StreamingWindow.SMALL);
  }

  /** Scores of each answered needle in the form of Retrieval_Head. */
  public static ModelQuestion<Path> retrievalHead(Path file, Findings findings) {
    return written(file, to -> HeadScoreFiles.writeRetrievalHead(to, findings.result()));
  }

  /** The streaming proxy in the form of DuoAttention, its window beside it. */
  public static ModelQuestion<Path> duo(Path file, Findings findings) {
    StreamingSplit split = split(findings);
    HeadScoreFiles.DuoPattern pattern =
        new HeadScoreFiles.DuoPattern(split.groups(), split.window());
    return written(file, to -> HeadScoreFiles.writeDuo(to, pattern));
  }

  /** Every episode with its answer. */
  public static ModelQuestion<Path> answers(Path file, Findings findings) {
    return written(file, to -> RetrievalTables.answers(to, findings.result()));
  }

  /** The success map. */
  public static ModelQuestion<Path> map(Path file, Findings findings) {
    return written(file, to -> RetrievalTables.successMap(to, findings.grid(), findings.result()));
  }

  /** The masking curve. */
  public static ModelQuestion<Path> curve(Path file, CurveFindings curve) {
    return written(file, to -> RetrievalTables.curve(to, curve.request(), curve.result()));
  }

  /** The ranked texts. */
  public static ModelQuestion<Path> influence(Path file, TextInfluence texts) {
    return written(file, to -> RetrievalTables.influence(to, texts.samples(), texts.found()));
  }

  /** The recall curve. */
  public static ModelQuestion<Path> recall(Path file, List<AssociativeRecall.Point> points) {
    return written(file, to -> RetrievalTables.recall(to, points));
  }

  private static ModelQuestion<Path> written(Path file, Consumer<Path> writer) {
    return (model, progress) -> {
      writer.accept(file);
      return file;
    };
  }

  /** A figure in the format of the file's ending, with what it shows beside it. */
  public static ModelQuestion<Path> figure(
      Path file,
      Findings findings,
      Function<dev.headlight.renderer.figure.Provenance, Figure> figure) {
    return (model, progress) -> {
      Map<String, String> entries = provenance(model, findings, progress).toMetadata();
      return FigureFiles.write(
          figure.apply(new dev.headlight.renderer.figure.Provenance(entries)), file);
    };
  }

  /** Scores that others measured: {@code .tsv} of DuoAttention, else of Retrieval_Head. */
  public static ModelQuestion<HeadTable> read(Path file) {
    return (model, progress) -> {
      ModelSpec spec = model.spec();
      boolean duo = file.toString().toLowerCase(Locale.ROOT).endsWith(".tsv");
      return duo
          ? HeadScoreFiles.readDuo(file, spec).table(spec)
          : HeadScoreFiles.readRetrievalHead(file, spec);
    };
  }
}
