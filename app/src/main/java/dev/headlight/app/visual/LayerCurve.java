package dev.headlight.app.visual;

import dev.headlight.analysis.run.Intervention;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * What is left of the answer when a change is made in some layers, layer by layer; grows while it
 * is asked.
 *
 * @param change that is made
 * @param spread which layers belong to a point
 * @param layers of the model, or of its tower
 * @param token that is read
 * @param before its probability, or the score of two towers, without the change
 * @param score whether the numbers are scores
 * @param expected points when all are known
 * @param rows curves; one, or one a share of the image tokens that stays
 */
public record LayerCurve(
    VisualChange change,
    LayerSpread spread,
    int layers,
    String token,
    double before,
    boolean score,
    int expected,
    List<Row> rows) {
  /**
   * A curve.
   *
   * @param keep share of the image tokens that stays, 0 to 1; NaN where none are dropped
   * @param points as far as they are known, by layer from 0 on
   */
  public record Row(double keep, List<Point> points) {
    /** Copies the list. */
    public Row {
      points = List.copyOf(points);
    }

    /** The share that stays, in percent; empty where no tokens are dropped. */
    public String name() {
      return Double.isNaN(keep)
          ? ""
          : BigDecimal.valueOf(100 * keep)
                  .setScale(1, RoundingMode.HALF_UP)
                  .stripTrailingZeros()
                  .toPlainString()
              + " %";
    }
  }

  /**
   * The change in some layers.
   *
   * @param layer of the bar
   * @param from first layer
   * @param to last layer, included
   * @param changes what was done; empty where there was nothing to do
   * @param after the probability, or score, with it
   * @param top most probable token with it; empty for a score
   * @param kl KL(unchanged ‖ changed) of the next token in nats; NaN for a score
   * @param same whether it changed nothing, bit by bit
   */
  public record Point(
      int layer,
      int from,
      int to,
      List<Intervention> changes,
      double after,
      String top,
      double kl,
      boolean same) {
    /** Copies the list. */
    public Point {
      changes = List.copyOf(changes);
    }
  }

  /** Copies the list. */
  public LayerCurve {
    rows = List.copyOf(rows);
  }

  /** With one point more at the end of a row; the row after the last begins another. */
  LayerCurve with(int row, double keep, Point point) {
    List<Row> more = new ArrayList<>(rows);
    if (row == more.size()) {
      more.add(new Row(keep, List.of(point)));
    } else {
      List<Point> points = new ArrayList<>(more.get(row).points());
      points.add(point);
      more.set(row, new Row(keep, points));
    }
    return new LayerCurve(change, spread, layers, token, before, score, expected, more);
  }

  /** The layer of the first row whose change moves the number most; -1 before one is known. */
  public int strongest() {
    int best = -1;
    double most = -1;
    for (Point p : rows.isEmpty() ? List.<Point>of() : rows.get(0).points()) {
      double moved = Math.abs(p.after() - before);
      if (moved > most) {
        most = moved;
        best = p.layer();
      }
    }
    return best;
  }

  /** Whether every point is known. */
  public boolean complete() {
    return rows.stream().mapToInt(r -> r.points().size()).sum() == expected;
  }

  /** Whether no change of the first row changed anything, where all are known. */
  public boolean nothing() {
    return !rows.isEmpty()
        && rows.get(0).points().size() == layers
        && rows.get(0).points().stream().allMatch(p -> p.same() || p.changes().isEmpty());
  }
}
