package dev.headlight.analysis.run;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The directions over which keys or values of each group spread: eigenvectors of Σ x xᵀ over rows,
 * which are the right singular vectors of the rows' matrix.
 */
final class Directions {
  private static final int SWEEPS = 60;
  private static final double SMALL = 1e-22;

  private int groups;
  private int width;
  private double[][][] squares;
  private final Map<Integer, double[][]> vectors = new HashMap<>();

  /** Adds a pass, {@code [T, G, e]}. */
  void add(Tensor x) {
    if (squares == null) {
      groups = x.size(1);
      width = x.size(2);
      squares = new double[groups][width][width];
    }
    for (int row = 0; row < x.size(0) * groups; row++) {
      double[][] square = squares[row % groups];
      int at = row * width;
      for (int i = 0; i < width; i++) {
        for (int j = 0; j < width; j++) {
          square[i][j] += (double) x.data()[at + i] * x.data()[at + j];
        }
      }
    }
  }

  /** Number of groups. */
  int groups() {
    return groups;
  }

  /** Numbers of a row. */
  int width() {
    return width;
  }

  /** P − 1 of the projection P on a group's strongest directions, {@code [e · e]}. */
  float[] without(int group, int rank) {
    double[][] strongest = vectors.computeIfAbsent(group, g -> eigenvectors(squares[g]));
    float[] matrix = new float[width * width];
    for (int i = 0; i < width; i++) {
      for (int j = 0; j < width; j++) {
        double sum = i == j ? -1 : 0;
        for (int r = 0; r < rank; r++) {
          sum += strongest[r][i] * strongest[r][j];
        }
        matrix[i * width + j] = (float) sum;
      }
    }
    return matrix;
  }

  /** Eigenvectors of a symmetric matrix, strongest first, by Jacobi rotations. */
  private static double[][] eigenvectors(double[][] symmetric) {
    int n = symmetric.length;
    double[][] a = Arrays.stream(symmetric).map(double[]::clone).toArray(double[][]::new);
    double[][] v = new double[n][n];
    IntStream.range(0, n).forEach(i -> v[i][i] = 1);
    for (int sweep = 0; sweep < SWEEPS && offDiagonal(a) > SMALL * trace(a) * trace(a); sweep++) {
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          rotate(a, v, p, q);
        }
      }
    }
    return IntStream.range(0, n)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -a[i][i]))
        .map(i -> v[i])
        .toArray(double[][]::new);
  }

  private static double offDiagonal(double[][] a) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < i; j++) {
        sum += a[i][j] * a[i][j];
      }
    }
    return sum;
  }

  private static double trace(double[][] a) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i][i]).sum();
  }

  /** Turns rows and columns p and q so that a[p][q] becomes 0 (Golub and Van Loan, 8.4). */
  private static void rotate(double[][] a, double[][] v, int p, int q) {
    if (a[p][q] == 0) {
      return;
    }
    double tau = (a[q][q] - a[p][p]) / (2 * a[p][q]);
    double t = Math.copySign(1, tau) / (Math.abs(tau) + Math.hypot(1, tau));
    double c = 1 / Math.hypot(1, t);
    double s = t * c;
    for (int k = 0; k < a.length; k++) {
      double left = a[k][p];
      a[k][p] = c * left - s * a[k][q];
      a[k][q] = s * left + c * a[k][q];
    }
    turn(a[p], a[q], c, s);
    turn(v[p], v[q], c, s);
  }

  private static void turn(double[] p, double[] q, double c, double s) {
    for (int k = 0; k < p.length; k++) {
      double above = p[k];
      p[k] = c * above - s * q[k];
      q[k] = s * above + c * q[k];
    }
  }
}
