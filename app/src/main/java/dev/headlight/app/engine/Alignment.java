package dev.headlight.app.engine;

import dev.headlight.renderer.Matrix;
import java.util.Arrays;

/**
 * Two prompts laid side by side by a longest common subsequence of their token ids: each column
 * holds a token of A, of B, or the same id of both.
 *
 * @param a for each column the position in A, or {@link #GAP}
 * @param b for each column the position in B, or {@link #GAP}
 */
public record Alignment(int[] a, int[] b) {
  /** Stands where a prompt has no token. */
  public static final int GAP = -1;

  /** A prompt beside itself. */
  public static Alignment same(int length) {
    int[] all = new int[length];
    Arrays.setAll(all, i -> i);
    return new Alignment(all, all);
  }

  /**
   * Aligns two prompts. Of several longest subsequences it takes the one that matches early; where
   * both differ, A's tokens come first. Needs memory for the product of what lies between the
   * common beginning and the common end.
   *
   * @param a token ids
   * @param b token ids
   */
  public static Alignment of(int[] a, int[] b) {
    int shorter = Math.min(a.length, b.length);
    int begin = 0;
    while (begin < shorter && a[begin] == b[begin]) {
      begin++;
    }
    int end = 0;
    while (end < shorter - begin && a[a.length - 1 - end] == b[b.length - 1 - end]) {
      end++;
    }
    Builder columns = new Builder(a.length + b.length);
    for (int i = 0; i < begin; i++) {
      columns.add(i, i);
    }
    between(a, b, begin, end, columns);
    for (int i = end; i > 0; i--) {
      columns.add(a.length - i, b.length - i);
    }
    return columns.build();
  }

  /** What lies between the common beginning and the common end. */
  private static void between(int[] a, int[] b, int begin, int end, Builder columns) {
    int rows = a.length - begin - end;
    int width = b.length - begin - end;
    int[][] longest = new int[rows + 1][width + 1];
    for (int i = rows - 1; i >= 0; i--) {
      for (int j = width - 1; j >= 0; j--) {
        longest[i][j] =
            a[begin + i] == b[begin + j]
                ? longest[i + 1][j + 1] + 1
                : Math.max(longest[i + 1][j], longest[i][j + 1]);
      }
    }
    int i = 0;
    int j = 0;
    while (i < rows || j < width) {
      if (i < rows && j < width && a[begin + i] == b[begin + j]) {
        columns.add(begin + i++, begin + j++);
      } else if (j == width || (i < rows && longest[i + 1][j] >= longest[i][j + 1])) {
        columns.add(begin + i++, GAP);
      } else {
        columns.add(GAP, begin + j++);
      }
    }
  }

  /** Number of columns. */
  public int length() {
    return a.length;
  }

  /** Number of columns in which both have a token. */
  public int shared() {
    int count = 0;
    for (int column = 0; column < a.length; column++) {
      count += a[column] != GAP && b[column] != GAP ? 1 : 0;
    }
    return count;
  }

  /** For each of {@code length} tokens of B whether A has none that fits to it. */
  public boolean[] onlyInB(int length) {
    boolean[] only = new boolean[length];
    Arrays.fill(only, true);
    for (int column = 0; column < a.length; column++) {
      if (a[column] != GAP && b[column] != GAP) {
        only[b[column]] = false;
      }
    }
    return only;
  }

  /** The column of a position of A; {@link #GAP} where A has no such position. */
  public int columnOfA(int position) {
    for (int column = 0; column < a.length; column++) {
      if (a[column] == position) {
        return column;
      }
    }
    return GAP;
  }

  /**
   * Spreads a map over the columns.
   *
   * @param map square, of one of the prompts
   * @param positions {@link #a} or {@link #b}
   * @return square; {@code NaN} where the map is, and where the prompt has no token
   */
  public static Matrix spread(Matrix map, int[] positions) {
    int length = positions.length;
    float[] cells = new float[length * length];
    Arrays.fill(cells, Float.NaN);
    for (int row = 0; row < length; row++) {
      for (int column = 0; column < length; column++) {
        if (positions[row] != GAP && positions[column] != GAP) {
          cells[row * length + column] = map.get(positions[row], positions[column]);
        }
      }
    }
    return Matrix.of(length, length, cells);
  }

  /** Collects columns. */
  private static final class Builder {
    private final int[] a;
    private final int[] b;
    private int length;

    Builder(int most) {
      a = new int[most];
      b = new int[most];
    }

    void add(int inA, int inB) {
      a[length] = inA;
      b[length++] = inB;
    }

    Alignment build() {
      return new Alignment(Arrays.copyOf(a, length), Arrays.copyOf(b, length));
    }
  }
}
