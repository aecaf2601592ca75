package dev.headlight.analysis.sinks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.attention.ScoreRule;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is kept of a map answers every length as that map cut there. */
class HeadColumnsTest {
  private static final int T = 60;

  private interface Row {
    float[] weights(int query);
  }

  private static KeptHead kept(ScoreRule rule, double floor, Row row) {
    HeadColumns columns = new HeadColumns(T, 3, floor, rule);
    for (int q = 0; q < T; q++) {
      float[] weights = row.weights(q);
      int visible = columns.visible(q, 0, T);
      columns.add(q, 0, visible, weights, Entropies.direct(weights, visible));
    }
    return columns.finish();
  }

  private static float[] uniform(int query) {
    float[] row = new float[T];
    for (int k = 0; k <= query; k++) {
      row[k] = 1f / (query + 1);
    }
    return row;
  }

  @Test
  void uniformRowsGiveTheClosedFormsAtEveryLength() {
    KeptHead head = kept(UniformAttention.CAUSAL, 0.1, HeadColumnsTest::uniform);
    for (int length = 10; length <= T; length++) {
      for (int key = 0; key < 3; key++) {
        assertEquals(UniformAttention.columnMean(length, key), head.mean(key, length), 1e-6);
      }
      assertEquals(UniformAttention.entropy(length), head.entropies()[length - 1], 1e-5);
    }
    assertTrue(Float.isNaN(head.mean(2, 2)));
    assertEquals(UniformAttention.columnMean(T, 40), head.columns()[40], 1e-6);
  }

  @Test
  void anyThresholdAndLengthFindTheKeysOfTheCutMap() {
    Random random = new Random(5);
    float[][] map = new float[T][];
    for (int q = 0; q < T; q++) {
      map[q] = new float[T];
      double sum = 0;
      for (int k = 0; k <= q; k++) {
        // Two keys draw more than others, one only for a while.
        double pull = k == 7 ? 12 : k == 20 && q < 45 ? 9 : 1;
        map[q][k] = (float) (pull * random.nextDouble());
        sum += map[q][k];
      }
      for (int k = 0; k <= q; k++) {
        map[q][k] /= (float) sum;
      }
    }
    KeptHead head = kept(UniformAttention.CAUSAL, 0.1, q -> map[q]);
    int found = 0;
    for (int length = 10; length <= T; length++) {
      for (int key = 1; key < length; key++) {
        double sum = 0;
        for (int q = key; q < length; q++) {
          sum += map[q][key];
        }
        double mean = sum / (length - key);
        boolean sink = mean > 0.12 && key <= length - LaterSink.LEAST_ROWS;
        float kept = at(head.later(), key, length);
        assertEquals(sink, kept > 0.12, "key " + key + " of " + length);
        if (sink) {
          assertEquals(mean, kept, 1e-6);
          found++;
        }
      }
    }
    assertTrue(found > 50, "found " + found);
  }

  private static float at(List<KeptHead.Later> later, int key, int length) {
    float most = 0;
    for (KeptHead.Later l : later) {
      if (l.key() == key && l.at(length) > most) {
        most = l.at(length);
      }
    }
    return most;
  }

  /** A head that attends to itself would have sinks at its end, which few rows see. */
  @Test
  void keysThatFewRowsSeeAreNoSinks() {
    KeptHead head =
        kept(
            UniformAttention.CAUSAL,
            0.2,
            q -> {
              float[] row = new float[T];
              row[q] = 1;
              return row;
            });
    assertEquals(List.of(), head.later());
    assertEquals(1f / 3, head.columns()[T - 3], 1e-6);
    assertEquals(0, head.entropies()[T - 1], 0);
  }

  @Test
  void memoryOfLocalHeadsStaysNearTheLength() {
    KeptHead head =
        kept(
            UniformAttention.CAUSAL,
            0.1,
            q -> {
              float[] row = new float[T];
              row[Math.max(0, q - 1)] = 1;
              return row;
            });
    int numbers = head.later().stream().mapToInt(l -> l.means().length).sum();
    assertTrue(numbers <= 2 * T, "kept " + numbers);
  }

  @Test
  void columnsUnderAWindowAreMeansOfTheRowsThatSeeThem() {
    ScoreRule window = new ScoreRule(true, 10);
    KeptHead head =
        kept(
            window,
            0.05,
            q -> {
              float[] row = new float[T];
              int visible = UniformAttention.visible(q, T, window);
              for (int k = window.firstKey(q); k <= q; k++) {
                row[k] = 1f / visible;
              }
              return row;
            });
    assertEquals(0.1, head.columns()[30], 1e-6);
    assertEquals(UniformAttention.columnMean(40, 0, window), head.mean(0, 40), 1e-6);
  }

  @Test
  void encodersHaveOneLength() {
    ScoreRule both = new ScoreRule(false, 0);
    KeptHead head =
        kept(
            both,
            0.01,
            q -> {
              float[] row = new float[T];
              java.util.Arrays.fill(row, 1f / T);
              return row;
            });
    assertTrue(Float.isNaN(head.mean(0, T - 1)));
    assertEquals(1.0 / T, head.mean(0, T), 1e-7);
    assertEquals(T - 1, head.later().size());
  }
}
