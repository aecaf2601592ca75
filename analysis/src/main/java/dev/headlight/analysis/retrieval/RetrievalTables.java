package dev.headlight.analysis.retrieval;

import dev.headlight.analysis.io.AtomicFiles;
import dev.headlight.analysis.io.Tables;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.scores.HeadTable;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * What was found as tables: UTF-8 CSV (RFC 4180), whole or not at all. Numbers that are not known
 * are empty.
 */
public final class RetrievalTables {
  private static final int TITLE = 60;

  private RetrievalTables() {}

  /**
   * Rows for {@link Tables#headScores}, one a score and head.
   *
   * @param tables by the name of the metric, in their order
   * @param params how they were measured
   */
  public static List<Tables.HeadScore> scores(
      ModelSpec spec, Map<String, HeadTable> tables, String params) {
    List<Tables.HeadScore> rows = new ArrayList<>();
    tables.forEach(
        (metric, table) -> {
          for (int i = 0; i < spec.layers() * spec.heads(); i++) {
            Head head = new Head(i / spec.heads(), i % spec.heads());
            rows.add(
                new Tables.HeadScore(
                    metric,
                    head.layer(),
                    head.head(),
                    spec.kvGroup(head.head()),
                    table.at(head),
                    known(table.deviation(head)),
                    table.runs(),
                    null,
                    params));
          }
        });
    return rows;
  }

  private static Double known(double value) {
    return Double.isNaN(value) ? null : value;
  }

  /** The success map: {@code length,depth,success}. */
  public static void successMap(Path file, NeedleGrid grid, RetrievalResult result) {
    double[][] map = grid.success(result);
    write(
        file,
        List.of("length", "depth", "success"),
        csv -> {
          for (int l = 0; l < map.length; l++) {
            for (int d = 0; d < map[l].length; d++) {
              csv.printRecord(
                  grid.settings().lengths().get(l),
                  grid.settings().depths().get(d),
                  known(map[l][d]));
            }
          }
        });
  }

  /** The masking curve: {@code kind,count,seed,mode,when,accuracy,episodes,heads}. */
  public static void curve(Path file, CurveRequest request, CurveResult result) {
    write(
        file,
        List.of("kind", "count", "seed", "mode", "when", "accuracy", "episodes", "heads"),
        csv -> {
          for (int i = 0; i < result.sets().size(); i++) {
            CurveRequest.Set set = result.sets().get(i);
            csv.printRecord(
                set.top() ? "top" : "random",
                set.count(),
                set.seed(),
                request.mode().name().toLowerCase(Locale.ROOT),
                request.when().name().toLowerCase(Locale.ROOT),
                known(result.accuracy(i)),
                request.episodes().size(),
                set.heads().stream().map(Head::toString).collect(Collectors.joining(" ")));
          }
        });
  }

  /**
   * AttentionInfluence, the largest first within each domain: {@code
   * domain,rank,index,tokens,loss,loss_masked,influence,text}.
   */
  public static void influence(
      Path file,
      List<AttentionInfluence.Sample> samples,
      List<AttentionInfluence.Influence> found) {
    List<AttentionInfluence.Influence> rows = new ArrayList<>(found);
    rows.sort(
        (a, b) -> {
          int domain = samples.get(a.index()).domain().compareTo(samples.get(b.index()).domain());
          return domain != 0 ? domain : Integer.compare(a.rank(), b.rank());
        });
    write(
        file,
        List.of("domain", "rank", "index", "tokens", "loss", "loss_masked", "influence", "text"),
        csv -> {
          for (AttentionInfluence.Influence row : rows) {
            AttentionInfluence.Sample sample = samples.get(row.index());
            csv.printRecord(
                sample.domain(),
                row.rank(),
                row.index(),
                sample.tokens().length,
                row.loss(),
                row.masked(),
                row.influence(),
                title(sample.title()));
          }
        });
  }

  private static String title(String text) {
    return text.length() > TITLE ? text.substring(0, TITLE) + "…" : text;
  }

  /** The recall curve: {@code pairs,accuracy,log_probability,queries}. */
  public static void recall(Path file, List<AssociativeRecall.Point> points) {
    write(
        file,
        List.of("pairs", "accuracy", "log_probability", "queries"),
        csv -> {
          for (AssociativeRecall.Point p : points) {
            csv.printRecord(p.pairs(), p.accuracy(), p.logProbability(), p.queries());
          }
        });
  }

  /** The answers: {@code episode,tokens,needle_start,needle_end,success,recall,generated,text}. */
  public static void answers(Path file, RetrievalResult result) {
    write(
        file,
        List.of(
            "episode",
            "tokens",
            "needle_start",
            "needle_end",
            "success",
            "recall",
            "generated",
            "text"),
        csv -> {
          for (int i = 0; i < result.results().size(); i++) {
            Episode episode = result.episodes().get(i);
            EpisodeResult answer = result.results().get(i);
            csv.printRecord(
                i,
                episode.length(),
                episode.needleStart(),
                episode.needleEnd(),
                answer == null ? null : answer.success(),
                answer == null ? null : answer.recall(),
                answer == null ? null : ids(answer.generated()),
                answer == null ? null : answer.text());
          }
        });
  }

  private static String ids(int[] ids) {
    return Arrays.stream(ids).mapToObj(Integer::toString).collect(Collectors.joining(" "));
  }

  @FunctionalInterface
  private interface Rows {
    void writeTo(CSVPrinter csv) throws IOException;
  }

  private static void write(Path file, List<String> columns, Rows rows) {
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader(columns.toArray(String[]::new)).get();
    AtomicFiles.write(
        file,
        out -> {
          Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
          CSVPrinter csv = new CSVPrinter(writer, format);
          rows.writeTo(csv);
          csv.flush();
        });
  }
}
