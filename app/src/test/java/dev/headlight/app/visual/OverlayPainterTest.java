package dev.headlight.app.visual;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.headlight.analysis.image.PatchGrid;
import dev.headlight.analysis.image.Picture;
import dev.headlight.analysis.image.PictureLayout;
import dev.headlight.analysis.image.PictureTile;
import dev.headlight.analysis.image.Pixels;
import dev.headlight.analysis.image.PreparedPictures;
import dev.headlight.analysis.image.Region;
import dev.headlight.analysis.vision.ImageSpan;
import dev.headlight.app.visual.VisualChoice.Style;
import dev.headlight.renderer.ColorMap;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pictures with a map of 2 × 2 patches over them. */
class OverlayPainterTest {
  private static final Picture GREY = Picture.blank(16, 16, 100, 100, 100);
  private static final int GROUND = 0xff646464;

  /** A view of four patches, or of one tile in the lower right quarter. */
  private static PatchView view(Region source, float... values) {
    PictureTile tile = new PictureTile(0, 0, source, 16, 16, 8, 1, 0, false);
    PictureLayout layout = new PictureLayout(16, 16, 0, 0, List.of(tile));
    VisualAsk ask =
        new VisualAsk(
            new int[0],
            List.of(GREY),
            new PreparedPictures(new Pixels(new float[3], 1, 3, 1, 1), List.of(layout)));
    Looked looked =
        new Looked(
            ask,
            Side.MAIN,
            Shown.FIRST,
            new int[4],
            List.of("a", "b", "c", "d"),
            4,
            new float[0],
            ImageSpan.of(4, 0, new PatchGrid(2, 2)),
            true,
            1,
            1,
            null,
            List.of(),
            List.of(),
            List.of(),
            0);
    return new PatchView(looked, List.of(0), values, values, "");
  }

  private static final Region WHOLE = new Region(0, 0, 16, 16);

  @Test
  void aPatchHasItsColourFromEdgeToEdge() {
    PatchView view = view(WHOLE, 0, 0, 0, 1);
    int[] argb = new OverlayPainter(GREY, view, Style.PATCHES, 1).paint(32, 32);
    assertEquals(ColorMap.viridis().argb(1), argb[16 * 32 + 16]);
    assertEquals(ColorMap.viridis().argb(1), argb[31 * 32 + 31]);
    assertEquals(argb[0], argb[15 * 32 + 15]);
    assertNotEquals(argb[15 * 32 + 15], argb[16 * 32 + 16]);
  }

  @Test
  void smoothMapsMeetHalfWay() {
    PatchView view = view(WHOLE, 0, 1, 0, 1);
    int[] argb = new OverlayPainter(GREY, view, Style.SMOOTH, 1).paint(320, 320);
    assertEquals(ColorMap.viridis().argb(1), argb[100 * 320 + 300]);
    assertNotEquals(argb[100 * 320 + 158], argb[100 * 320 + 80]);
  }

  @Test
  void withoutStrengthOrMapThePictureStays() {
    int[] plain = new OverlayPainter(GREY, null, Style.PATCHES, 1).paint(8, 8);
    assertEquals(GROUND, plain[0]);
    PatchView view = view(WHOLE, 1, 2, 3, 4);
    assertArrayEquals(plain, new OverlayPainter(GREY, view, Style.SMOOTH, 0).paint(8, 8));
    PatchView nothing = view(WHOLE, -1, -2, 0, 0);
    assertArrayEquals(plain, new OverlayPainter(GREY, nothing, Style.PATCHES, 1).paint(8, 8));
  }

  @Test
  void aTileCoversItsPartAlone() {
    PatchView view = view(new Region(8, 8, 8, 8), 1, 1, 1, 1);
    int[] argb = new OverlayPainter(GREY, view, Style.PATCHES, 1).paint(16, 16);
    assertEquals(GROUND, argb[7 * 16 + 7]);
    assertEquals(ColorMap.viridis().argb(1), argb[8 * 16 + 8]);
    assertEquals(0, view.cellAt(9, 9));
    assertEquals(3, view.cellAt(15, 15));
    assertEquals(-1, view.cellAt(2, 2));
  }

  @Test
  void leftOutPatchesShowThePicture() {
    PatchView view = view(WHOLE, Float.NaN, 1, 1, 1);
    int[] argb = new OverlayPainter(GREY, view, Style.PATCHES, 1).paint(16, 16);
    assertEquals(GROUND, argb[0]);
    assertEquals(1, view.rank(2));
  }

  @Test
  void linesStandWhereLevelsAreCrossed() {
    PatchView view = view(WHOLE, 0, 0, 0, 1);
    int[] argb = new OverlayPainter(GREY, view, Style.CONTOUR, 1).paint(64, 64);
    assertEquals(GROUND, argb[0]);
    long light = java.util.Arrays.stream(argb).filter(c -> (c & 0xff) > 200).count();
    assertNotEquals(0, light);
  }

  @Test
  void linesOfStripsAreThoseOfTheWhole() {
    PatchView view = view(WHOLE, 0, 1, 2, 3);
    OverlayPainter painter = new OverlayPainter(GREY, view, Style.SMOOTH, 0.7);
    int[] whole = painter.paint(20, 20);
    int[] strip = painter.paint(20, 20, 5, 9);
    assertArrayEquals(java.util.Arrays.copyOfRange(whole, 100, 180), strip);
  }
}
