package dev.headlight.analysis.circuit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.headlight.analysis.attention.Slices;
import dev.headlight.analysis.model.HostMemory;
import dev.headlight.analysis.model.LayerWeights;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.Weight;
import dev.headlight.analysis.run.Head;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Reads a head's weights out of a model. Where the block norms what its attention reads, the norm's
 * weight is folded into W_Q, W_K and W_V, and a LayerNorm's centring too.
 */
public final class HeadWeights {
  private final ModelSpec spec;
  private final LayerWeights weights;
  private final NDManager scope;

  private HeadWeights(ModelSpec spec, LayerWeights weights, NDManager scope) {
    this.spec = spec;
    this.weights = weights;
    this.scope = scope;
  }

  /**
   * The circuits of a head. Takes well below a second for heads up to 128 wide, a few seconds for
   * 256. Belongs to the thread that uses the model.
   */
  public static HeadCircuit circuit(Model model, Head head) {
    double[][][] of = of(model, head);
    return HeadCircuit.of(of[0], of[1], of[2], of[3]);
  }

  /**
   * The {@linkplain HeadCircuit#copying copying} of every head of a layer, {@code [H]}. Belongs to
   * the thread that uses the model; the arithmetic is spread over all.
   */
  public static double[] copying(Model model, int layer) {
    return copying(model, layer, values -> values);
  }

  /**
   * The same from token to token, {@code [H]}: of the eigenvalues of {@code W_E W_V W_O W_U}.
   *
   * @param tokens of the same model
   */
  public static double[] copying(Model model, int layer, TokenMap tokens) {
    return copying(model, layer, tokens::apply);
  }

  private static double[] copying(Model model, int layer, UnaryOperator<double[][]> read) {
    ModelSpec spec = model.spec();
    LayerWeights weights = model.transformer().weights().layers().get(layer);
    double[][][] values = new double[spec.kvHeads()][][];
    double[][] output;
    try (NDManager scope = model.newScope()) {
      HeadWeights of = new HeadWeights(spec, weights, scope);
      for (int g = 0; g < values.length; g++) {
        values[g] = read.apply(of.input(spec.heads() + spec.kvHeads() + g));
      }
      output = of.output(0, spec.heads());
    }
    int e = spec.headDim();
    double[] copying = new double[spec.heads()];
    IntStream.range(0, copying.length)
        .parallel()
        .forEach(
            h ->
                copying[h] =
                    HeadCircuit.copying(
                        values[spec.kvGroup(h)], Arrays.copyOfRange(output, h * e, (h + 1) * e)));
    return copying;
  }

  /**
   * W_Q, W_K and W_V of a head with the norm folded in, and its columns of the output weights as
   * rows: four times {@code [e, d]}.
   */
  static double[][][] of(Model model, Head head) {
    ModelSpec spec = model.spec();
    LayerWeights weights = model.transformer().weights().layers().get(head.layer());
    try (NDManager scope = model.newScope()) {
      HeadWeights of = new HeadWeights(spec, weights, scope);
      int group = spec.heads() + spec.kvGroup(head.head());
      return new double[][][] {
        of.input(head.head()),
        of.input(group),
        of.input(group + spec.kvHeads()),
        of.output(head.head(), 1)
      };
    }
  }

  /** Rows of the fused projection that make one head or group, {@code [e, d]}. */
  private double[][] input(int slot) {
    int e = spec.headDim();
    Weight qkv = weights.qkv().weight();
    float[] rows;
    try (Weight.Lent lent = qkv.lend((long) slot * e, (slot + 1L) * e, scope)) {
      rows = HostMemory.copy(lent.array());
    }
    double[][] matrix = matrix(rows, e, (int) qkv.columns());
    if (spec.form().preNorm() && weights.ln1() != null) {
      NDArray gain = weights.ln1().weight();
      fold(matrix, gain == null ? null : HostMemory.copy(gain));
    }
    return matrix;
  }

  private void fold(double[][] matrix, float[] gain) {
    boolean centred = spec.norm().kind() == ModelSpec.Norm.Kind.LAYER;
    for (double[] row : matrix) {
      double sum = 0;
      for (int i = 0; i < row.length; i++) {
        row[i] *= gain == null ? 1 : gain[i];
        sum += row[i];
      }
      for (int i = 0; centred && i < row.length; i++) {
        row[i] -= sum / row.length;
      }
    }
  }

  /** Some heads' columns of the output projection, as rows: {@code [count · e, d]}. */
  private double[][] output(int head, int count) {
    int e = spec.headDim();
    try (Weight.Lent lent = weights.out().weight().lend(scope)) {
      NDArray columns = Slices.range(lent.array(), 1, (long) head * e, (long) (head + count) * e);
      if (columns != lent.array()) {
        columns.attach(scope); // All columns are the weight itself, which stays the model's.
      }
      NDArray rows = columns.transpose();
      rows.attach(scope);
      return matrix(HostMemory.copy(rows), count * e, (int) weights.out().weight().rows());
    }
  }

  private static double[][] matrix(float[] values, int rows, int columns) {
    double[][] matrix = new double[rows][columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        matrix[i][j] = values[i * columns + j];
      }
    }
    return matrix;
  }
}
