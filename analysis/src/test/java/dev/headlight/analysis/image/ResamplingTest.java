package dev.headlight.analysis.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResamplingTest {
  private static final int[][] SIZES = {{31, 17}, {120, 20}, {131, 23}, {40, 97}, {137, 104}};

  /** Shrunk, grown, columns first, and along one side only; the references are Pillow's own. */
  @Test
  void equalsPillowToTheBit() {
    Picture photo = Pictures.read("photo.png");
    for (Resampling resampling : Resampling.values()) {
      for (int[] size : SIZES) {
        String name =
            "%s-%dx%d.png".formatted(resampling.name().toLowerCase(Locale.ROOT), size[0], size[1]);
        Picture expected = Pictures.read(name);
        assertArrayEquals(expected.rgb(), resampling.resize(photo, size[0], size[1]).rgb(), name);
      }
    }
  }

  @Test
  void sameSizeIsTheSamePicture() {
    Picture photo = Pictures.read("photo.png");
    assertSame(photo, Resampling.BICUBIC.resize(photo, photo.width(), photo.height()));
  }

  @Test
  void oneColourStaysOneColour() {
    Picture grey = Picture.blank(37, 21, 12, 200, 255);
    for (Resampling resampling : Resampling.values()) {
      Picture small = resampling.resize(grey, 5, 64);
      assertArrayEquals(Picture.blank(5, 64, 12, 200, 255).rgb(), small.rgb(), resampling.name());
    }
  }

  @Test
  void onePixelFillsAnySize() {
    Picture pixel = Picture.blank(1, 1, 9, 8, 7);
    assertArrayEquals(
        Picture.blank(7, 3, 9, 8, 7).rgb(), Resampling.LANCZOS.resize(pixel, 7, 3).rgb());
  }

  @Test
  void numbersArePils() {
    assertEquals(Optional.of(Resampling.BICUBIC), Resampling.of(3));
    assertEquals(Optional.empty(), Resampling.of(6));
  }
}
