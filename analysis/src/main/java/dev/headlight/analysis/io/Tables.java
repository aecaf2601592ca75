package dev.headlight.analysis.io;

import dev.headlight.analysis.attention.AttentionMap;
import dev.headlight.analysis.attention.AttentionWeights;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.Site;
import dev.headlight.analysis.run.Tensor;
import dev.headlight.analysis.text.Tokens;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Tables as UTF-8 CSV (RFC 4180), each with a first row that names its columns. Every method writes
 * the file as a whole or not at all and throws {@link dev.headlight.analysis.HeadlightException}
 * (OUTPUT) when it cannot be written.
 */
public final class Tables {
  /** Columns of {@link #attentionCells}. */
  public static final List<String> ATTENTION_CELLS =
      List.of(
          "layer",
          "head",
          "query_index",
          "query_token",
          "key_index",
          "key_token",
          "score_presoftmax",
          "weight");

  /** Columns of {@link #tokens}; those about pictures are empty for text. */
  public static final List<String> TOKENS =
      List.of(
          "index",
          "id",
          "piece",
          "text",
          "start_char",
          "end_char",
          "is_special",
          "image_row",
          "image_col",
          "frame");

  /** Columns of {@link #headScores}. */
  public static final List<String> HEAD_SCORES =
      List.of(
          "model",
          "model_sha256",
          "metric",
          "layer",
          "head",
          "kv_group",
          "score",
          "std",
          "n_runs",
          "seed",
          "params");

  private static final int ROWS = 128;

  private Tables() {}

  /** A row of {@link #headScores}; {@code std} and {@code seed} may be null for "none". */
  public record HeadScore(
      String metric,
      int layer,
      int head,
      int kvGroup,
      double score,
      Double std,
      int runs,
      Long seed,
      String params) {}

  /**
   * The cells of some heads that the mask allows, with the logit before the softmax and the weight
   * after it; masked cells have no row.
   *
   * @param tokens the prompt, for its labels
   * @param progress is asked between blocks of rows whether to stop
   */
  public static void attentionCells(
      Path file, List<AttentionMap> maps, Tokens tokens, Progress progress) {
    write(
        file,
        ATTENTION_CELLS,
        csv -> {
          for (int i = 0; i < maps.size(); i++) {
            progress.report((double) i / maps.size(), maps.get(i).head().toString());
            cells(csv, maps.get(i), tokens, progress);
          }
        });
  }

  private static void cells(CSVPrinter csv, AttentionMap map, Tokens tokens, Progress progress)
      throws IOException {
    int length = map.length();
    for (int from = 0; from < length; from += ROWS) {
      progress.check();
      int to = Math.min(length, from + ROWS);
      float[] scores = map.scores(from, to, 0, length).data();
      float[] weights = map.weights(from, to, 0, length).data();
      for (int at = 0; at < weights.length; at++) {
        int query = from + at / length;
        int key = at % length;
        if (!Float.isNaN(weights[at])) {
          csv.printRecord(
              map.head().layer(),
              map.head().head(),
              query,
              tokens.label(query),
              key,
              tokens.label(key),
              scores[at],
              weights[at]);
        }
      }
    }
  }

  /**
   * The cells of one map that is no single head's between tokens: a mean of heads, or a map between
   * words or sentences. Its columns are those of {@link #attentionCells}; {@code layer} and {@code
   * head} are empty for a mean, {@code score_presoftmax} always is, and an index counts labels.
   * Cells without a weight (NaN) have no row.
   *
   * @param head whose map it is; empty for a mean
   * @param map a weight for each pair of labels
   * @param labels one a row and column
   */
  public static void attentionMap(
      Path file,
      Optional<Head> head,
      AttentionWeights map,
      List<String> labels,
      Progress progress) {
    Integer layer = head.map(Head::layer).orElse(null);
    Integer number = head.map(Head::head).orElse(null);
    int length = map.length();
    write(
        file,
        ATTENTION_CELLS,
        csv -> {
          for (int from = 0; from < length; from += ROWS) {
            progress.check();
            float[] weights = map.weights(from, Math.min(length, from + ROWS), 0, length).data();
            for (int at = 0; at < weights.length; at++) {
              int query = from + at / length;
              int key = at % length;
              if (!Float.isNaN(weights[at])) {
                csv.printRecord(
                    layer,
                    number,
                    query,
                    labels.get(query),
                    key,
                    labels.get(key),
                    null,
                    weights[at]);
              }
            }
          }
        });
  }

  /** The tokens of a prompt. */
  public static void tokens(Path file, Tokens tokens) {
    write(
        file,
        TOKENS,
        csv -> {
          for (int i = 0; i < tokens.size(); i++) {
            csv.printRecord(
                i,
                tokens.id(i),
                tokens.piece(i),
                tokens.spanText(i),
                tokens.start(i),
                tokens.end(i),
                tokens.special(i),
                null,
                null,
                null);
          }
        });
  }

  /** Scores of heads, with the model they belong to. */
  public static void headScores(Path file, Provenance provenance, List<HeadScore> scores) {
    write(
        file,
        HEAD_SCORES,
        csv -> {
          for (HeadScore s : scores) {
            csv.printRecord(
                provenance.model(),
                provenance.sha256(),
                s.metric(),
                s.layer(),
                s.head(),
                s.kvGroup(),
                s.score(),
                s.std(),
                s.runs(),
                s.seed(),
                s.params());
          }
        });
  }

  /**
   * A site that is not an attention map: one row a layer, position and (where the site has them)
   * head or group; one column a dimension.
   */
  public static void site(Path file, Run run, Site site, Tokens tokens, Progress progress) {
    boolean split = site.scope() == Site.Scope.HEAD || site.scope() == Site.Scope.GROUP;
    var names = run.names().stream().filter(name -> name.site() == site).toList();
    int width = names.isEmpty() ? 0 : last(run.get(names.get(0)));
    List<String> header = new ArrayList<>(List.of("layer", "head", "position", "token"));
    IntStream.range(0, width).mapToObj(Integer::toString).forEach(header::add);
    write(
        file,
        header,
        csv -> {
          for (var name : names) {
            progress.check();
            Integer layer = name.layer() < 0 ? null : name.layer();
            rows(csv, layer, run.get(name), split, tokens);
          }
        });
  }

  private static int last(Tensor tensor) {
    return tensor.size(tensor.shape().length - 1);
  }

  private static void rows(
      CSVPrinter csv, Integer layer, Tensor values, boolean split, Tokens tokens)
      throws IOException {
    int parts = split ? values.size(1) : 1;
    int width = last(values);
    // Logits of the last position only have one row, which is that of the prompt's end.
    int first = values.size(0) == 1 ? tokens.size() - 1 : 0;
    for (int row = 0; row < values.size(0) * parts; row++) {
      int position = first + row / parts;
      csv.print(layer);
      csv.print(split ? row % parts : null);
      csv.print(position);
      csv.print(tokens.label(position));
      for (int i = 0; i < width; i++) {
        csv.print(values.data()[row * width + i]);
      }
      csv.println();
    }
  }

  @FunctionalInterface
  interface Rows {
    void writeTo(CSVPrinter csv) throws IOException;
  }

  static void write(Path file, List<String> columns, Rows rows) {
    AtomicFiles.write(file, out -> print(out, columns, rows));
  }

  private static void print(OutputStream out, List<String> columns, Rows rows) throws IOException {
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader(columns.toArray(String[]::new)).get();
    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    CSVPrinter csv = new CSVPrinter(writer, format);
    rows.writeTo(csv);
    csv.flush();
  }
}
