package dev.headlight.analysis.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PictureLayoutTest {
  private static PictureLayout layout(String family) {
    Picture picture = Pictures.read("image.png");
    return ImageProcessor.open(Pictures.folder(family)).prepare(picture).layouts().get(0);
  }

  private static void assertRegion(double x, double y, double width, double height, Region r) {
    assertEquals(x, r.x(), 1e-9);
    assertEquals(y, r.y(), 1e-9);
    assertEquals(width, r.width(), 1e-9);
    assertEquals(height, r.height(), 1e-9);
  }

  /** 50 × 40 squashed to 32 × 32, patches of 8. */
  @Test
  void squashIsUndone() {
    PictureLayout layout = layout("paligemma");
    assertRegion(0, 0, 12.5, 10, layout.place(0).region());
    assertRegion(25, 10, 12.5, 10, layout.place(6).region());
  }

  /**
   * Short edge 40 to 32 makes 40 × 32; four columns are cut at either side, five of the original.
   */
  @Test
  void cropIsUndone() {
    PictureLayout layout = layout("llava");
    assertRegion(5, 0, 10, 10, layout.place(0).region());
    assertRegion(35, 30, 10, 10, layout.place(15).region());
  }

  @Test
  void tilesComeBeforeTheWholePicture() {
    PictureLayout layout = layout("smolvlm");
    assertEquals(2, layout.tileRows());
    assertEquals(2, layout.tileColumns());
    TokenPlace upperRight = layout.place(16);
    assertEquals(1, upperRight.tile());
    assertRegion(25, 0, 6.25, 5, upperRight.region());
    TokenPlace whole = layout.place(64);
    assertEquals(4, whole.tile());
    assertTrue(layout.tiles().get(4).whole());
    assertRegion(0, 0, 12.5, 10, whole.region());
    assertEquals(64, layout.firstToken(4));
  }

  @Test
  void everyPictureIsCoveredOnceByItsTokens() {
    for (String family : new String[] {"paligemma", "idefics3", "gemma3_vision", "qwen2_vl"}) {
      PictureLayout layout = layout(family);
      double area = 0;
      for (int t = 0; t < layout.tokens(); t++) {
        Region region = layout.place(t).region();
        area += region.width() * region.height();
      }
      assertEquals(50 * 40, area, 1e-6, family);
    }
  }

  /** A grid of 4 × 6 patches in 2 × 2 blocks. */
  @Test
  void blocksOfPatchesAreUndone() {
    PictureTile tile = layout("qwen2_vl").tiles().get(0);
    assertEquals(0, tile.patchAt(0));
    assertEquals(1, tile.patchAt(1));
    assertEquals(6, tile.patchAt(2));
    assertEquals(7, tile.patchAt(3));
    assertEquals(2, tile.patchAt(4));
    assertEquals(12, tile.patchAt(12));
    assertEquals(23, tile.patchAt(23));
  }

  @Test
  void tokensBehindTheLastAreAnError() {
    PictureLayout layout = layout("llava");
    assertThrows(IndexOutOfBoundsException.class, () -> layout.place(16));
  }

  @Test
  void regionsAreCutAtTheEdge() {
    Region cut = new Region(-5, 30, 10, 20).within(50, 40);
    assertRegion(0, 30, 5, 10, cut);
    assertTrue(new Region(60, 0, 5, 5).within(50, 40).isEmpty());
  }
}
