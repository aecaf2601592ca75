package dev.headlight.app.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.renderer.ColorMap;
import dev.headlight.renderer.Theme;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text can be read and scales can be told apart, with any kind of sight (WCAG 2.1, 1.4.3). */
class ColoursOfTextTest {
  private static final double READABLE = 4.5;
  private static final double VISIBLE = 3;

  private static Map<String, Integer> colours(String sheet) throws IOException {
    try (InputStream in = ColoursOfTextTest.class.getResourceAsStream(sheet)) {
      String css = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Map<String, Integer> colours = new HashMap<>();
      Matcher each = Pattern.compile("-hl-([\\w-]+): #([0-9a-f]{6})").matcher(css);
      while (each.find()) {
        colours.put(each.group(1), Integer.parseInt(each.group(2), 16));
      }
      return colours;
    }
  }

  /** Relative luminance of an sRGB colour, 0 to 1. */
  private static double luminance(int rgb) {
    return 0.2126 * linear(rgb >> 16 & 255)
        + 0.7152 * linear(rgb >> 8 & 255)
        + 0.0722 * linear(rgb & 255);
  }

  private static double linear(int channel) {
    double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
  }

  private static double contrast(int a, int b) {
    double one = luminance(a);
    double other = luminance(b);
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  }

  @Test
  void contrastIsThatOfTheStandard() {
    assertEquals(21, contrast(0xffffff, 0x000000), 1e-9);
    assertEquals(4.54, contrast(0x767676, 0xffffff), 0.005);
  }

  @ParameterizedTest
  @ValueSource(strings = {"light.css", "dark.css"})
  void textStandsOutFromWhatItIsOn(String sheet) throws IOException {
    Map<String, Integer> colours = colours(sheet);
    for (String text : List.of("text", "dim", "accent")) {
      for (String ground : List.of("panel", "ground", "chip", "accent-ground")) {
        check(sheet, colours, text, ground, READABLE);
      }
    }
    check(sheet, colours, "bad", "bad-ground", READABLE);
    check(sheet, colours, "bad", "panel", READABLE);
    check(sheet, colours, "good", "panel", READABLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"light.css", "dark.css"})
  void focusRingsAndIconsAreVisible(String sheet) throws IOException {
    Map<String, Integer> colours = colours(sheet);
    check(sheet, colours, "accent", "panel", VISIBLE);
    check(sheet, colours, "accent", "ground", VISIBLE);
    check(sheet, colours, "faint", "panel", VISIBLE);
  }

  private static void check(
      String sheet, Map<String, Integer> colours, String over, String ground, double least) {
    double found = contrast(colours.get(over), colours.get(ground));
    assertTrue(found >= least, "%s: %s on %s %.2f".formatted(sheet, over, ground, found));
  }

  @Test
  void sequentialScalesGetLighterOrDarkerAllTheWay() {
    for (String name : ColorMap.sequentialNames()) {
      int[] table = ColorMap.named(name).toArray();
      double direction = Math.signum(luminance(table[255]) - luminance(table[0]));
      for (int i = 16; i < table.length; i++) {
        double step = luminance(table[i]) - luminance(table[i - 16]);
        assertTrue(direction * step > 0, name + " at " + i);
      }
    }
  }

  /** Red and blue are told apart even without colour vision by which side of 0 is which hue. */
  @Test
  void signedScalesLeaveZeroToThePanel() {
    for (Theme theme : new Theme[] {Theme.LIGHT, Theme.DARK}) {
      int[] table = ColorMap.diverging(theme).toArray();
      assertEquals(theme.panel(), table[128]);
      assertTrue(contrast(table[0], table[128]) >= VISIBLE, theme + " negative");
      assertTrue(contrast(table[255], table[128]) >= VISIBLE, theme + " positive");
    }
  }
}
