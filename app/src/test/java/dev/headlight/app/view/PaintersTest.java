package dev.headlight.app.view;

import static java.lang.Float.NaN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.attention.HeadStatistics;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Tensor;
import dev.headlight.app.engine.HeadMap;
import dev.headlight.app.workbench.GridColour;
import dev.headlight.renderer.ColorMap;
import dev.headlight.renderer.Matrix;
import dev.headlight.renderer.Palette;
import dev.headlight.renderer.Theme;
import dev.headlight.renderer.ValueScale;
import java.util.Arrays;
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
        new Tensor(new float[] {NaN, NaN, NaN, NaN, NaN, NaN, NaN, NaN}, 2, 2, 2));
  }

  @Test
  void hiddenFirstKeyIsMaskedAndTheRestStays() {
    GridGeometry geometry = GridGeometry.fit(2, 2, 100, 100);
    ValueScale hiding = ValueScale.weights().withHideColumn0(true);
    int[] argb =
        GridPainter.paint(
                new GridPainter.Order(statistics(), geometry, 1, GridColour.MAP, hiding, PALETTE),
                Progress.NONE)
            .argb();
    assertEquals(PALETTE.masked(), argb[0]);
    assertEquals(ColorMap.viridis().argb(1), argb[geometry.cellWidth() - 1]);
  }

  @Test
  void gridShowsOneCellAHead() {
    GridGeometry geometry = GridGeometry.fit(2, 2, 100, 100);
    for (GridColour colour : GridColour.values()) {
      GridPainter.Picture picture =
          GridPainter.paint(
              new GridPainter.Order(
                  statistics(), geometry, 2, colour, ValueScale.weights(), PALETTE),
              Progress.NONE);
      assertEquals(2 * (geometry.width() - GridGeometry.LEFT), picture.width());
      assertTrue(picture.argb()[0] != 0, "the first cell is painted");
      int gap = 2 * geometry.cellWidth();
      assertEquals(0, picture.argb()[gap], "the gap stays clear");
    }
  }

  @Test
  void numbersAreColouredByTheLargest() {
    assertEquals(4, GridPainter.limit(statistics(), GridColour.ENTROPY));
    assertEquals(1, GridPainter.limit(statistics(), GridColour.FIRST));
    GridGeometry geometry = GridGeometry.fit(2, 2, 100, 100);
    GridPainter.Picture picture =
        GridPainter.paint(
            new GridPainter.Order(
                statistics(), geometry, 1, GridColour.ENTROPY, ValueScale.weights(), PALETTE),
            Progress.NONE);
    int last = picture.argb().length - 1 - GridGeometry.GAP * (picture.width() + 1);
    assertEquals(ColorMap.viridis().argb(1), picture.argb()[last]);
    assertNotEquals(picture.argb()[0], picture.argb()[last]);
  }

  @Test
  void pointsFindTheirHead() {
    GridGeometry geometry = GridGeometry.fit(30, 9, 300, 700);
    for (Head head : new Head[] {new Head(0, 0), new Head(29, 8), new Head(17, 5)}) {
      double x = geometry.x(head.head()) + 1;
      double y = geometry.y(head.layer()) + 1;
      assertEquals(head, geometry.at(x, y).orElseThrow());
    }
    assertTrue(geometry.at(2, 100).isEmpty());
    assertTrue(geometry.at(100, geometry.height() + 5).isEmpty());
    assertTrue(GridGeometry.fit(80, 64, 300, 700).width() > 300, "large models scroll");
  }
}
