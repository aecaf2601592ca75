package dev.headlight.app.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class DistributionTest {
  private static Distribution of(double... probabilities) {
    float[] logits = new float[probabilities.length];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) (Math.log(probabilities[i]) + 100);
    }
    return new Distribution(logits);
  }

  @Test
  void probabilitiesSumToOneWhateverTheOffset() {
    Distribution d = of(0.5, 0.3, 0.2);
    assertEquals(0.5, d.probability(0), 1e-5);
    assertEquals(1, d.probability(0) + d.probability(1) + d.probability(2), 1e-12);
  }

  @Test
  void topIsInFallingOrder() {
    assertEquals(List.of(2, 0, 3), of(0.3, 0.05, 0.45, 0.2).top(3));
    assertEquals(List.of(0, 1), of(0.7, 0.3).top(5));
  }

  @Test
  void divergenceIsThatOfTheFormula() {
    Distribution p = of(0.5, 0.5);
    Distribution q = of(0.25, 0.75);
    double expected = 0.5 * Math.log(0.5 / 0.25) + 0.5 * Math.log(0.5 / 0.75);
    assertEquals(expected, p.divergence(q), 1e-5);
    assertEquals(0, p.divergence(p));
    assertTrue(q.divergence(p) > 0);
  }
}
