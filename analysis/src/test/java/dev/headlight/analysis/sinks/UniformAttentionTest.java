package dev.headlight.analysis.sinks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.headlight.analysis.attention.ScoreRule;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The closed forms of uniform attention. */
class UniformAttentionTest {
  private static double harmonic(int n) {
    return IntStream.rangeClosed(1, n).mapToDouble(i -> 1.0 / i).sum();
  }

  @Test
  void columnsAreDifferencesOfHarmonicNumbers() {
    assertEquals(0.0741, UniformAttention.columnMean(64, 0), 5e-5);
    assertEquals(0.0217, UniformAttention.columnMean(64, 31), 5e-5);
    for (int key : new int[] {0, 1, 17, 63}) {
      double expected = (harmonic(64) - harmonic(key)) / (64 - key);
      assertEquals(expected, UniformAttention.columnMean(64, key), 1e-12);
    }
  }

  @Test
  void entropyIsTheLogarithmOfTheFactorial() {
    double logFactorial = IntStream.rangeClosed(1, 64).mapToDouble(Math::log).sum();
    assertEquals(logFactorial / 64, UniformAttention.entropy(64), 1e-12);
    assertEquals(3.206, UniformAttention.entropy(64), 5e-4);
  }

  @Test
  void columnsOfAnyMaskSumToTheRows() {
    ScoreRule[] rules = {
      UniformAttention.CAUSAL, new ScoreRule(true, 5), new ScoreRule(false, 0),
    };
    for (ScoreRule rule : rules) {
      double sum = 0;
      for (int key = 0; key < 20; key++) {
        sum += UniformAttention.columnSum(20, key, rule);
      }
      assertEquals(20, sum, 1e-12, rule.toString());
    }
  }

  @Test
  void aWindowLetsAKeyBeSeenBySoManyRows() {
    ScoreRule window = new ScoreRule(true, 5);
    assertEquals(5, UniformAttention.rows(3, 20, window));
    assertEquals(2, UniformAttention.rows(18, 20, window));
    // Rows 8 to 12 see five keys each.
    assertEquals(0.2, UniformAttention.columnMean(20, 8, window), 1e-12);
  }

  @Test
  void theFirstKeysHaveTheLargestShare() {
    assertEquals(harmonic(10) / 10, UniformAttention.topShare(10, 1), 1e-12);
    assertEquals(1, UniformAttention.topShare(10, 10), 1e-12);
    assertEquals(1, UniformAttention.topShare(10, 99), 1e-12);
  }
}
