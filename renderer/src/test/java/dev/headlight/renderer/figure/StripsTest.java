package dev.headlight.renderer.figure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.renderer.HeatmapPainter;
import dev.headlight.renderer.Matrix;
import dev.headlight.renderer.Palette;
import dev.headlight.renderer.Theme;
import dev.headlight.renderer.ValueScale;
import dev.headlight.renderer.Viewport;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A PNG is drawn and written strip by strip; nobody may see where the strips meet. */
class StripsTest {
  private static Matrix random(int rows, int columns) {
    Random random = new Random(rows * 31L + columns);
    float[] cells = new float[rows * columns];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = random.nextFloat();
    }
    return Matrix.of(rows, columns, cells);
  }

  @Test
  void stripsMakeTheWholePicture() {
    List<String> labels = List.of("When", "␣漢字", "g\u0000", "Mary", "<s>", "a", "longer");
    HeatmapFigure figure =
        HeatmapFigure.builder(random(7, 7))
            .labels(labels, labels)
            .title("L1H2")
            .mark(3, 4)
            .style(FigureStyle.page().withDpi(60))
            .build();
    Drawing drawing = Drawing.of(figure);
    Java2dSurface surface = new Java2dSurface(drawing.width(), drawing.height(), 60);
    int width = surface.width();
    int height = surface.height();
    int[] whole = pixels(surface.strip(drawing, 0, height));
    for (int y = 0; y < height; y += 37) {
      int to = Math.min(height, y + 37);
      int[] strip = pixels(surface.strip(drawing, y, to));
      assertArrayEquals(Arrays.copyOfRange(whole, y * width, to * width), strip, "from line " + y);
    }
  }

  private static int[] pixels(BufferedImage image) {
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }

  @ParameterizedTest
  @EnumSource(ValueScale.Kind.class)
  void linesOfAMapAreLinesOfItsPicture(ValueScale.Kind kind) {
    for (int[] shape : new int[][] {{3, 5}, {400, 90}, {64, 300}}) {
      Matrix matrix = random(shape[0], shape[1]);
      Viewport view = Viewport.all(matrix);
      ValueScale scale = ValueScale.fit(kind, matrix, false);
      Palette palette = Palette.sequential(Theme.LIGHT);
      int[] whole = HeatmapPainter.paint(matrix, view, scale, palette, 120, 101);
      for (int from = 0; from < 101; from += 10) {
        int to = Math.min(101, from + 10);
        int[] lines = HeatmapPainter.paintLines(matrix, view, scale, palette, 120, 101, from, to);
        assertArrayEquals(Arrays.copyOfRange(whole, from * 120, to * 120), lines);
      }
    }
  }

  @Test
  void linesOutsideThePictureAreRefused() {
    Matrix matrix = random(2, 2);
    Palette palette = Palette.sequential(Theme.LIGHT);
    assertThrows(
        IndexOutOfBoundsException.class,
        () ->
            HeatmapPainter.paintLines(
                matrix, Viewport.all(matrix), ValueScale.weights(), palette, 5, 5, 3, 6));
  }

  @Test
  void thePngReadsAsItWasDrawn() throws IOException {
    int width = 301;
    int height = 700;
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(5);
    for (int i = 0; i < width * height; i++) {
      image.setRGB(i % width, i / width, random.nextInt());
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Png png = new Png(out, width, height, 300, Map.of("Title", "漢"))) {
      for (int y = 0; y < height; y += 100) {
        BufferedImage strip = new BufferedImage(width, 100, BufferedImage.TYPE_INT_RGB);
        strip.createGraphics().drawImage(image, 0, -y, null);
        png.lines(strip);
      }
    }
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(out.toByteArray()));
    assertArrayEquals(pixels(image), pixels(read));
  }

  @Test
  void aPngThatLacksLinesHasNoEnd() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Png png = new Png(out, 10, 10, 0, Map.of())) {
      png.lines(new BufferedImage(10, 9, BufferedImage.TYPE_INT_RGB));
    }
    assertTrue(out.size() > 0);
    assertEquals(
        -1,
        new String(out.toByteArray(), java.nio.charset.StandardCharsets.ISO_8859_1)
            .indexOf("IEND"));
  }
}
