package dev.headlight.analysis.roles;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A small causal map of marked cells, stretched over the map of a prompt. As text: its rows from
 * the top with slashes between them, row i of i + 1 signs, {@code #} for a marked cell and {@code
 * .} for another, such as {@code ./#./.#./..#.}.
 *
 * @param rows the rows from the top
 */
public record DrawnPattern(List<String> rows) {
  /** The most rows. */
  public static final int MOST = 64;

  /** Copies the rows. */
  public DrawnPattern {
    rows = List.copyOf(rows);
  }

  /** Nothing marked. */
  public static DrawnPattern empty(int size) {
    return new DrawnPattern(IntStream.range(0, size).mapToObj(i -> ".".repeat(i + 1)).toList());
  }

  /**
   * Reads the text form.
   *
   * @throws HeadlightException when it is none
   */
  public static DrawnPattern parse(String text) {
    List<String> rows = List.of(text.strip().split("/", -1));
    for (int i = 0; i < rows.size(); i++) {
      if (!rows.get(i).matches("[.#]{" + (i + 1) + "}")) {
        throw new HeadlightException(
            Kind.INPUT,
            "row %d of the pattern is \"%s\"; expected %d signs, # or ."
                .formatted(i, rows.get(i), i + 1));
      }
    }
    if (rows.size() < 2 || rows.size() > MOST) {
      throw new HeadlightException(
          Kind.INPUT, "the pattern has %d rows; expected 2 to %d".formatted(rows.size(), MOST));
    }
    return new DrawnPattern(rows);
  }

  /** Number of rows. */
  public int size() {
    return rows.size();
  }

  /** Whether a cell is marked. */
  public boolean marked(int row, int column) {
    return column <= row && rows.get(row).charAt(column) == '#';
  }

  /** Whether no cell is marked. */
  public boolean blank() {
    return rows.stream().noneMatch(row -> row.contains("#"));
  }

  /** With one cell marked or not; cells above the diagonal stay as they are. */
  public DrawnPattern with(int row, int column, boolean mark) {
    if (column > row || marked(row, column) == mark) {
      return this;
    }
    List<String> changed = new ArrayList<>(rows);
    StringBuilder line = new StringBuilder(rows.get(row));
    line.setCharAt(column, mark ? '#' : '.');
    changed.set(row, line.toString());
    return new DrawnPattern(changed);
  }

  /**
   * The marked keys of each query of a prompt: query i is of row ⌊i · size / length⌋, keys
   * likewise.
   */
  IntFunction<BitSet> over(int length) {
    BitSet[] keys = new BitSet[size()];
    for (int row = 0; row < size(); row++) {
      keys[row] = new BitSet(length);
      for (int k = 0; k < length; k++) {
        keys[row].set(k, marked(row, (int) ((long) k * size() / length)));
      }
    }
    return query -> keys[(int) ((long) query * size() / length)];
  }

  @Override
  public String toString() {
    return String.join("/", rows);
  }
}
