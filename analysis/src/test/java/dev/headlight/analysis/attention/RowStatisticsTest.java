package dev.headlight.analysis.attention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Closed forms of uniform causal attention. */
class RowStatisticsTest {
  private static final int T = 64;

  private static RowStatistics uniform(int length, int window, boolean withScores) {
    RowStatistics s = new RowStatistics(length, 64, new ScoreRule(true, window));
    for (int q = 0; q < length; q++) {
      int key0 = window > 0 ? Math.max(0, q - window + 1) : 0;
      float[] weights = new float[length - key0];
      Arrays.fill(weights, 0, q - key0 + 1, 1f / (q - key0 + 1));
      float[] scores = new float[length - key0];
      Arrays.fill(scores, ScoreRule.HIDDEN);
      Arrays.fill(scores, 0, q - key0 + 1, 3.5f);
      s.add(q, key0, q - key0 + 1, weights, withScores ? scores : null);
    }
    return s;
  }

  @Test
  void columnMeansAreHarmonic() {
    RowStatistics s = uniform(T, 0, true);
    assertEquals(0.0741, s.columnMean(0), 5e-5);
    assertEquals(0.0217, s.columnMean(31), 5e-5);
    assertEquals(s.columnMean(0), s.firstShare(), 1e-7);
  }

  @Test
  void entropyIsLogFactorialOverLength() {
    assertEquals(3.206, uniform(T, 0, true).entropy(), 5e-4);
    assertEquals(3.206, uniform(T, 0, false).entropy(), 5e-4);
  }

  @Test
  void distanceIsHalfThePosition() {
    // A row at i spreads over distances 0…i, mean i/2; over rows (T − 1)/4.
    assertEquals((T - 1) / 4.0, uniform(T, 0, true).distance(), 1e-4);
    assertEquals((T - 1) / 4.0, uniform(T, 0, false).distance(), 1e-4);
  }

  @Test
  void previousShareSumsInverses() {
    double expected = 0;
    for (int q = 1; q < T; q++) {
      expected += 1.0 / (q + 1);
    }
    assertEquals(expected / (T - 1), uniform(T, 0, true).previousShare(), 1e-6);
  }

  @Test
  void nearKeysOfUniformAttention() {
    RowStatistics s = uniform(T, 0, true);
    double inverses = 0;
    for (int q = RoleShares.NEAR; q < T; q++) {
      inverses += 1.0 / (q + 1);
    }
    for (int d = 0; d < RoleShares.NEAR; d++) {
      assertEquals(inverses / (T - RoleShares.NEAR), s.near(d), 1e-6);
    }
    assertTrue(Double.isNaN(uniform(RoleShares.NEAR, 0, true).near(0)), "no row counts");
    assertEquals(1.0 / 8, uniform(T, 8, true).near(7), 1e-6);
    assertEquals(0, uniform(T, 4, true).near(4), 0);
    double kept = 0;
    for (int q = RoleShares.SINK + RoleShares.NEAR; q < T; q++) {
      kept += 12.0 / (q + 1);
    }
    assertEquals(kept / (T - 12), uniform(T, 0, true).streamingShare(), 1e-6);
    assertEquals(1, uniform(T, 8, true).streamingShare(), 1e-6);
    assertTrue(Double.isNaN(uniform(12, 0, true).streamingShare()), "no row counts");
  }

  @Test
  void copiesOfUniformAttention() {
    int[] ids = new int[T];
    Arrays.setAll(ids, i -> i % 16);
    RowStatistics s = new RowStatistics(T, 64, new ScoreRule(true, 0), new Earlier(ids));
    double expected = 0;
    for (int q = 0; q < T; q++) {
      float[] weights = new float[T];
      Arrays.fill(weights, 0, q + 1, 1f / (q + 1));
      s.add(q, 0, q + 1, weights, null);
      int copies = q / 16;
      expected += copies / (q + 1.0);
    }
    assertEquals(expected / (T - 16), s.duplicateShare(), 1e-6);
    assertEquals(expected / (T - 16), s.inductionShare(), 1e-6);
    assertTrue(Double.isNaN(uniform(T, 0, true).inductionShare()), "no tokens are known");
  }

  @Test
  void windowsDivideByTheRowsThatSeeAKey() {
    RowStatistics s = uniform(T, 8, true);
    assertEquals(1.0 / 8, s.columnMean(30), 1e-6);
    assertTrue(s.firstShare() < uniform(T, 0, true).firstShare());
  }

  @Test
  void rowsThatLookBothWaysAreCountedToo() {
    RowStatistics s = new RowStatistics(T, 64, new ScoreRule(false, 0));
    float[] weights = new float[T];
    Arrays.fill(weights, 1f / T);
    for (int q = 0; q < T; q++) {
      s.add(q, 0, T, weights, new float[T]);
    }
    assertEquals(Math.log(T), s.entropy(), 1e-6);
    // Mean |i − k| over a square of side T is (T² − 1) / 3T.
    assertEquals((T * T - 1) / (3.0 * T), s.distance(), 1e-4);
    assertEquals(1.0 / T, s.columnMean(17), 1e-6);
  }

  @Test
  void firstColumnWithoutKeyZeroKeepsItsOtherKeys() {
    RowStatistics s = new RowStatistics(130, 64, new ScoreRule(true, 0));
    for (int q = 0; q < 130; q++) {
      float[] row = new float[130];
      row[0] = 0.75f;
      row[Math.min(q, 2)] += 0.25f;
      s.add(q, 0, q + 1, row, null);
    }
    float[] beyond = new float[s.side()];
    s.beyondFirst(beyond, 0);
    assertEquals(0.25f, beyond[0]);
    assertEquals(0.25f, beyond[20]);
    float[] whole = new float[T];
    uniform(T, 0, true).beyondFirst(whole, 0);
    assertTrue(Float.isNaN(whole[5]), "one key a column: nothing is left of the first");
  }

  @Test
  void thumbnailsKeepTheStrongestCellAndTheMask() {
    RowStatistics s = new RowStatistics(200, 64, new ScoreRule(true, 0));
    for (int q = 0; q < 200; q++) {
      float[] row = new float[200];
      row[q == 150 ? 21 : 0] = 1;
      s.add(q, 0, q + 1, row, null);
    }
    int side = s.side();
    assertEquals(50, side);
    float[] picture = new float[side * side];
    s.thumbnail(picture, 0);
    assertEquals(1, picture[150 / 4 * side + 21 / 4]);
    assertEquals(0, picture[151 / 4 * side + 30 / 4]);
    assertTrue(Float.isNaN(picture[3 * side + 4]));
    float[] beyond = new float[side];
    s.beyondFirst(beyond, 0);
    assertEquals(0, beyond[150 / 4]);
    assertEquals(1, picture[149 / 4 * side]);
    assertEquals(0, picture[3 * side + 3]);
  }
}
