package dev.headlight.app.circuits;

import dev.headlight.analysis.patching.Contrast;
import dev.headlight.analysis.patching.PatchCell;
import dev.headlight.analysis.patching.PatchGrid;
import dev.headlight.analysis.patching.PatchMap;
import dev.headlight.renderer.Ticks;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/**
 * A patching map as a table of colours: layers down, heads or positions across; heads down where
 * both have cells.
 *
 * @param map what is shown
 * @param rows label of each row
 * @param columns label of each column
 * @param cells index of the map's cell, [row][column]
 * @param shares change of the metric as a share of clean − corrupt, [row][column]; in logits where
 *     the prompts are too alike to be a scale; NaN where not reached
 */
public record PatchPicture(
    PatchMap map, List<String> rows, List<String> columns, int[][] cells, double[][] shares) {

  /**
   * Arranges a map.
   *
   * @param token label of the token at a position
   */
  public static PatchPicture of(PatchMap map, IntFunction<String> token) {
    PatchGrid grid = map.request().grid();
    List<String> rows = map.cells().stream().map(c -> row(grid, c)).distinct().toList();
    List<String> columns =
        map.cells().stream().map(c -> column(grid, c, token)).distinct().toList();
    int across = map.cells().size() / Math.max(1, rows.size());
    int[][] cells = new int[rows.size()][across];
    double[][] shares = new double[rows.size()][across];
    for (int r = 0; r < rows.size(); r++) {
      for (int c = 0; c < across; c++) {
        cells[r][c] = r * across + c;
        shares[r][c] = share(map, r * across + c);
      }
    }
    return new PatchPicture(map, rows, columns, cells, shares);
  }

  private static String row(PatchGrid grid, PatchCell cell) {
    return grid == PatchGrid.HEAD_POSITION
        ? "L" + cell.layer() + "H" + cell.head()
        : Integer.toString(cell.layer());
  }

  private static String column(PatchGrid grid, PatchCell cell, IntFunction<String> token) {
    return grid.byPosition()
        ? cell.position() + " " + token.apply(cell.position())
        : Integer.toString(cell.head());
  }

  private static double share(PatchMap map, int cell) {
    double change = map.change(cell);
    return map.contrast().distinct()
        ? change / (map.contrast().clean() - map.contrast().corrupt())
        : change;
  }

  /** The cell of the map. */
  public PatchCell cell(int row, int column) {
    return map.cells().get(cells[row][column]);
  }

  /** The largest share, for the limits of the colours; never 0. */
  public double largest() {
    return Arrays.stream(shares)
        .flatMapToDouble(Arrays::stream)
        .filter(Double::isFinite)
        .map(Math::abs)
        .reduce(1e-6, Math::max);
  }

  /** What the colours count. */
  public String unit() {
    return map.contrast().distinct() ? "of clean − corrupt" : "logits";
  }

  /** A cell in words, with its numbers and their units. */
  public String words(int row, int column, IntFunction<String> token) {
    PatchCell cell = cell(row, column);
    int index = cells[row][column];
    String name = cell.position() < 0 ? "" + cell : cell + " " + token.apply(cell.position());
    if (Double.isNaN(map.values()[index])) {
      return name + ": not yet";
    }
    String normalised =
        map.contrast().distinct() ? ", normalised " + Ticks.format(map.normalised(index)) : "";
    String estimated = map.method() == PatchMap.Method.EXACT ? "" : ", first order";
    return "%s: logit difference %s, change %s logits%s%s"
        .formatted(
            name,
            Ticks.format(map.patched(index)),
            Ticks.signed(map.change(index)),
            normalised,
            estimated);
  }

  /** What the cells are, in a sentence or two. */
  public String sentence() {
    String method =
        map.method() == PatchMap.Method.EXACT
            ? "A pass a cell"
            : "First order: Σ ∂m/∂a · Δa; a pass may say otherwise";
    return "%s, %s at %s, %s. %s"
        .formatted(
            method,
            map.request().site().shortName(),
            map.request().places().ranges().isEmpty()
                ? "all positions"
                : "positions " + map.request().places(),
            map.request().direction().text().toLowerCase(Locale.ROOT),
            scale(map.contrast()));
  }

  /** How values are normalised, or why they are not. */
  static String scale(Contrast contrast) {
    return contrast
        .refusal()
        .map(why -> "Not normalised: " + why + ".")
        .orElseGet(
            () ->
                "Normalised: (patched − corrupt)/(clean − corrupt), clean %s, corrupt %s logits. Colours: change / (clean − corrupt), 0 in the middle."
                    .formatted(Ticks.format(contrast.clean()), Ticks.format(contrast.corrupt())));
  }
}
