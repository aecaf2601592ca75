package dev.headlight.analysis.model.family;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class AlibiTest {
  @Test
  void slopesAreThoseOfThePaper() {
    assertEquals(
        List.of(0.5f, 0.25f, 0.125f, 0.0625f, 0.03125f, 0.015625f, 0.0078125f, 0.00390625f),
        ConfigRules.alibiSlopes(8, 8));
    assertEquals(List.of(0.00390625f), ConfigRules.alibiSlopes(1, 8));
  }

  @Test
  void headsThatAreNoPowerOfTwoFillUpFromTheNextHigher() {
    assertEquals(
        List.of(0.25f, 0.0625f, 0.015625f, 0.00390625f, 0.5f, 0.125f),
        ConfigRules.alibiSlopes(6, 8));
  }
}
