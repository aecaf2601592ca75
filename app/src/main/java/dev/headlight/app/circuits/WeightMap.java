package dev.headlight.app.circuits;

import dev.headlight.analysis.circuit.HeadTokens;
import dev.headlight.analysis.run.Head;
import java.util.Arrays;
import java.util.List;

/**
 * A head's circuit between some tokens, with its copying scores.
 *
 * @param head of which
 * @param circuit which of its two
 * @param ids of rows and columns
 * @param labels of the ids
 * @param values {@code [ids][ids]}: rows are read, or queries; columns written, or keys
 * @param copying Σ Re λ / Σ |λ| over the eigenvalues of W_OV, −1 to 1
 * @param tokenCopying the same over the eigenvalues from token to token; NaN where more than a
 *     table stands between tokens and stream
 * @param tokens how many tokens that is over
 */
public record WeightMap(
    Head head,
    HeadTokens.Circuit circuit,
    int[] ids,
    List<String> labels,
    double[][] values,
    double copying,
    double tokenCopying,
    int tokens) {
  /** Copies what is mutable. */
  public WeightMap {
    ids = ids.clone();
    labels = List.copyOf(labels);
    values = Arrays.stream(values).map(double[]::clone).toArray(double[][]::new);
  }

  /** What rows are. */
  public String rows() {
    return circuit == HeadTokens.Circuit.OV ? "read" : "query";
  }

  /** What columns are. */
  public String columns() {
    return circuit == HeadTokens.Circuit.OV ? "written" : "key";
  }

  /** What a cell is, in words and as a formula. */
  public String sentence() {
    return sentence(circuit);
  }

  /** What a cell is, in words and as a formula. */
  public static String sentence(HeadTokens.Circuit circuit) {
    return circuit == HeadTokens.Circuit.OV
        ? "W_U W_OV x: what reading the row's token adds to the logit of the column's, per scale of"
            + " the final norm; x is the token's embedding as the head's norm leaves it."
        : "xᵀ W_Qᵀ W_K x / √e: how much the row's token as a query looks for the column's as a key,"
            + " without positions, rotation and biases.";
  }

  /** The largest absolute value; never 0. */
  public double largest() {
    return Arrays.stream(values)
        .flatMapToDouble(Arrays::stream)
        .map(Math::abs)
        .reduce(1e-9, Math::max);
  }
}
