package dev.headlight.renderer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.headlight.renderer.ValueScale.Kind;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Exact pictures of the painter, without text. What was painted instead is left in {@code
 * target/golden}; after looking at it, copy it over the reference.
 */
class HeatmapGoldenTest {
  private static final int SIDE = 44;

  /** A causal map from integer arithmetic alone, so that it is the same everywhere. */
  private static Matrix causal() {
    float[] cells = new float[SIDE * SIDE];
    Arrays.fill(cells, Float.NaN);
    for (int query = 0; query < SIDE; query++) {
      int sum = 0;
      int[] score = new int[query + 1];
      for (int key = 0; key <= query; key++) {
        score[key] = 1 + (query * 37 + key * 101) % 17 + (key == 0 ? 150 : 0);
        score[key] += key == query - 22 ? 300 : 0;
        sum += score[key];
      }
      for (int key = 0; key <= query; key++) {
        cells[query * SIDE + key] = (float) score[key] / sum;
      }
    }
    return Matrix.of(SIDE, SIDE, cells);
  }

  private static Matrix signed() {
    float[] cells = new float[SIDE * SIDE];
    for (int i = 0; i < cells.length; i++) {
      int row = i / SIDE;
      int column = i % SIDE;
      cells[i] = column > row ? Float.NaN : ((row * 29 + column * 53) % 41 - 20) / 20f;
    }
    return Matrix.of(SIDE, SIDE, cells);
  }

  private static void check(
      String name, Matrix matrix, Viewport view, ValueScale scale, Palette palette, int side)
      throws IOException {
    int[] argb = HeatmapPainter.paint(matrix, view, scale, palette, side, side);
    try (InputStream in = HeatmapGoldenTest.class.getResourceAsStream("golden/" + name + ".png")) {
      if (in != null) {
        BufferedImage golden = ImageIO.read(in);
        assertEquals(side, golden.getWidth(), name);
        if (Arrays.equals(argb, golden.getRGB(0, 0, side, side, null, 0, side))) {
          return;
        }
      }
    }
    BufferedImage painted = new BufferedImage(side, side, BufferedImage.TYPE_INT_ARGB);
    painted.setRGB(0, 0, side, side, argb, 0, side);
    Path folder = Files.createDirectories(Path.of("target", "golden"));
    ImageIO.write(painted, "png", folder.resolve(name + ".png").toFile());
    fail(name + " differs from its reference; see " + folder.resolve(name + ".png"));
  }

  @Test
  void weightsInTheLight() throws IOException {
    Matrix map = causal();
    Palette palette = Palette.sequential(Theme.LIGHT);
    check("weights-light", map, Viewport.all(map), ValueScale.weights(), palette, 132);
  }

  @Test
  void pooledWeightsWithoutTheSinkInTheDark() throws IOException {
    Matrix map = causal();
    ValueScale scale = ValueScale.fit(Kind.LINEAR, map, true);
    check("pooled-dark", map, Viewport.all(map), scale, Palette.sequential(Theme.DARK), 28);
  }

  @Test
  void aViewBeyondTheEdgeOnALogarithmicScale() throws IOException {
    Viewport view = new Viewport(-2.25, 10.5, 30, 40);
    ValueScale scale = ValueScale.of(Kind.LOG, 1e-3, 1);
    Palette palette = Palette.of(ColorMap.named("cividis"), Theme.LIGHT);
    check("view-log", causal(), view, scale, palette, 96);
  }

  @ParameterizedTest
  @EnumSource(Theme.class)
  void signed(Theme theme) throws IOException {
    Matrix map = signed();
    String name = "signed-" + theme.name().toLowerCase(Locale.ROOT);
    ValueScale scale = ValueScale.signed(Kind.LINEAR, 1);
    check(name, map, Viewport.all(map), scale, Palette.diverging(theme), 88);
  }

  @Test
  void perRow() throws IOException {
    Matrix map = causal();
    Palette palette = Palette.of(ColorMap.named("magma"), Theme.DARK);
    check("per-row", map, Viewport.all(map), ValueScale.perRow(), palette, 88);
  }
}
