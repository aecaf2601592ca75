package dev.headlight.analysis.vision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.image.PatchGrid;
import dev.headlight.analysis.image.PictureLayout;
import dev.headlight.analysis.image.PictureTile;
import dev.headlight.analysis.image.Region;
import dev.headlight.analysis.job.Progress;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageShareTest {
  /** One word, four patches, three words. */
  private static final ImageSpan SPAN = ImageSpan.of(8, 1, new PatchGrid(2, 2));

  @Test
  void spanTellsTextFromPicture() {
    assertEquals(5, SPAN.behind());
    assertArrayEquals(new int[] {0, 5, 6, 7}, SPAN.text());
    assertArrayEquals(new int[] {5, 6, 7}, SPAN.textBehind());
    assertTrue(SPAN.isImage(4));
    assertFalse(SPAN.isImage(5));
    assertEquals(10, SPAN.lengthened(10).length());
    assertThrows(IllegalArgumentException.class, () -> ImageSpan.of(4, 1, new PatchGrid(2, 2)));
  }

  @Test
  void tilesOfALayoutBecomeParts() {
    Region all = new Region(0, 0, 4, 4);
    PictureTile first = new PictureTile(0, 0, all, 4, 2, 2, 1, 0, false);
    PictureTile whole = new PictureTile(-1, -1, all, 4, 4, 2, 1, 1, false);
    PictureLayout layout = new PictureLayout(4, 4, 1, 1, List.of(first, whole));
    ImageSpan span = ImageSpan.of(12, new int[][] {{1, 2, 4, 5, 6, 7, 8}}, List.of(layout));
    assertEquals(2, span.parts().size());
    assertArrayEquals(new int[] {1, 2}, span.parts().get(0).positions());
    // The class token in front of the second tile shows no place.
    assertArrayEquals(new int[] {5, 6, 7, 8}, span.parts().get(1).positions());
    assertEquals(7, span.image().length);
  }

  /** Uniform causal rows i: 1/(i+1) for each of i+1 keys. */
  @Test
  void uniformAttentionHasClosedForms() {
    ImageShare share = ImageShare.of(new FixedMaps(8, true), 2, 3, SPAN, Progress.NONE);
    double words = (4 / 6.0 + 4 / 7.0 + 4 / 8.0) / 3;
    double patches = (1 / 2.0 + 2 / 3.0 + 3 / 4.0 + 4 / 5.0) / 4;
    for (int cell = 0; cell < 6; cell++) {
      assertEquals(words, share.textToImage().data()[cell], 1e-6);
      assertEquals(1 - words, share.textToText().data()[cell], 1e-6);
      assertEquals(patches, share.imageToImage().data()[cell], 1e-6);
      assertEquals(1 - patches, share.imageToText().data()[cell], 1e-6);
    }
    double onImage = 3 * words + 4 * patches;
    assertEquals(onImage / (8 - onImage), share.yopo().data()[0], 1e-6);
    assertEquals(words, share.stages().textToImage()[1], 1e-6);
    assertEquals(patches, share.stages().imageToImage()[0], 1e-6);
    assertEquals(1 - words, share.stages().textToText()[0], 1e-6);
  }

  @Test
  void aHeadThatLooksAtThePictureAloneIsOne() {
    float[][] map = new float[8][8];
    for (int q = 0; q < 8; q++) {
      map[q][q == 0 ? 0 : 1] = 1;
    }
    FixedMaps maps = new FixedMaps(8, true).with(0, 1, map);
    ImageShare share = ImageShare.of(maps, 1, 2, SPAN, Progress.NONE);
    assertEquals(1, share.textToImage().data()[1], 1e-6);
    assertEquals(0, share.textToText().data()[1], 1e-6);
    assertEquals(7, share.yopo().data()[1], 1e-5);
    float mean = (share.textToImage().data()[0] + 1) / 2;
    assertEquals(mean, share.stages().textToImage()[0], 1e-6);
  }

  @Test
  void withoutTextBehindThereIsNothingToAverage() {
    ImageSpan span = ImageSpan.of(5, 1, new PatchGrid(2, 2));
    ImageShare share = ImageShare.of(new FixedMaps(5, true), 1, 1, span, Progress.NONE);
    assertTrue(Float.isNaN(share.textToImage().data()[0]));
  }
}
