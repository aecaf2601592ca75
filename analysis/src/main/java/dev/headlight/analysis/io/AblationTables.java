package dev.headlight.analysis.io;

import dev.headlight.analysis.ablation.AblationResult;
import dev.headlight.analysis.ablation.AblationRun;
import dev.headlight.analysis.ablation.Curves;
import dev.headlight.analysis.ablation.Importance;
import dev.headlight.analysis.ablation.Interaction;
import dev.headlight.analysis.ablation.Offsets;
import dev.headlight.analysis.ablation.RankSensitivity;
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

  /** Columns of {@link #pairs}. */
  public static final List<String> PAIRS =
      List.of("head", "other_head", "baseline_metric", "delta", "beyond_sum", "metric_name");

  /** Columns of {@link #importance}. */
  public static final List<String> IMPORTANCE =
      List.of(
          "layer",
          "head",
          "kv_group",
          "per_token",
          "per_batch",
          "per_token_by_layer",
          "per_batch_by_layer",
          "ablated_size",
          "mode",
          "metric_name");

  /** Columns of {@link #ranks}. */
  public static final List<String> RANKS =
      List.of(
          "layer",
          "kv_group",
          "rank",
          "baseline_metric",
          "delta_keys",
          "delta_values",
          "metric_name");

  /** Columns of {@link #offsets}. */
  public static final List<String> OFFSETS =
      List.of(
          "layer",
          "head",
          "kv_group",
          "scale",
          "baseline_metric",
          "changed_metric",
          "delta",
          "metric_name");

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
            ModelSpec of = run.target().shape(spec);
            for (int s = 0; s < run.values().length; s++) {
              csv.printRecord(
                  r,
                  run.target().name(),
                  shared(heads.stream().map(Head::layer).toList()),
                  shared(heads.stream().map(Head::head).toList()),
                  shared(heads.stream().map(h -> of.kvGroup(h.head())).toList()),
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

  /** Pairs of heads, a row two heads; of one head with itself what it takes alone. */
  public static void pairs(Path file, Interaction found) {
    Tables.write(
        file,
        PAIRS,
        csv -> {
          for (int i = 0; i < found.heads().size(); i++) {
            for (int j = i; j < found.heads().size(); j++) {
              csv.printRecord(
                  found.heads().get(i),
                  found.heads().get(j),
                  found.baseline(),
                  found.pairs()[i][j],
                  i == j ? null : found.beyondSum(i, j),
                  found.metric());
            }
          }
        });
  }

  /**
   * What gradients say, a row a head.
   *
   * @param damage size of the change without each head alone, in the order of the heads; empty
   *     where that is not known
   */
  public static void importance(
      Path file, ModelSpec spec, Importance found, double[] damage, String mode) {
    Importance layered = found.normalisedByLayer(spec.layers());
    Tables.write(
        file,
        IMPORTANCE,
        csv -> {
          for (int i = 0; i < found.perToken().length; i++) {
            csv.printRecord(
                i / spec.heads(),
                i % spec.heads(),
                spec.kvGroup(i % spec.heads()),
                found.perToken()[i],
                found.perBatch()[i],
                layered.perToken()[i],
                layered.perBatch()[i],
                damage.length == 0 ? null : damage[i],
                damage.length == 0 ? null : mode,
                found.metric());
          }
        });
  }

  /** Keys and values of low rank, a row a group, side and rank. */
  public static void ranks(Path file, RankSensitivity found) {
    Tables.write(
        file,
        RANKS,
        csv -> {
          for (RankSensitivity.Group group : found.groups()) {
            for (int r = 0; r < found.ranks().size(); r++) {
              csv.printRecord(
                  group.layer(),
                  group.group(),
                  found.ranks().get(r),
                  found.baseline(),
                  group.keys()[r],
                  group.values()[r],
                  found.metric());
            }
          }
        });
  }

  /** Offsets, a row a head and scale. */
  public static void offsets(Path file, ModelSpec spec, Offsets found) {
    Tables.write(
        file,
        OFFSETS,
        csv -> {
          for (int h = 0; h < found.heads().size(); h++) {
            Head head = found.heads().get(h);
            for (int s = 0; s < found.scales().size(); s++) {
              csv.printRecord(
                  head.layer(),
                  head.head(),
                  spec.kvGroup(head.head()),
                  found.scales().get(s),
                  found.baseline(),
                  found.values()[h][s],
                  found.values()[h][s] - found.baseline(),
                  found.metric());
            }
          }
        });
  }
}
