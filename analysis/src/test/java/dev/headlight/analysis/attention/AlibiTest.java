package dev.headlight.analysis.attention;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.headlight.analysis.model.Engines;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlibiTest {
  private static final ScoreRule RULE = new ScoreRule(true, 0);

  @Test
  void bf16RoundsToTheNearestAndTiesToEven() {
    assertEquals(1f, Alibi.bf16(1f));
    assertEquals(-0.70703125f, Alibi.bf16((float) -Math.sqrt(0.5)));
    assertEquals(256f, Alibi.bf16(257f), "a tie goes to the even one below");
    assertEquals(260f, Alibi.bf16(259f), "a tie goes to the even one above");
    assertEquals(258f, Alibi.bf16(257.5f));
  }

  @Test
  void distancesAreMeasuredFromTheQuery() {
    Alibi alibi = new Alibi(List.of(0.5f, 0.25f), 1, false);
    try (NDManager manager = Engines.manager()) {
      NDArray terms = alibi.terms(new RowBlock(2, 4, 1, 4, 0, 2, RULE), manager);
      float[] expected = {-0.5f, 0, 0.5f, -1, -0.5f, 0, -0.25f, 0, 0.25f, -0.5f, -0.25f, 0};
      assertArrayEquals(expected, terms.toFloatArray());
    }
  }

  @Test
  void roundedTermsAreThoseOfKeys() {
    float slope = (float) Math.sqrt(0.5);
    Alibi alibi = new Alibi(List.of(1f, slope), 0.5, true);
    try (NDManager manager = Engines.manager()) {
      NDArray terms = alibi.terms(new RowBlock(2, 4, 1, 4, 1, 1, RULE), manager);
      float rounded = Alibi.bf16(slope);
      float[] expected = new float[3];
      for (int key = 1; key < 4; key++) {
        expected[key - 1] = 0.5f * Alibi.bf16(rounded * key);
      }
      assertArrayEquals(expected, terms.toFloatArray());
    }
  }
}
