package dev.headlight.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.app.Fixtures;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScreenshotsCommandTest {
  @TempDir private Path folder;

  @Test
  void takesEveryPaneInBothThemes() throws IOException {
    CliRun run =
        CliRun.of(
            "screenshots",
            "--out",
            folder,
            "--model",
            Fixtures.gpt2().location().get(),
            "--sizes",
            "1024x700");
    assertEquals(0, run.code(), run.err());
    for (String pane : new String[] {"heads", "head", "compare", "palette", "keyboard"}) {
      BufferedImage light = picture(pane + "-light-1024x700.png");
      BufferedImage dark = picture(pane + "-dark-1024x700.png");
      assertEquals(1024, light.getWidth());
      assertEquals(700, light.getHeight());
      assertTrue(brightness(light) > 2 * brightness(dark), pane);
    }
    assertNotEquals(
        Files.mismatch(
            folder.resolve("head-light-1024x700.png"),
            folder.resolve("compare-light-1024x700.png")),
        -1);
  }

  private BufferedImage picture(String name) throws IOException {
    return ImageIO.read(folder.resolve(name).toFile());
  }

  /** Mean green, 0 to 255, of every 16th pixel across and down. */
  private static double brightness(BufferedImage image) {
    double sum = 0;
    int count = 0;
    for (int y = 0; y < image.getHeight(); y += 16) {
      for (int x = 0; x < image.getWidth(); x += 16) {
        sum += image.getRGB(x, y) >> 8 & 255;
        count++;
      }
    }
    return sum / count;
  }

  @Test
  void sizesThatAreNoneAreRefused() {
    CliRun run = CliRun.of("screenshots", "--out", folder, "--sizes", "wide");
    assertEquals(3, run.code());
    assertTrue(run.err().contains("1280x800"), run.err());
  }
}
