package dev.headlight.renderer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ColorMapTest {

  @ParameterizedTest
  @CsvSource({
    "viridis,440154,fde725",
    "magma,000004,fcfdbf",
    "inferno,000004,fcffa4",
    "plasma,0d0887,f0f921",
    "cividis,00224e,fee838",
    "blues,f7fbff,08306b"
  })
  void endsAreThePublishedOnes(String name, String low, String high) {
    ColorMap map = ColorMap.named(name);
    assertEquals("ff" + low, Integer.toHexString(map.argb(0)));
    assertEquals("ff" + high, Integer.toHexString(map.argb(1)));
  }

  @Test
  void positionsAreClamped() {
    ColorMap map = ColorMap.viridis();
    assertEquals(map.argb(0), map.argb(-3));
    assertEquals(map.argb(1), map.argb(7));
  }

  @Test
  void unknownNamesAreRefusedWithTheKnownOnes() {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> ColorMap.named("jet"));
    assertTrue(error.getMessage().contains("viridis"), error.getMessage());
  }

  @ParameterizedTest
  @EnumSource(Theme.class)
  void noEffectHasTheColourOfThePanel(Theme theme) {
    int[] table = ColorMap.diverging(theme).toArray();
    assertEquals(theme.panel(), table[128]);
    assertEquals(theme.negative(), table[0]);
    assertEquals(theme.positive(), table[255]);
    assertTrue((table[255] & 255) > (table[255] >> 16 & 255), "positive is blue");
    assertTrue((table[0] >> 16 & 255) > (table[0] & 255), "negative is red");
  }

  @ParameterizedTest
  @EnumSource(Theme.class)
  void maskedIsNoColourOfAnyMap(Theme theme) {
    for (String name : ColorMap.sequentialNames()) {
      Set<Integer> colours = new HashSet<>();
      for (int argb : ColorMap.named(name).toArray()) {
        colours.add(argb);
      }
      assertTrue(!colours.contains(theme.masked()), name);
    }
    assertNotEquals(theme.masked(), theme.panel());
  }
}
