package dev.headlight.app.cli;

import dev.headlight.analysis.ablation.AblationRequest;
import dev.headlight.analysis.ablation.AblationResult;
import dev.headlight.analysis.ablation.AblationRun;
import dev.headlight.analysis.ablation.Curves;
import dev.headlight.analysis.ablation.Importance;
import dev.headlight.analysis.ablation.Interaction;
import dev.headlight.analysis.ablation.Offsets;
import dev.headlight.analysis.ablation.RankSensitivity;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Intervention.InTower;
import dev.headlight.renderer.Ticks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code ablate} says, for people and for machines. */
final class AblateReport {
  private final List<Head> heads;
  private final AblationRequest request;
  private final Optional<AblationResult> result;
  private final AblateMore.Found found;

  /**
   * @param heads of the model, in order
   * @param result empty where nothing was taken away
   */
  AblateReport(
      List<Head> heads,
      AblationRequest request,
      Optional<AblationResult> result,
      AblateMore.Found found) {
    this.heads = List.copyOf(heads);
    this.request = request;
    this.result = result;
    this.found = found;
  }

  /** The document of {@code --json}. */
  Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("metric", request.metric().toString());
    document.put("unit", request.metric().unit());
    document.put("formula", request.metric().formula());
    document.put("mode", request.treatment().mode().toString());
    document.put("semantics", request.treatment().says(request.sequences()));
    result.ifPresent(
        r -> {
          document.put("baseline", r.baseline());
          document.put("baselineMean", r.mean());
          document.put("runs", r.runs().stream().map(this::run).toList());
          document.put("noEffect", r.withoutEffect());
        });
    found.curves().ifPresent(c -> document.put("curves", curves(c)));
    found.interaction().ifPresent(i -> document.put("interaction", interaction(i)));
    found.importance().ifPresent(i -> document.put("importance", importance(i)));
    found.ranks().ifPresent(r -> document.put("lowRank", ranks(r)));
    found.offsets().ifPresent(o -> document.put("offsets", offsets(o)));
    return document;
  }

  private static Map<String, Object> offsets(Offsets found) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("heads", names(found.heads()));
    document.put("scales", found.scales());
    document.put("baseline", found.baseline());
    document.put("values", found.values());
    return document;
  }

  private static void print(Terminal terminal, Offsets found) {
    terminal.out().println();
    for (int h = 0; h < found.heads().size(); h++) {
      for (int s = 0; s < found.scales().size(); s++) {
        terminal
            .out()
            .println(
                "%-8s offset × %-5s %14s"
                    .formatted(
                        found.heads().get(h),
                        found.scales().get(s),
                        signed(found.values()[h][s] - found.baseline())));
      }
    }
  }

  private Map<String, Object> run(AblationRun run) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", run.target().name());
    row.put("heads", names(run));
    row.put("mode", request.treatment().mode().toString());
    row.put("intervention", request.treatment().on(run.target()).text());
    row.put("values", run.values());
    row.put("delta", run.delta());
    row.put("noEffect", run.noEffect());
    return row;
  }

  private static List<String> names(AblationRun run) {
    String tower = run.target().vision() ? InTower.VISION + "." : "";
    return run.heads().stream().map(h -> tower + h).toList();
  }

  private static List<String> names(List<Head> heads) {
    return heads.stream().map(Head::toString).toList();
  }

  private static List<Map<String, Object>> curves(Curves curves) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Curves.Curve curve : curves.curves()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("order", curve.order().text());
      if (curve.order() == Curves.Order.RANDOM) {
        row.put("seed", curve.seed());
      }
      row.put("heads", names(curve.heads()));
      row.put("counts", curve.counts());
      row.put("values", curve.values());
      rows.add(row);
    }
    return rows;
  }

  private static Map<String, Object> interaction(Interaction all) {
    int n = all.heads().size();
    double[][] beyond = new double[n][n];
    for (int i = 0; i < n; i++) {
      int row = i;
      Arrays.setAll(beyond[i], j -> all.beyondSum(row, j));
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("heads", names(all.heads()));
    document.put("single", all.single());
    document.put("pairs", all.pairs());
    document.put("beyondSum", beyond);
    document.put("together", all.together());
    document.put("sumOfSingle", all.sum());
    return document;
  }

  private Map<String, Object> importance(Importance importance) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("perToken", importance.perToken());
    document.put("perBatch", importance.perBatch());
    document.put("normalisedByLayer", importance.normalised());
    singles()
        .ifPresent(
            r -> {
              document.put(
                  "spearmanPerToken", known(Importance.correlation(importance.perToken(), r)));
              document.put(
                  "spearmanPerBatch", known(Importance.correlation(importance.perBatch(), r)));
            });
    document.put(
        "definitions",
        Map.of(
            "perToken", "mean over tokens of |z · ∂m/∂z| (Michel et al. 2019)",
            "perBatch", "mean over sequences of |Σ z · ∂m/∂z| (Hugging Face, run_bertology)",
            "spearman", "rank correlation with |Δ| of each head taken away alone"));
    return document;
  }

  /** The result, where it is of every head of the model alone. */
  private Optional<AblationResult> singles() {
    return result.filter(
        r ->
            r.runs().stream().noneMatch(run -> run.target().vision())
                && heads.equals(r.runs().stream().flatMap(run -> run.heads().stream()).toList()));
  }

  /** Null for what is not known, which JSON has no number for. */
  private static Double known(double value) {
    return Double.isFinite(value) ? value : null;
  }

  private static Map<String, Object> ranks(RankSensitivity low) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (RankSensitivity.Group group : low.groups()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("layer", group.layer());
      row.put("kvGroup", group.group());
      row.put("keys", group.keys());
      row.put("values", group.values());
      rows.add(row);
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("ranks", low.ranks());
    document.put("groups", rows);
    return document;
  }

  /** Tables for people. */
  void print(Terminal terminal) {
    result.ifPresent(r -> print(terminal, r));
    found.curves().ifPresent(c -> print(terminal, c));
    found.interaction().ifPresent(i -> print(terminal, i));
    found.importance().ifPresent(i -> print(terminal, i));
    found.ranks().ifPresent(r -> print(terminal, r));
    found.offsets().ifPresent(o -> print(terminal, o));
  }

  private void print(Terminal terminal, AblationResult ablation) {
    terminal.out().println("%-16s %14s %14s".formatted("without", request.metric(), "change"));
    terminal.out().println("%-16s %14s".formatted("(all heads)", number(ablation.mean())));
    for (AblationRun run : ablation.runs()) {
      String note = run.noEffect() ? "  changed nothing" : "";
      terminal
          .out()
          .println(
              "%-16s %14s %14s%s"
                  .formatted(
                      run.target().name(),
                      number(ablation.mean() + run.delta()),
                      signed(run.delta()),
                      note));
    }
    terminal.note(ablation.semantics());
    terminal.note("%s (%s)".formatted(request.metric().formula(), request.metric().unit()));
    tellNoEffect(terminal);
  }

  /** Says in words which targets changed nothing; red on a terminal is not for every reader. */
  void tellNoEffect(Terminal terminal) {
    List<String> none = result.map(AblationResult::withoutEffect).orElse(List.of());
    if (!none.isEmpty()) {
      terminal.note(
          "NO EFFECT: every number that leaves the model is bit by bit the same without "
              + String.join(", ", none));
    }
  }

  private static void print(Terminal terminal, Curves curves) {
    terminal.out().println();
    for (Curves.Curve curve : curves.curves()) {
      String seed = curve.order() == Curves.Order.RANDOM ? " (seed " + curve.seed() + ")" : "";
      List<String> points = new ArrayList<>();
      for (int i = 0; i < curve.counts().length; i++) {
        points.add(curve.counts()[i] + ": " + number(curve.values()[i]));
      }
      terminal.out().println(curve.order().text() + seed + "  " + String.join("  ", points));
    }
  }

  private static void print(Terminal terminal, Interaction all) {
    terminal.out().println();
    terminal.out().println("%-16s %14s %14s".formatted("without", "change", "beyond sum"));
    for (int i = 0; i < all.heads().size(); i++) {
      terminal.out().println("%-16s %14s".formatted(all.heads().get(i), signed(all.single()[i])));
    }
    for (int i = 0; i < all.heads().size(); i++) {
      for (int j = i + 1; j < all.heads().size(); j++) {
        terminal
            .out()
            .println(
                "%-16s %14s %14s"
                    .formatted(
                        all.heads().get(i) + "," + all.heads().get(j),
                        signed(all.pairs()[i][j]),
                        signed(all.beyondSum(i, j))));
      }
    }
    terminal.out().println("%-16s %14s".formatted("all of them", signed(all.together())));
    terminal.out().println("%-16s %14s".formatted("sum of single", signed(all.sum())));
  }

  private void print(Terminal terminal, Importance importance) {
    terminal.out().println();
    terminal.out().println("%-8s %14s %14s".formatted("head", "per token", "per batch"));
    for (int i = 0; i < heads.size(); i++) {
      terminal
          .out()
          .println(
              "%-8s %14s %14s"
                  .formatted(
                      heads.get(i),
                      number(importance.perToken()[i]),
                      number(importance.perBatch()[i])));
    }
    singles()
        .ifPresent(
            r ->
                terminal.note(
                    "rank correlation with taking heads away: per token %.3f, per batch %.3f"
                        .formatted(
                            Importance.correlation(importance.perToken(), r),
                            Importance.correlation(importance.perBatch(), r))));
  }

  private static void print(Terminal terminal, RankSensitivity low) {
    terminal.out().println();
    for (RankSensitivity.Group group : low.groups()) {
      for (int r = 0; r < low.ranks().size(); r++) {
        terminal
            .out()
            .println(
                "L%dG%d rank %d: keys %s, values %s"
                    .formatted(
                        group.layer(),
                        group.group(),
                        low.ranks().get(r),
                        signed(group.keys()[r]),
                        signed(group.values()[r])));
      }
    }
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "–" : Ticks.format(value);
  }

  private static String signed(double value) {
    return Double.isNaN(value) ? "–" : (value > 0 ? "+" : "") + Ticks.format(value);
  }
}
