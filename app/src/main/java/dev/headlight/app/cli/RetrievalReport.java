package dev.headlight.app.cli;

import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.retrieval.Episode;
import dev.headlight.analysis.retrieval.EpisodeResult;
import dev.headlight.analysis.retrieval.Masking;
import dev.headlight.analysis.retrieval.NeedleGrid;
import dev.headlight.analysis.retrieval.Ranking;
import dev.headlight.analysis.retrieval.RetrievalResult;
import dev.headlight.analysis.retrieval.RetrievalScores;
import dev.headlight.analysis.retrieval.StreamingSplit;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.scores.HeadTable;
import dev.headlight.renderer.Ticks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a retrieval command found, for people and machines.
 *
 * @param spec of the model
 * @param asked what was asked
 * @param result answers
 * @param split streaming proxy
 */
record RetrievalReport(
    ModelSpec spec, RetrievalInput.Asked asked, RetrievalResult result, StreamingSplit split) {
  private static final int SHOWN = 15;

  private static final int CHARACTERS = 50;

  /** Every table by the name of its metric. */
  Map<String, HeadTable> tables() {
    Map<String, HeadTable> tables = new LinkedHashMap<>();
    tables.put("retrieval", result.score());
    tables.put("retrievalShare", result.paperScore());
    tables.put("retrievalActivation", result.activationFrequency());
    tables.put("needleWeight", result.needleWeight());
    tables.put("streamingProxy", split.heads());
    return tables;
  }

  /** How the numbers were measured, for tables. */
  String params(HeadSet mask, Masking.Mode mode, Masking.When when) {
    String text =
        "answered=%d of %d sink=%d recent=%d"
            .formatted(
                result.successes().size(),
                result.episodes().size(),
                split.window().sink(),
                split.window().recent());
    String how = mode.name().toLowerCase(Locale.ROOT) + " " + when.name().toLowerCase(Locale.ROOT);
    return mask == null ? text : text + " mask=" + mask + " " + how;
  }

  /** The JSON document. */
  Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("success", result.success());
    document.put("defined", result.defined());
    document.put("episodes", episodes());
    document.put("heads", heads());
    asked.grid().ifPresent(grid -> document.put("map", map(grid)));
    Map<String, String> definitions = new LinkedHashMap<>();
    definitions.put("score", RetrievalScores.RETRIEVAL.formula());
    definitions.put("paperScore", RetrievalScores.SHARE.formula());
    definitions.put("activations", "answered episodes of which the head copied a token");
    definitions.put("streamingProxy", StreamingSplit.DEFINITION);
    document.put("definitions", definitions);
    return document;
  }

  private List<Map<String, Object>> episodes() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < result.results().size(); i++) {
      EpisodeResult answer = result.results().get(i);
      Episode episode = result.episodes().get(i);
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("success", answer.success());
      row.put("recall", answer.recall());
      row.put("generated", answer.generated());
      row.put("text", answer.text());
      row.put("length", episode.length());
      row.put("needle", new int[] {episode.needleStart(), episode.needleEnd()});
      rows.add(row);
    }
    return rows;
  }

  private List<Map<String, Object>> heads() {
    Map<String, HeadTable> tables = tables();
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Head head : HeadSet.parse("L*H*").resolve(spec)) {
      Map<String, Object> row = new LinkedHashMap<>();
      double frequency = tables.get("retrievalActivation").at(head);
      row.put("layer", head.layer());
      row.put("head", head.head());
      row.put("kvGroup", spec.kvGroup(head.head()));
      row.put("score", known(tables.get("retrieval").at(head)));
      row.put("activations", Math.round(frequency * result.successes().size()));
      row.put("activationFrequency", known(frequency));
      row.put("paperScore", known(tables.get("retrievalShare").at(head)));
      row.put("needleWeight", known(tables.get("needleWeight").at(head)));
      row.put("streamingProxy", known(tables.get("streamingProxy").at(head)));
      rows.add(row);
    }
    return rows;
  }

  /** Null for what is not known, which JSON has no number for. */
  private static Double known(double value) {
    return Double.isNaN(value) ? null : value;
  }

  private Map<String, Object> map(NeedleGrid grid) {
    double[][] success = grid.success(result);
    List<List<Double>> rows = new ArrayList<>();
    for (double[] row : success) {
      List<Double> cells = new ArrayList<>();
      for (double cell : row) {
        cells.add(known(cell));
      }
      rows.add(cells);
    }
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("lengths", grid.settings().lengths());
    map.put("depths", grid.settings().depths());
    map.put("success", rows);
    map.put("leftOut", grid.problems().stream().map(NeedleGrid.Cell::problem).toList());
    return map;
  }

  /** For people: the answers, the failed ones with their words, and the first heads. */
  void print(Terminal terminal) {
    terminal
        .out()
        .println(
            "%d of %d needles found".formatted(result.successes().size(), result.results().size()));
    for (int i : result.failures()) {
      EpisodeResult answer = result.results().get(i);
      String said = answer.text().strip().replace('\n', ' ');
      String shown = said.length() > CHARACTERS ? said.substring(0, CHARACTERS) + "…" : said;
      terminal
          .out()
          .println(
              "failed: episode %d, %d tokens, answered \"%s\""
                  .formatted(i, result.episodes().get(i).length(), shown));
    }
    asked.grid().ifPresent(grid -> printMap(terminal, grid));
    if (!result.defined()) {
      terminal.out().println("no answer is right, so the retrieval scores are undefined");
      return;
    }
    printHeads(terminal);
  }

  private void printMap(Terminal terminal, NeedleGrid grid) {
    double[][] success = grid.success(result);
    StringBuilder line = new StringBuilder("%-14s".formatted("length \\ depth"));
    grid.settings().depths().forEach(d -> line.append("%8s".formatted(Ticks.format(d))));
    terminal.out().println(line);
    for (int l = 0; l < success.length; l++) {
      line.setLength(0);
      line.append("%-14d".formatted(grid.settings().lengths().get(l)));
      for (double cell : success[l]) {
        line.append("%8s".formatted(Double.isNaN(cell) ? "–" : Ticks.format(cell)));
      }
      terminal.out().println(line);
    }
  }

  private void printHeads(Terminal terminal) {
    Map<String, HeadTable> tables = tables();
    StringBuilder line = new StringBuilder("%-8s %8s".formatted("head", "KV group"));
    tables.keySet().forEach(name -> line.append("%21s".formatted(name)));
    terminal.out().println(line);
    for (Head head : Ranking.top(result.score(), SHOWN)) {
      line.setLength(0);
      line.append("%-8s %8d".formatted(head, spec.kvGroup(head.head())));
      tables.values().forEach(t -> line.append("%21s".formatted(Ticks.format(t.at(head)))));
      terminal.out().println(line);
    }
    terminal.note(
        "retrieval heads (score above %s): %.1f %%, strong ones (above %s): %.1f %%"
            .formatted(
                RetrievalResult.RETRIEVAL,
                100 * result.shareAbove(RetrievalResult.RETRIEVAL),
                RetrievalResult.STRONG,
                100 * result.shareAbove(RetrievalResult.STRONG)));
    terminal.note("streamingProxy: " + StreamingSplit.DEFINITION);
  }
}
