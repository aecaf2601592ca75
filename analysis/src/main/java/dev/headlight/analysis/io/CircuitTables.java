package dev.headlight.analysis.io;

import dev.headlight.analysis.circuit.EdgeVerification;
import dev.headlight.analysis.circuit.Faithfulness;
import dev.headlight.analysis.circuit.LogitLens;
import dev.headlight.analysis.circuit.LogitParts;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;

/** Tables of what belongs to a circuit, written as {@link Tables} are. */
public final class CircuitTables {
  /** Columns of {@link #direct}. */
  public static final List<String> DIRECT = List.of("part", "layer", "head", "logits");

  /** Columns of {@link #lens}. */
  public static final List<String> LENS =
      List.of("layer", "logit_diff", "rank", "token_id", "token", "probability");

  /** Columns of {@link #curve}. */
  public static final List<String> CURVE =
      List.of("asked", "edges", "nodes", "threshold", "logit_diff", "faithfulness");

  /** Columns of {@link #verified}. */
  public static final List<String> VERIFIED = List.of("from", "to", "first_order", "exact");

  /** Columns of {@link #between}. */
  public static final List<String> BETWEEN = List.of("row", "column", "value");

  private CircuitTables() {}

  /** What each part adds to the logit difference; layer and head are empty where it has none. */
  public static void direct(Path file, LogitParts parts) {
    Tables.write(
        file,
        DIRECT,
        csv -> {
          for (LogitParts.Part p : parts.parts()) {
            csv.printRecord(p.name(), index(p.layer()), index(p.head()), p.value());
          }
        });
  }

  private static Integer index(int value) {
    return value < 0 ? null : value;
  }

  /**
   * The likeliest tokens of each layer's stream, a row each.
   *
   * @param labels what an id is called
   */
  public static void lens(Path file, LogitLens lens, IntFunction<String> labels) {
    Tables.write(
        file,
        LENS,
        csv -> {
          for (LogitLens.Layer layer : lens.layers()) {
            int rank = 1;
            for (LogitLens.Candidate next : layer.next()) {
              csv.printRecord(
                  layer.layer(),
                  layer.logitDiff(),
                  rank++,
                  next.id(),
                  labels.apply(next.id()),
                  next.probability());
            }
          }
        });
  }

  /** Faithfulness by number of edges; the threshold is empty where there is no edge. */
  public static void curve(Path file, List<Faithfulness.Point> points) {
    Tables.write(
        file,
        CURVE,
        csv -> {
          for (Faithfulness.Point p : points) {
            csv.printRecord(
                p.asked(),
                p.edges(),
                p.nodes(),
                Double.isNaN(p.threshold()) ? null : p.threshold(),
                p.logitDiff(),
                p.faithfulness());
          }
        });
  }

  /** First-order scores beside passes. */
  public static void verified(Path file, EdgeVerification verification) {
    Tables.write(
        file,
        VERIFIED,
        csv -> {
          for (EdgeVerification.Row row : verification.rows()) {
            csv.printRecord(row.edge().from(), row.edge().to(), row.edge().score(), row.exact());
          }
        });
  }

  /**
   * A head's circuit between tokens, a row a cell.
   *
   * @param labels of rows and columns
   * @param values {@code [labels][labels]}
   */
  public static void between(Path file, List<String> labels, double[][] values) {
    Tables.write(
        file,
        BETWEEN,
        csv -> {
          for (int r = 0; r < values.length; r++) {
            for (int c = 0; c < values[r].length; c++) {
              csv.printRecord(labels.get(r), labels.get(c), values[r][c]);
            }
          }
        });
  }
}
