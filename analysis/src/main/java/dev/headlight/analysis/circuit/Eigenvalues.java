package dev.headlight.analysis.circuit;

/**
 * Eigenvalues of a small square matrix: Householder reduction to Hessenberg form, then the complex
 * QR algorithm with Wilkinson shifts and deflation (Golub and Van Loan, Matrix Computations,
 * sections 7.4 and 7.5). About 20 n³ operations; accurate to rounding of the matrix's norm.
 */
final class Eigenvalues {
  private static final int ROUNDS = 60;
  private static final double EPSILON = 0x1p-52;

  private final int n;
  private final double[][] re;
  private final double[][] im;

  private Eigenvalues(double[][] matrix) {
    n = matrix.length;
    re = new double[n][];
    im = new double[n][n];
    for (int i = 0; i < n; i++) {
      re[i] = matrix[i].clone();
    }
  }

  /**
   * All eigenvalues, in no particular order.
   *
   * @param matrix {@code [n, n]}, finite; not changed
   * @return {@code [2, n]}: real parts, imaginary parts
   * @throws ArithmeticException when the iteration does not converge
   */
  static double[][] of(double[][] matrix) {
    Eigenvalues work = new Eigenvalues(matrix);
    work.reduce();
    work.iterate();
    double[][] values = new double[2][work.n];
    for (int i = 0; i < work.n; i++) {
      values[0][i] = work.re[i][i];
      values[1][i] = work.im[i][i];
    }
    return values;
  }

  /** To upper Hessenberg form, by reflections; the matrix is real so far. */
  private void reduce() {
    for (int column = 0; column < n - 2; column++) {
      double[] v = new double[n];
      double norm = 0;
      for (int i = column + 1; i < n; i++) {
        v[i] = re[i][column];
        norm += v[i] * v[i];
      }
      if (norm == 0) {
        continue;
      }
      v[column + 1] += Math.copySign(Math.sqrt(norm), v[column + 1]);
      double square = 0;
      for (int i = column + 1; i < n; i++) {
        square += v[i] * v[i];
      }
      reflect(v, column + 1, 2 / square);
    }
  }

  /** (1 − f v vᵀ) A (1 − f v vᵀ), where v is 0 before {@code first}. */
  private void reflect(double[] v, int first, double f) {
    double[] along = new double[n];
    for (int i = first; i < n; i++) {
      for (int j = 0; j < n; j++) {
        along[j] += v[i] * re[i][j];
      }
    }
    for (int i = first; i < n; i++) {
      for (int j = 0; j < n; j++) {
        re[i][j] -= f * v[i] * along[j];
      }
    }
    for (int i = 0; i < n; i++) {
      double sum = 0;
      for (int j = first; j < n; j++) {
        sum += re[i][j] * v[j];
      }
      for (int j = first; j < n; j++) {
        re[i][j] -= f * sum * v[j];
      }
    }
  }

  private void iterate() {
    double norm = 0;
    for (double[] row : re) {
      for (double value : row) {
        norm = Math.max(norm, Math.abs(value));
      }
    }
    int end = n - 1;
    int rounds = 0;
    while (end > 0) {
      int start = end;
      while (start > 0 && !small(start, norm)) {
        start--;
      }
      if (start == end) {
        end--;
        rounds = 0;
      } else {
        if (++rounds > ROUNDS) {
          throw new ArithmeticException("eigenvalues of a %d × %d matrix".formatted(n, n));
        }
        step(start, end, rounds);
      }
    }
  }

  private boolean small(int i, double norm) {
    double around = size(i, i) + size(i - 1, i - 1);
    if (size(i, i - 1) > EPSILON * (around == 0 ? norm : around)) {
      return false;
    }
    re[i][i - 1] = 0;
    im[i][i - 1] = 0;
    return true;
  }

  private double size(int i, int j) {
    return Math.abs(re[i][j]) + Math.abs(im[i][j]);
  }

