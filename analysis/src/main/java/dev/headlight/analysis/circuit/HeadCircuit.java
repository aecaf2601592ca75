package dev.headlight.analysis.circuit;

import java.util.Arrays;

/**
 * What the weights of a head say by themselves (Elhage et al. 2021, A Mathematical Framework for
 * Transformer Circuits): W_OV = W_O W_V, what it writes for what it reads, and W_QK = W_Qᵀ W_K,
 * what it compares. Of embedding and unembedding, biases and rotation nothing is in these numbers.
 *
 * @param copying Σ Re λ / Σ |λ| over the eigenvalues λ of W_OV, −1 to 1: near 1 it writes what it
 *     reads, near −1 it takes it away; NaN for a head that writes nothing
 * @param ov how the strength of W_OV is spread
 * @param qk how the strength of W_QK is spread
 */
public record HeadCircuit(double copying, Spectrum ov, Spectrum qk) {
  /**
   * How a matrix spreads its strength over directions, from its singular values σ.
   *
   * @param top σ₁² / Σ σ², the share of the strongest direction, 0 to 1
   * @param rank (Σ σ²)² / Σ σ⁴, over how many directions it spreads, 1 to the width of a head
   */
  public record Spectrum(double top, double rank) {
    /** Of {@code XᵀY}: its σ² are the eigenvalues of {@code (X Xᵀ)(Y Yᵀ)}. */
    private static Spectrum of(double[][] x, double[][] y) {
      double[][] squares = product(transposed(x, x), transposed(y, y));
      double sum = trace(squares);
      if (!(sum > 0)) {
        return new Spectrum(Double.NaN, Double.NaN);
      }
      double most = Arrays.stream(Eigenvalues.of(squares)[0]).max().orElseThrow();
      return new Spectrum(most / sum, sum * sum / trace(product(squares, squares)));
    }
  }

  /**
   * The circuits of a head of width {@code e} in a stream of width {@code d}.
   *
   * @param q its query weights, {@code [e, d]}
   * @param k key weights of its group, {@code [e, d]}
   * @param v value weights of its group, {@code [e, d]}
   * @param o its columns of the output weights, as rows: {@code [e, d]}
   */
  static HeadCircuit of(double[][] q, double[][] k, double[][] v, double[][] o) {
    return new HeadCircuit(copying(v, o), Spectrum.of(o, v), Spectrum.of(q, k));
  }

  /** {@link #copying} alone, from the same weights. */
  static double copying(double[][] v, double[][] o) {
    // The eigenvalues of W_O W_V that are not 0 are those of the small W_V W_O.
    double[][] values = Eigenvalues.of(transposed(v, o));
    double sum = 0;
    double sizes = 0;
    for (int i = 0; i < values[0].length; i++) {
      sum += values[0][i];
      sizes += Math.hypot(values[0][i], values[1][i]);
    }
    return sizes > 0 ? sum / sizes : Double.NaN;
  }

  /** {@code X Yᵀ}. */
  private static double[][] transposed(double[][] x, double[][] y) {
    double[][] result = new double[x.length][y.length];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < y.length; j++) {
        double sum = 0;
        for (int c = 0; c < x[i].length; c++) {
          sum += x[i][c] * y[j][c];
        }
        result[i][j] = sum;
      }
    }
    return result;
  }

  private static double[][] product(double[][] x, double[][] y) {
    int n = x.length;
    double[][] result = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int c = 0; c < n; c++) {
        for (int j = 0; j < n; j++) {
          result[i][j] += x[i][c] * y[c][j];
        }
      }
    }
    return result;
  }

  private static double trace(double[][] x) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i][i];
    }
    return sum;
  }
}
