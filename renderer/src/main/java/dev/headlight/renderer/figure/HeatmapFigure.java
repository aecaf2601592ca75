package dev.headlight.renderer.figure;

import dev.headlight.renderer.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * One map with its tokens, axes, colour bar and marks. Immutable.
 *
 * <p>Rows are queries, columns keys, unless the axis names say otherwise.
 */
public final class HeatmapFigure extends StandardFigure {
  private final Matrix matrix;
  private final List<String> rowLabels;
  private final List<String> columnLabels;
  private final String rowAxis;
  private final String columnAxis;
  private final OptionalInt selectedRow;
  private final List<Mark> marks;

  /**
   * A cell to outline.
   *
   * @param row 0..rows−1
   * @param column 0..columns−1
   */
  public record Mark(int row, int column) {}

  private HeatmapFigure(Builder builder) {
    super(builder);
    matrix = builder.matrix;
    rowLabels = List.copyOf(builder.rowLabels);
    columnLabels = List.copyOf(builder.columnLabels);
    rowAxis = builder.rowAxis;
    columnAxis = builder.columnAxis;
    selectedRow = builder.selectedRow;
    marks = List.copyOf(builder.marks);
    checkLabels("row", rowLabels, matrix.rows());
    checkLabels("column", columnLabels, matrix.columns());
    selectedRow.ifPresent(row -> Objects.checkIndex(row, matrix.rows()));
    for (Mark mark : marks) {
      Objects.checkIndex(mark.row(), matrix.rows());
      Objects.checkIndex(mark.column(), matrix.columns());
    }
  }

  private static void checkLabels(String what, List<String> labels, int count) {
    if (!labels.isEmpty() && labels.size() != count) {
      throw new IllegalArgumentException(
          "a figure needs one label a %s or none: %d labels for %d %ss"
              .formatted(what, labels.size(), count, what));
    }
  }

  /** Starts a figure of a matrix, with the standard look of attention weights. */
  public static Builder builder(Matrix matrix) {
    return new Builder(matrix);
  }

  /** The cells. */
  public Matrix matrix() {
    return matrix;
  }

  /** One label a row, or none. */
  public List<String> rowLabels() {
    return rowLabels;
  }

  /** One label a column, or none. */
  public List<String> columnLabels() {
    return columnLabels;
  }

  /** What the rows are, such as "query". */
  public String rowAxis() {
    return rowAxis;
  }

  /** What the columns are, such as "key". */
  public String columnAxis() {
    return columnAxis;
  }

  /** The row that is outlined, if any. */
  public OptionalInt selectedRow() {
    return selectedRow;
  }

  /** Outlined cells. */
  public List<Mark> marks() {
    return marks;
  }

  /** Collects the parts of a figure; every part but the matrix has a default. */
  public static final class Builder extends FigureBuilder<Builder> {
    private final Matrix matrix;
    private List<String> rowLabels = List.of();
    private List<String> columnLabels = List.of();
    private String rowAxis = "query";
    private String columnAxis = "key";
    private OptionalInt selectedRow = OptionalInt.empty();
    private final List<Mark> marks = new ArrayList<>();

    private Builder(Matrix matrix) {
      this.matrix = Objects.requireNonNull(matrix, "matrix");
    }

    @Override
    Builder self() {
      return this;
    }

    /** One label a row and one a column; an empty list for none. */
    public Builder labels(List<String> rows, List<String> columns) {
      rowLabels = rows;
      columnLabels = columns;
      return this;
    }

    /** Names of the axes; "query" and "key" if not given. */
    public Builder axes(String rows, String columns) {
      rowAxis = Objects.requireNonNull(rows, "rows");
      columnAxis = Objects.requireNonNull(columns, "columns");
      return this;
    }

    /** Outlines a row and brings out its label. */
    public Builder selectedRow(int row) {
      selectedRow = OptionalInt.of(row);
      return this;
    }

    /** Outlines a cell and brings out its labels. */
    public Builder mark(int row, int column) {
      marks.add(new Mark(row, column));
      return this;
    }

    /**
     * The finished figure.
     *
     * @throws IllegalArgumentException if the labels do not fit the matrix
     * @throws IndexOutOfBoundsException if a mark lies outside it
     */
    public HeatmapFigure build() {
      return new HeatmapFigure(this);
    }
  }
}