  /** One QR step on rows and columns start..end: A − s = QR, then A = RQ + s. */
  private void step(int start, int end, int rounds) {
    double[] shift = rounds % 10 == 0 ? exceptional(end) : wilkinson(end);
    shift(start, end, -shift[0], -shift[1]);
    double[][] turns = new double[end][];
    for (int k = start; k < end; k++) {
      turns[k] = turn(k);
      rotateRows(k, end, turns[k]);
    }
    for (int k = start; k < end; k++) {
      rotateColumns(k, start, Math.min(end, k + 2), turns[k]);
    }
    shift(start, end, shift[0], shift[1]);
  }

  private void shift(int start, int end, double byRe, double byIm) {
    for (int i = start; i <= end; i++) {
      re[i][i] += byRe;
      im[i][i] += byIm;
    }
  }

  private double[] exceptional(int end) {
    return new double[] {re[end][end] + size(end, end - 1), im[end][end]};
  }

  /** The eigenvalue of the last 2 × 2 block that is nearer to its last cell. */
  private double[] wilkinson(int e) {
    int d = e - 1;
    double halfRe = (re[d][d] - re[e][e]) / 2;
    double halfIm = (im[d][d] - im[e][e]) / 2;
    double bcRe = re[d][e] * re[e][d] - im[d][e] * im[e][d];
    double bcIm = re[d][e] * im[e][d] + im[d][e] * re[e][d];
    double[] root = root(halfRe * halfRe - halfIm * halfIm + bcRe, 2 * halfRe * halfIm + bcIm);
    boolean same = halfRe * root[0] + halfIm * root[1] >= 0;
    double sign = same ? 1 : -1;
    double downRe = halfRe + sign * root[0];
    double downIm = halfIm + sign * root[1];
    double square = downRe * downRe + downIm * downIm;
    if (square == 0) {
      return new double[] {re[e][e], im[e][e]};
    }
    return new double[] {
      re[e][e] - (bcRe * downRe + bcIm * downIm) / square,
      im[e][e] - (bcIm * downRe - bcRe * downIm) / square
    };
  }

  private static double[] root(double x, double y) {
    double size = Math.hypot(x, y);
    double a = Math.sqrt(Math.max(0, (size + x) / 2));
    double b = Math.copySign(Math.sqrt(Math.max(0, (size - x) / 2)), y);
    return new double[] {a, b};
  }

  /** The rotation of rows k, k + 1 that clears cell (k + 1, k): c real, s complex. */
  private double[] turn(int k) {
    double a = Math.hypot(re[k][k], im[k][k]);
    double b = Math.hypot(re[k + 1][k], im[k + 1][k]);
    double r = Math.hypot(a, b);
    if (r == 0) {
      return new double[] {1, 0, 0};
    }
    double phaseRe = a == 0 ? 1 : re[k][k] / a;
    double phaseIm = a == 0 ? 0 : im[k][k] / a;
    double bRe = re[k + 1][k];
    double bIm = -im[k + 1][k];
    return new double[] {
      a / r, (phaseRe * bRe - phaseIm * bIm) / r, (phaseRe * bIm + phaseIm * bRe) / r
    };
  }

  private void rotateRows(int k, int end, double[] g) {
    for (int j = k; j <= end; j++) {
      double xr = re[k][j];
      double xi = im[k][j];
      double yr = re[k + 1][j];
      double yi = im[k + 1][j];
      re[k][j] = g[0] * xr + g[1] * yr - g[2] * yi;
      im[k][j] = g[0] * xi + g[1] * yi + g[2] * yr;
      re[k + 1][j] = g[0] * yr - g[1] * xr - g[2] * xi;
      im[k + 1][j] = g[0] * yi - g[1] * xi + g[2] * xr;
    }
  }

  private void rotateColumns(int k, int start, int last, double[] g) {
    for (int i = start; i <= last; i++) {
      double xr = re[i][k];
      double xi = im[i][k];
      double yr = re[i][k + 1];
      double yi = im[i][k + 1];
      re[i][k] = g[0] * xr + g[1] * yr + g[2] * yi;
      im[i][k] = g[0] * xi + g[1] * yi - g[2] * yr;
      re[i][k + 1] = g[0] * yr - g[1] * xr + g[2] * xi;
      im[i][k + 1] = g[0] * yi - g[1] * xi - g[2] * xr;
    }
  }
}
