package dev.headlight.analysis.retrieval;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.io.AtomicFiles;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.scores.HeadTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Head scores in the two forms in which others publish them. What is read must fit the model; every
 * method throws {@link HeadlightException} naming the file, what was expected and what was found.
 */
public final class HeadScoreFiles {
  private static final Gson GSON = new Gson();

  /** Where DuoAttention says of which window a pattern is. */
  private static final String CONFIG = "config.json";

  private HeadScoreFiles() {}

  /**
   * Reads {@code {"layer-head": [scores, …], …}} of nightdessert/Retrieval_Head, one score a
   * successful episode. Heads that the file leaves out are NaN.
   *
   * @return means and deviations; {@code runs} is the largest number of scores
   */
  public static HeadTable readRetrievalHead(Path file, ModelSpec spec) {
    JsonInput input = new JsonInput(file);
    JsonObject root = input.object("{\"layer-head\": [scores], …}");
    double[] means = new double[spec.layers() * spec.heads()];
    double[] deviations = new double[means.length];
    Arrays.fill(means, Double.NaN);
    Arrays.fill(deviations, Double.NaN);
    int runs = 0;
    for (Map.Entry<String, JsonElement> entry : root.entrySet()) {
      Head head = head(input, entry.getKey(), spec);
      double[] scores = scores(input, entry.getValue(), entry.getKey());
      int at = head.layer() * spec.heads() + head.head();
      means[at] = Arrays.stream(scores).average().orElse(Double.NaN);
      deviations[at] = deviation(scores, means[at]);
      runs = Math.max(runs, scores.length);
    }
    if (runs == 0) {
      throw input.wrong("has no scores; expected {\"layer-head\": [scores], …}", null);
    }
    return new HeadTable(spec.layers(), spec.heads(), means, deviations, runs);
  }

  private static Head head(JsonInput input, String key, ModelSpec spec) {
    if (!key.matches("\\d{1,6}-\\d{1,6}")) {
      throw input.wrong("expected keys like \"16-19\" (layer-head), found \"" + key + "\"", null);
    }
    Head head = Head.parse(key);
    if (head.layer() >= spec.layers() || head.head() >= spec.heads()) {
      throw input.wrong(
          "is of another model: it has a head %s, the open model has %d layers of %d heads; open the model that it belongs to"
              .formatted(head, spec.layers(), spec.heads()),
          null);
    }
    return head;
  }

  private static double[] scores(JsonInput input, JsonElement element, String key) {
    JsonArray list = input.array(element, "\"" + key + "\"");
    double[] scores = new double[list.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = input.number(list.get(i), "\"" + key + "\", score " + i);
    }
    return scores;
  }

  private static double deviation(double[] scores, double mean) {
    double squares = Arrays.stream(scores).map(s -> (s - mean) * (s - mean)).sum();
    return scores.length < 2 ? Double.NaN : Math.sqrt(squares / (scores.length - 1));
  }

  /**
   * Writes {@code {"layer-head": [scores, …], …}}, the score by code of each successful episode.
   *
   * @throws HeadlightException also when no episode was answered rightly: a file without scores
   *     would say nothing
   */
  public static void writeRetrievalHead(Path file, RetrievalResult result) {
    if (!result.defined()) {
      throw new HeadlightException(
          HeadlightException.Kind.INPUT,
          file + ": not written: no episode was answered rightly, so the scores are undefined.");
    }
    Map<String, List<Double>> lists = new LinkedHashMap<>();
    int count = result.layers() * result.heads();
    for (int i : result.successes()) {
      double[] scores = result.results().get(i).byCode(result.episodes().get(i), count);
      for (int h = 0; h < count; h++) {
        String key = h / result.heads() + "-" + h % result.heads();
        lists.computeIfAbsent(key, k -> new ArrayList<>()).add(scores[h]);
      }
    }
    AtomicFiles.writeText(file, GSON.toJson(lists) + "\n");
  }

