package dev.headlight.app.view;

import dev.headlight.analysis.attention.HeadStatistics;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Tensor;
import dev.headlight.analysis.scores.HeadScore;
import dev.headlight.analysis.scores.HeadScore.Range;
import dev.headlight.analysis.scores.HeadTable;
import dev.headlight.renderer.ColorMap;
import dev.headlight.renderer.HeatmapPainter;
import dev.headlight.renderer.Matrix;
import dev.headlight.renderer.Palette;
import dev.headlight.renderer.Theme;
import dev.headlight.renderer.ValueScale;
import dev.headlight.renderer.Viewport;
import java.util.Arrays;

/** What the grid's cells show; any thread may ask. */
interface GridFill {
  /** The pixels of a head's cell, row-major. */
  int[] cell(Head head, int width, int height);

  /** Thumbnails of the maps. */
  static GridFill maps(HeadStatistics statistics, ValueScale scale, Palette palette) {
    // Key 0 is left out of the cells already: pooled with others it has no column of its own.
    ValueScale cells = scale.withHideColumn0(false);
    return (head, width, height) -> {
      Matrix thumbnail = thumbnail(statistics, head, scale.hideColumn0());
      return HeatmapPainter.paint(
          thumbnail, Viewport.all(thumbnail), cells, palette, width, height);
    };
  }

  private static Matrix thumbnail(HeadStatistics statistics, Head head, boolean hideFirst) {
    Tensor all = statistics.thumbnails();
    int side = all.size(2);
    if (hideFirst) {
      Tensor without = statistics.thumbnailBeyondFirst(head.layer(), head.head());
      return Matrix.of(side, side, without.data());
    }
    int index = head.layer() * all.size(1) + head.head();
    return Matrix.of(side, side, all.data(), index * side * side);
  }

  /** One colour a head. */
  static GridFill scores(HeadTable table, ValueScale scale, Palette palette) {
    return (head, width, height) -> {
      int[] flat = new int[width * height];
      double value = table.at(head);
      boolean known = !Double.isNaN(value);
      Arrays.fill(flat, known ? palette.map().argb(scale.position(value)) : palette.masked());
      return flat;
    };
  }

  /** No colour at all: nothing is known yet. */
  static GridFill unknown(Palette palette) {
    return (head, width, height) -> {
      int[] flat = new int[width * height];
      Arrays.fill(flat, palette.masked());
      return flat;
    };
  }

  /**
   * The scale of a score's colours.
   *
   * @param fit whether shares end at the largest of them instead of at 1
   */
  static ValueScale scale(HeadScore score, HeadTable table, boolean fit) {
    if (score.range() == Range.SIGNED) {
      double limit = table.maxMagnitude();
      return ValueScale.signed(ValueScale.Kind.LINEAR, limit > 0 ? limit : 1);
    }
    boolean whole = score.range() == Range.SHARE && !fit;
    double max = table.max();
    return ValueScale.of(ValueScale.Kind.LINEAR, 0, whole || !(max > 0) ? 1 : max);
  }

  /** The colours of maps. */
  static ColorMap map(Theme theme) {
    return Palette.sequential(theme).map();
  }

  /** The colours of a score. */
  static Palette palette(HeadScore score, Theme theme) {
    return score.range() == Range.SIGNED ? Palette.diverging(theme) : Palette.sequential(theme);
  }
}
