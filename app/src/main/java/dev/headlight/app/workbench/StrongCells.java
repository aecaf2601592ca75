package dev.headlight.app.workbench;

import dev.headlight.renderer.LineView;
import dev.headlight.renderer.Matrix;
import java.util.List;

/**
 * The cells of a map from a threshold on, the strongest first; of equal weights the earlier query,
 * then the earlier key.
 *
 * @param cells rows and columns of the map
 * @param leftOut weaker cells that reach the threshold too, beyond the cap
 */
public record StrongCells(List<Cell> cells, int leftOut) {
  private static final int CAP = 5000;

  /** Copies the list. */
  public StrongCells {
    cells = List.copyOf(cells);
  }

  /**
   * Looks at every cell.
   *
   * @param hideSink leave the first key out
   */
  public static StrongCells of(Matrix matrix, double threshold, boolean hideSink) {
    LineView lines = LineView.above(matrix, threshold, CAP, hideSink);
    List<LineView.Segment> rising = lines.segments();
    List<Cell> cells =
        java.util.stream.IntStream.range(0, rising.size())
            .mapToObj(i -> rising.get(rising.size() - 1 - i))
            .map(s -> new Cell(s.query(), s.key()))
            .toList();
    return new StrongCells(cells, lines.leftOut());
  }

  /**
   * Place of the cell to go to from another, round the ends; the strongest from one that is none of
   * them. −1 where there are none.
   *
   * @param now where to go on from; may be null
   * @param step 1 for the next weaker, −1 for the next stronger
   */
  public int next(Cell now, int step) {
    int at = now == null ? -1 : cells.indexOf(now);
    if (cells.isEmpty()) {
      return -1;
    }
    return at < 0 ? 0 : Math.floorMod(at + step, cells.size());
  }
}
