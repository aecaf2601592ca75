package dev.headlight.app.engine;

import dev.headlight.analysis.run.Head;
import dev.headlight.renderer.Matrix;

/**
 * Two maps over the same columns, and what the second has more than the first.
 *
 * @param headA head of the first map
 * @param headB head of the second map
 * @param alignment which tokens stand in one column
 * @param a weights of A, {@code NaN} where masked or without a token
 * @param b weights of B
 * @param difference B − A; {@code NaN} where either is
 */
public record ComparedMaps(
    Head headA, Head headB, Alignment alignment, Matrix a, Matrix b, Matrix difference) {
  /** Lays two maps over one another. */
  public static ComparedMaps of(
      Head headA, Matrix mapA, Head headB, Matrix mapB, Alignment alignment) {
    Matrix a = Alignment.spread(mapA, alignment.a());
    Matrix b = Alignment.spread(mapB, alignment.b());
    return new ComparedMaps(headA, headB, alignment, a, b, minus(b, a));
  }

  private static Matrix minus(Matrix b, Matrix a) {
    float[] cells = new float[a.rows() * a.columns()];
    for (int row = 0; row < a.rows(); row++) {
      for (int column = 0; column < a.columns(); column++) {
        cells[row * a.columns() + column] = b.get(row, column) - a.get(row, column);
      }
    }
    return Matrix.of(a.rows(), a.columns(), cells);
  }

  /** Row · columns + column of the largest difference either way; −1 where nothing compares. */
  public int largest() {
    int at = -1;
    float most = -1;
    int columns = difference.columns();
    for (int i = 0; i < difference.rows() * columns; i++) {
      float size = Math.abs(difference.get(i / columns, i % columns));
      if (size > most) {
        most = size;
        at = i;
      }
    }
    return at;
  }

  /** Mean over the queries of both of half of Σ |B − A|: how much attention moved, 0 to 1. */
  public double moved() {
    double sum = 0;
    int rows = 0;
    for (int row = 0; row < difference.rows(); row++) {
      boolean both = alignment.a()[row] != Alignment.GAP && alignment.b()[row] != Alignment.GAP;
      rows += both ? 1 : 0;
      for (int column = 0; column < difference.columns(); column++) {
        float value = difference.get(row, column);
        sum += Float.isNaN(value) ? 0 : Math.abs(value) / 2;
      }
    }
    return rows == 0 ? Double.NaN : sum / rows;
  }
}
