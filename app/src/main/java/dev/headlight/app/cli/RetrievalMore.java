package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.retrieval.AssociativeRecall;
import dev.headlight.analysis.retrieval.AttentionInfluence;
import dev.headlight.analysis.retrieval.CurveRequest;
import dev.headlight.analysis.retrieval.CurveResult;
import dev.headlight.analysis.retrieval.EchoInduction;
import dev.headlight.analysis.retrieval.HeadScoreFiles;
import dev.headlight.analysis.retrieval.Masking;
import dev.headlight.analysis.retrieval.MaskingCurve;
import dev.headlight.analysis.retrieval.ProbeFiles;
import dev.headlight.analysis.retrieval.Ranking;
import dev.headlight.analysis.retrieval.RetrievalResult;
import dev.headlight.analysis.retrieval.RetrievalTables;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.scores.HeadTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import picocli.CommandLine.Option;

/** What a retrieval command measures beside the scores, and with them. */
final class RetrievalMore {
  @Option(
      names = "--curve",
      paramLabel = "K",
      split = ",",
      description = "Masking curve: answers without the top K heads and without K random ones.")
  private List<Integer> counts = List.of();

  @Option(
      names = "--draws",
      paramLabel = "N",
      defaultValue = "3",
      description = "With --curve: draws of random heads; default: ${DEFAULT-VALUE}.")
  private int draws;

  @Option(
      names = "--curve-csv",
      paramLabel = "FILE",
      description = "With --curve: write the curve.")
  private Path curveFile;

  @Option(
      names = "--heads-file",
      paramLabel = "FILE",
      description =
          "With --curve and --influence: rank heads by the scores of this file (.json of"
              + " Retrieval_Head, .tsv of DuoAttention) instead of those just measured.")
  private Path headsFile;

  @Option(
      names = "--influence",
      paramLabel = "FILE",
      description =
          "AttentionInfluence of the texts of a file (.jsonl, or texts between empty lines): loss"
              + " with and without the top 5 % of the heads.")
  private Path texts;

