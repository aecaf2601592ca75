package dev.headlight.analysis.io;

import dev.headlight.analysis.ablation.AblationResult;
import dev.headlight.analysis.ablation.AblationRun;
import dev.headlight.analysis.ablation.Curves;
import dev.headlight.analysis.ablation.Redundancy;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.Head;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Tables of ablations, written as {@link Tables} are. */
public final class AblationTables {
  /** Columns of {@link #runs}. */
  public static final List<String> RUNS =
      List.of(
          "run",
          "group",
          "layer",
          "head",
          "kv_group",
          "mode",
          "baseline_metric",
          "ablated_metric",
          "delta",
          "metric_name",
          "prompt_id");

  /** Columns of {@link #curves}. */
  public static final List<String> CURVES =
      List.of(
          "order", "seed", "count", "heads", "baseline_metric", "ablated_metric", "metric_name");

  private AblationTables() {}

  /**
   * What taking heads away did, a row a target and prompt. Layer, head and group are empty where
   * the heads of a target do not share one.
   */
  public static void runs(Path file, ModelSpec spec, AblationResult result) {
    Tables.write(
        file,
        RUNS,
        csv -> {
          for (int r = 0; r < result.runs().size(); r++) {
            AblationRun run = result.runs().get(r);
            List<Head> heads = run.heads();
            for (int s = 0; s < run.values().length; s++) {
              csv.printRecord(
                  r,
                  run.target().name(),
                  shared(heads.stream().map(Head::layer).toList()),
                  shared(heads.stream().map(Head::head).toList()),
                  shared(heads.stream().map(h -> spec.kvGroup(h.head())).toList()),
                  result.request().treatment().mode(),
                  result.baseline()[s],
                  run.values()[s],
                  run.values()[s] - result.baseline()[s],
                  result.request().metric(),
                  s);
            }
          }
        });
  }

  private static Integer shared(List<Integer> numbers) {
    return numbers.stream().distinct().count() == 1 ? numbers.get(0) : null;
  }

  /** Cumulative curves, a row a point. */
  public static void curves(Path file, Curves curves) {
    Tables.write(
        file,
        CURVES,
        csv -> {
          for (Curves.Curve curve : curves.curves()) {
            for (int i = 0; i < curve.counts().length; i++) {
              List<Head> heads = curve.heads().subList(0, curve.counts()[i]);
              csv.printRecord(
                  curve.order().text(),
                  curve.order() == Curves.Order.RANDOM ? curve.seed() : null,
                  curve.counts()[i],
                  heads.stream().map(Head::toString).collect(Collectors.joining(" ")),
                  curves.baseline(),
                  curve.values()[i],
                  curves.metric());
            }
          }
        });
  }

  /**
   * A matrix of all heads against all heads, a row a head; the first column names it.
   *
   * @param matrix {@link Redundancy#cosine} or {@link Redundancy#divergence}
   * @param order in which heads stand
   */
  public static void matrix(Path file, Redundancy heads, double[][] matrix, int[] order) {
    List<String> columns = new ArrayList<>(List.of("head"));
    for (int i : order) {
      columns.add(heads.heads().get(i).toString());
    }
    Tables.write(
        file,
        columns,
        csv -> {
          for (int i : order) {
            csv.print(heads.heads().get(i));
            for (int j : order) {
              csv.print(matrix[i][j]);
            }
            csv.println();
          }
        });
  }
}