  /**
   * A pattern of DuoAttention.
   *
   * @param gates of each layer and group, {@code [layers][groups]}, 0 (streaming) to 1 (full)
   * @param window of the streaming groups
   */
  public record DuoPattern(double[][] gates, StreamingWindow window) {
    /** Copies the rows. */
    public DuoPattern {
      gates = Arrays.stream(gates).map(double[]::clone).toArray(double[][]::new);
    }

    /** A number for each query head: that of its group. */
    public HeadTable table(ModelSpec spec) {
      double[] values = new double[spec.layers() * spec.heads()];
      double[] none = new double[values.length];
      Arrays.fill(none, Double.NaN);
      Arrays.setAll(values, i -> gates[i / spec.heads()][spec.kvGroup(i % spec.heads())]);
      return new HeadTable(spec.layers(), spec.heads(), values, none, 1);
    }
  }

  /**
   * Reads a pattern of mit-han-lab/duo-attention: a TSV without a header, a row a layer, a column a
   * key/value head, and {@code config.json} beside it with {@code sink_size} and {@code
   * recent_size}; without that file the window is that of the training. Values are clipped to 0 to
   * 1, as there.
   */
  public static DuoPattern readDuo(Path file, ModelSpec spec) {
    JsonInput input = new JsonInput(file);
    List<double[]> rows = new ArrayList<>();
    for (String line : input.text().lines().toList()) {
      if (!line.isBlank()) {
        rows.add(row(input, line, rows.size()));
      }
    }
    int columns = rows.isEmpty() ? 0 : rows.get(0).length;
    if (rows.size() != spec.layers() || rows.stream().anyMatch(r -> r.length != spec.kvHeads())) {
      throw input.wrong(
          "is of another model: it has %d layers of %d key/value heads, the open model has %d of %d; open the model that it belongs to"
              .formatted(rows.size(), columns, spec.layers(), spec.kvHeads()),
          null);
    }
    return new DuoPattern(rows.toArray(new double[0][]), window(file.resolveSibling(CONFIG)));
  }

  private static double[] row(JsonInput input, String line, int number) {
    String[] cells = line.strip().split("\t", -1);
    double[] row = new double[cells.length];
    for (int i = 0; i < row.length; i++) {
      try {
        row[i] = Math.max(0, Math.min(1, Double.parseDouble(cells[i].strip())));
      } catch (NumberFormatException e) {
        throw input.wrong(
            "row %d, column %d: expected a number, found \"%s\"".formatted(number, i, cells[i]), e);
      }
    }
    return row;
  }

  private static StreamingWindow window(Path config) {
    if (!config.toFile().isFile()) {
      return StreamingWindow.TRAINING;
    }
    JsonInput input = new JsonInput(config);
    JsonObject root = input.object("{\"sink_size\": 128, \"recent_size\": 256}");
    if (!root.has("sink_size") && !root.has("recent_size")) {
      return StreamingWindow.TRAINING;
    }
    int sink = input.whole(root.get("sink_size"), "sink_size");
    int recent = input.whole(root.get("recent_size"), "recent_size");
    if (sink < 0 || recent < 1) {
      throw input.wrong(
          "expected a sink_size of 0 or more and a recent_size of 1 or more, found %d and %d"
              .formatted(sink, recent),
          null);
    }
    return new StreamingWindow(sink, recent);
  }

  /**
   * Writes a pattern and, unless there is one already, {@code config.json} beside it.
   *
   * @param file such as {@code full_attention_heads.tsv}, in a folder of its own
   */
  public static void writeDuo(Path file, DuoPattern pattern) {
    StringBuilder text = new StringBuilder();
    for (double[] row : pattern.gates()) {
      for (int g = 0; g < row.length; g++) {
        text.append(g == 0 ? "" : "\t").append(String.format(Locale.ROOT, "%.6f", row[g]));
      }
      text.append('\n');
    }
    Path config = file.resolveSibling(CONFIG);
    AtomicFiles.writeText(file, text.toString());
    if (!config.toFile().exists()) {
      Map<String, Integer> window = new LinkedHashMap<>();
      window.put("sink_size", pattern.window().sink());
      window.put("recent_size", pattern.window().recent());
      AtomicFiles.writeText(config, GSON.toJson(window) + "\n");
    }
  }
}
