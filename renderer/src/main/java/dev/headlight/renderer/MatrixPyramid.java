package dev.headlight.renderer;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A matrix and its pooled copies, each half as high and wide as the one before (rounded up). Level
 * 0 is the matrix itself; a cell of level k stands for a square of 2ᵏ × 2ᵏ cells. Levels are built
 * when first asked for and kept: a third of the matrix's memory for each kind of pooling.
 *
 * <p>Row-wise scaling and the hidden first column change what is pooled, so a pyramid is built for
 * one kind of scale; limits may change freely. Thread-safe.
 */
public final class MatrixPyramid {
  private final Matrix matrix;
  private final boolean perRow;
  private final boolean signed;
  private final boolean hideColumn0;
  private final float[] rowFactors;
  private final Map<Pooling, List<Matrix>> levels = new EnumMap<>(Pooling.class);

  private MatrixPyramid(Matrix matrix, ValueScale scale) {
    this.matrix = matrix;
    this.perRow = scale.kind() == ValueScale.Kind.PER_ROW;
    this.signed = scale.signed();
    this.hideColumn0 = scale.hideColumn0();
    this.rowFactors = scale.rowFactors(matrix);
  }

  /** A pyramid for painting with this scale or one that differs in its limits or curve only. */
  public static MatrixPyramid of(Matrix matrix, ValueScale scale) {
    return new MatrixPyramid(matrix, scale);
  }

  /** The matrix at the bottom. */
  public Matrix matrix() {
    return matrix;
  }

  /** Whether this pyramid holds what the scale needs; otherwise a new one must be made. */
  public boolean fits(ValueScale scale) {
    return perRow == (scale.kind() == ValueScale.Kind.PER_ROW)
        && hideColumn0 == scale.hideColumn0()
        && (!perRow || signed == scale.signed());
  }

  /** Number of levels; the last is a single cell. */
  public int levels() {
    int longest = Math.max(matrix.rows(), matrix.columns());
    return 33 - Integer.numberOfLeadingZeros(longest - 1);
  }

  /**
   * A pooled level of shape [⌈rows/2ᵏ⌉, ⌈columns/2ᵏ⌉]; NaN where all cells under it are masked or
   * hidden. Values are multiplied by the row factors of a row-wise scale.
   *
   * @param level 1..{@link #levels()}−1
   * @throws IndexOutOfBoundsException for another level
   */
  public Matrix level(int level, Pooling pooling) {
    if (level < 1 || level >= levels()) {
      throw new IndexOutOfBoundsException(
          "level %d of a pyramid with levels 1..%d".formatted(level, levels() - 1));
    }
    synchronized (levels) {
      List<Matrix> built = levels.computeIfAbsent(pooling, key -> new ArrayList<>());
      while (built.size() < level) {
        built.add(next(built, pooling));
      }
      return built.get(level - 1);
    }
  }

  private Matrix next(List<Matrix> built, Pooling pooling) {
    if (built.isEmpty()) {
      return halved(bottom(pooling));
    }
    if (pooling == Pooling.MEAN) {
      // A mean of means would weigh half-masked blocks wrongly, so means start from the cells.
      return pooled(bottom(pooling), 2 << built.size());
    }
    return halved(new Source(built.get(built.size() - 1), 0, null, pooling));
  }

  private static Matrix halved(Source source) {
    return pooled(source, 2);
  }

  private static Matrix pooled(Source source, int size) {
    Matrix cells = source.matrix();
    return source.pooledInParallel(
        AxisIndex.blocks(cells.rows(), size), AxisIndex.blocks(cells.columns(), size));
  }

  private Source bottom(Pooling pooling) {
    return new Source(matrix, hideColumn0 ? 1 : 0, rowFactors, pooling);
  }

  /** The level whose cells are a quarter to a half of a pixel. */
  int levelFor(double cellsPerPixel) {
    int level = (int) Math.floor(Math.log(cellsPerPixel) / Math.log(2)) - 1;
    return Math.min(levels() - 1, Math.max(0, level));
  }

  Source source(int level, Pooling pooling) {
    return level == 0 ? bottom(pooling) : new Source(level(level, pooling), 0, null, pooling);
  }

  void checkBuiltFor(ValueScale scale) {
    if (!fits(scale)) {
      throw new IllegalArgumentException(
          "the pyramid was built for another kind of scale than " + scale + "; build a new one");
    }
  }
}