  @Option(
      names = "--influence-csv",
      paramLabel = "FILE",
      description = "With --influence: write the ranked texts.")
  private Path influenceFile;

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      defaultValue = "512",
      description = "With --influence: cut texts after N tokens; default: ${DEFAULT-VALUE}.")
  private int maxTokens;

  @Option(
      names = "--recall",
      paramLabel = "N",
      split = ",",
      description = "Associative recall (MQAR): accuracy over this many key-value pairs.")
  private List<Integer> pairs = List.of();

  @Option(
      names = "--echo",
      paramLabel = "S",
      description = "RazorAttention: echo and induction scores on S random ids, four times.")
  private Integer echo;

  private final Map<String, Object> document = new LinkedHashMap<>();
  private final List<String> lines = new ArrayList<>();

  boolean any() {
    return !counts.isEmpty() || texts != null || !pairs.isEmpty() || echo != null;
  }

  /** Adds what was measured to the document. */
  Map<String, Object> into(Map<String, Object> other) {
    other.putAll(document);
    return other;
  }

  void print(Terminal terminal) {
    lines.forEach(terminal.out()::println);
  }

  void measure(
      Model model,
      RetrievalResult result,
      Masking.Mode mode,
      Masking.When when,
      long seed,
      Progress progress) {
    if (!counts.isEmpty()) {
      List<Long> seeds = LongStream.range(seed, seed + Math.max(0, draws)).boxed().toList();
      HeadTable ranking = ranking(model, result);
      curve(
          model,
          new CurveRequest(result.episodes(), ranking, counts, seeds, mode, when),
          progress.part(0, 0.5));
    }
    if (texts != null) {
      influence(model, ranking(model, result), progress.part(0.5, 0.8));
    }
    if (!pairs.isEmpty()) {
      recall(model, seed, progress.part(0.8, 0.9));
    }
    if (echo != null) {
      echo(model, seed, progress.part(0.9, 1));
    }
  }

  private HeadTable ranking(Model model, RetrievalResult result) {
    if (headsFile == null) {
      if (!result.defined()) {
        throw new HeadlightException(
            Kind.INPUT,
            "no needle was found, so no head ranks before another; make the probe easier, or give"
                + " scores with --heads-file.");
      }
      return result.score();
    }
    return headsFile.toString().endsWith(".tsv")
        ? HeadScoreFiles.readDuo(headsFile, model.spec()).table(model.spec())
        : HeadScoreFiles.readRetrievalHead(headsFile, model.spec());
  }

  private void curve(Model model, CurveRequest request, Progress progress) {
    CurveResult curve = new MaskingCurve(model, request).run(progress);
    List<Map<String, Object>> points = new ArrayList<>();
    for (int i = 0; i < curve.sets().size(); i++) {
      CurveRequest.Set set = curve.sets().get(i);
      Map<String, Object> point = new LinkedHashMap<>();
      point.put("kind", set.top() ? "top" : "random");
      point.put("count", set.count());
      point.put("seed", set.seed());
      point.put("heads", set.heads().stream().map(Head::toString).toList());
      point.put("accuracy", curve.accuracy(i));
      point.put("success", Arrays.asList(curve.success()[i]));
      points.add(point);
      String kind = set.top() ? "top" : "random (seed " + set.seed() + ")";
      lines.add("without %s %d: %.3f".formatted(kind, set.count(), curve.accuracy(i)));
    }
    document.put("curve", points);
    if (curveFile != null) {
      RetrievalTables.curve(curveFile, request, curve);
    }
  }

  private void influence(Model model, HeadTable ranking, Progress progress) {
    List<AttentionInfluence.Sample> samples = new ArrayList<>();
    int cut = Math.min(maxTokens, model.spec().maxPositions());
    var tokenizer = InputOptions.required(model.tokenizer());
    for (ProbeFiles.Text text : ProbeFiles.texts(texts)) {
      int[] ids = tokenizer.encode(text.text()).ids();
      String title = text.text().replaceAll("\\s+", " ");
      samples.add(
          new AttentionInfluence.Sample(
              text.domain(), title, Arrays.copyOf(ids, Math.min(cut, ids.length))));
    }
    int count = AttentionInfluence.count(ranking.values().length);
    List<Head> heads = Ranking.top(ranking, count);
    List<AttentionInfluence.Influence> found =
        new AttentionInfluence(model, samples, heads).run(progress);
    Map<String, Object> part = new LinkedHashMap<>();
    part.put("heads", heads.stream().map(Head::toString).toList());
    part.put("texts", found);
    document.put("influence", part);
    for (AttentionInfluence.Influence i : found) {
      lines.add(
          "influence of text %d: %.4f (rank %d, loss %.4f, without the heads %.4f)"
              .formatted(i.index(), i.influence(), i.rank(), i.loss(), i.masked()));
    }
    if (influenceFile != null) {
      RetrievalTables.influence(influenceFile, samples, found);
    }
  }

  private void recall(Model model, long seed, Progress progress) {
    List<AssociativeRecall.Point> points =
        AssociativeRecall.curve(model, pairs, 4, seed, Masking.NONE, progress);
    document.put("recall", points);
    for (AssociativeRecall.Point p : points) {
      lines.add("recall of %d pairs: %.3f".formatted(p.pairs(), p.accuracy()));
    }
  }

  private void echo(Model model, long seed, Progress progress) {
    EchoInduction scores = EchoInduction.measure(model, echo, 2, seed, progress);
    List<Head> kept =
        scores.protectedHeads(model.spec(), EchoInduction.ECHO, EchoInduction.INDUCTION);
    Map<String, Object> part = new LinkedHashMap<>();
    part.put("period", scores.period());
    part.put("repeats", scores.repeats());
    part.put("echo", scores.echo().values());
    part.put("induction", scores.induction().values());
    part.put("protected", kept.stream().map(Head::toString).toList());
    document.put("razor", part);
    lines.add("RazorAttention would protect " + kept);
  }
}
