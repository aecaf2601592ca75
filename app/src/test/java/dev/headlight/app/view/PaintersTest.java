package dev.headlight.app.view;

import static java.lang.Float.NaN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.attention.HeadStatistics;
import dev.headlight.analysis.attention.RoleShares;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Tensor;
import dev.headlight.analysis.scores.HeadScore;
import dev.headlight.analysis.scores.HeadTable;
import dev.headlight.analysis.scores.StandardScores;
import dev.headlight.app.engine.HeadMap;
import dev.headlight.renderer.ColorMap;
import dev.headlight.renderer.Matrix;
import dev.headlight.renderer.Palette;
import dev.headlight.renderer.Theme;
import dev.headlight.renderer.ValueScale;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PaintersTest {
  private static final Palette PALETTE = Palette.sequential(Theme.LIGHT);
  private static final Head HEAD = new Head(0, 0);

  private static Matrix filled(int side, float value) {
    float[] cells = new float[side * side];
    Arrays.fill(cells, value);
    return Matrix.of(side, side, cells);
  }

  private static int[] paint(HeadMap map, HeadMap tile, MapWindow window, boolean hide) {
    ValueScale scale = ValueScale.of(ValueScale.Kind.LINEAR, 0, 1).withHideColumn0(hide);
    return MapPainter.paint(new MapPainter.Order(map, tile, window, scale, PALETTE, 8));
  }

  @Test
  void exactPartLiesOverThePooledWhole() {
    HeadMap whole = new HeadMap(1, HEAD, 0, 0, 4, filled(4, 0.25f));
    HeadMap tile = new HeadMap(1, HEAD, 0, 8, 1, filled(8, 1f));
    int[] argb = paint(whole, tile, MapWindow.all(16), false);
    assertEquals(ColorMap.viridis().argb(0.25), argb[0]);
    assertEquals(ColorMap.viridis().argb(1), argb[7]);
    assertEquals(ColorMap.viridis().argb(0.25), argb[7 * 8 + 7]);
  }

  @Test
  void partOfAnotherHeadIsNotDrawn() {
    HeadMap whole = new HeadMap(1, HEAD, 0, 0, 4, filled(4, 0.25f));
    HeadMap other = new HeadMap(1, new Head(0, 1), 0, 8, 1, filled(8, 1f));
    assertEquals(ColorMap.viridis().argb(0.25), paint(whole, other, MapWindow.all(16), false)[7]);
  }

  @Test
  void onlyTheFirstKeyIsHidden() {
    HeadMap whole = new HeadMap(1, HEAD, 0, 0, 1, filled(8, 1f));
    int[] argb = paint(whole, null, MapWindow.all(8), true);
    assertEquals(Theme.LIGHT.masked(), argb[0]);
    assertEquals(ColorMap.viridis().argb(1), argb[1]);
    int[] right = paint(whole, null, new MapWindow(8, 0, 4, 4), true);
    assertEquals(ColorMap.viridis().argb(1), right[0]);
  }

  private static Tensor table(float... values) {
    return new Tensor(values, 2, 2);
  }

  private static HeadStatistics statistics() {
    float[] thumbnails = new float[2 * 2 * 4];
    Arrays.fill(thumbnails, 1f);
    return new HeadStatistics(
        table(0, 1, 2, 4),
        table(1, 2, 3, 4),
        table(0, 0.25f, 0.5f, 1),
        table(0, 0, 0, 0),
        new Tensor(new float[8], 2, 2, 2),
        new Tensor(thumbnails, 2, 2, 2, 2),
        new Tensor(new float[] {NaN, NaN, NaN, NaN, NaN, NaN, NaN, NaN}, 2, 2, 2),
        RoleShares.unknown(2, 2));
  }

  private static GridPainter.Picture paint(GridGeometry g, double density, GridFill fill) {
    GridPainter.Part all = new GridPainter.Part(0, 0, g.width(), g.height());
    return GridPainter.paint(
        new GridPainter.Order(g, all, density, fill, Set.copyOf(g.heads())), Progress.NONE);
  }

  private static GridFill maps(ValueScale scale) {
    return GridFill.maps(statistics(), scale, PALETTE);
  }

  private static GridFill scores(HeadScore score) {
    HeadTable table = HeadTable.of(((HeadScore.OfPass) score.origin()).table().apply(statistics()));
    return GridFill.scores(table, GridFill.scale(score, table, false), PALETTE);
  }

  @Test
  void hiddenFirstKeyIsMaskedAndTheRestStays() {
    GridGeometry geometry = GridGeometry.byLayer(2, 2, 100, 100, 1);
    int[] argb = paint(geometry, 1, maps(ValueScale.weights().withHideColumn0(true))).argb();
    assertEquals(PALETTE.masked(), argb[0]);
    assertEquals(ColorMap.viridis().argb(1), argb[geometry.cellWidth() - 1]);
  }

  @Test
  void gridShowsOneCellAHead() {
    GridGeometry geometry = GridGeometry.byLayer(2, 2, 100, 100, 1);
    for (GridFill fill :
        List.of(
            maps(ValueScale.weights()),
            scores(StandardScores.ENTROPY),
            GridFill.unknown(PALETTE))) {
      GridPainter.Picture picture = paint(geometry, 2, fill);
      assertEquals(2 * geometry.width(), picture.width());
      assertTrue(picture.argb()[0] != 0, "the first cell is painted");
      assertEquals(0, picture.argb()[2 * geometry.cellWidth()], "the gap stays clear");
    }
  }

  @Test
  void numbersAreColouredByTheLargestAndSharesByOne() {
    GridGeometry geometry = GridGeometry.byLayer(2, 2, 100, 100, 1);
    int[] entropy = paint(geometry, 1, scores(StandardScores.ENTROPY)).argb();
    assertEquals(ColorMap.viridis().argb(1), entropy[entropy.length - 1]);
    assertNotEquals(entropy[0], entropy[entropy.length - 1]);
    HeadTable shares = new HeadTable(1, 2, new double[] {0.1, 0.2}, new double[2], 1);
    assertEquals(1, GridFill.scale(StandardScores.FIRST, shares, false).max());
    assertEquals(0.2, GridFill.scale(StandardScores.FIRST, shares, true).max());
    HeadScore signed =
        HeadScore.ofPass(
            "effect", "Effect", "", "x", "", HeadScore.Range.SIGNED, HeadStatistics::entropy);
    HeadTable effects = new HeadTable(1, 2, new double[] {-0.4, 0.2}, new double[2], 1);
    assertEquals(0.4, GridFill.scale(signed, effects, false).max());
    assertEquals(0.5, GridFill.scale(signed, effects, false).position(0));
  }

  @Test
  void aPartIsTheSamePixelsAsTheWhole() {
    GridGeometry geometry = GridGeometry.byLayer(2, 2, 100, 100, 1);
    GridFill fill = scores(StandardScores.ENTROPY);
    GridPainter.Picture whole = paint(geometry, 1.5, fill);
    GridPainter.Part part = new GridPainter.Part(30, 20, 40, 50);
    GridPainter.Picture some =
        GridPainter.paint(
            new GridPainter.Order(geometry, part, 1.5, fill, Set.copyOf(geometry.heads())),
            Progress.NONE);
    for (int y = 0; y < some.height(); y++) {
      for (int x = 0; x < some.width(); x++) {
        assertEquals(
            whole.argb()[(y + 30) * whole.width() + x + 45], some.argb()[y * some.width() + x]);
      }
    }
  }

  @Test
  void whatTheFilterHoldsBackIsFaint() {
    GridGeometry geometry = GridGeometry.byLayer(2, 2, 100, 100, 1);
    GridPainter.Part all = new GridPainter.Part(0, 0, geometry.width(), geometry.height());
    GridFill fill = scores(StandardScores.ENTROPY);
    int[] argb =
        GridPainter.paint(
                new GridPainter.Order(geometry, all, 1, fill, Set.of(new Head(0, 1))),
                Progress.NONE)
            .argb();
    assertTrue(argb[0] >>> 24 < 64);
    assertEquals(0xff, argb[geometry.stepX()] >>> 24);
  }
}
