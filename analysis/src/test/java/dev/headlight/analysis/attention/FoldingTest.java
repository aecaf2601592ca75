package dev.headlight.analysis.attention;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.run.Tensor;
import dev.headlight.analysis.text.TokenSpans;
import dev.headlight.analysis.text.Tokens;
import dev.headlight.analysis.text.TokensForTests;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FoldingTest {
  private static final float NAN = Float.NaN;

  /** A map that is given cell by cell. */
  private record Given(int length, float... cells) implements AttentionWeights {
    @Override
    public Tensor weights(int row0, int row1, int col0, int col1) {
      float[] tile = new float[(row1 - row0) * (col1 - col0)];
      for (int i = 0; i < tile.length; i++) {
        int width = col1 - col0;
        tile[i] = cells[(row0 + i / width) * length + col0 + i % width];
      }
      return new Tensor(tile, row1 - row0, col1 - col0);
    }

    @Override
    public Tensor pooled(int side) {
      throw new UnsupportedOperationException();
    }
  }

  private static Given causal(int length) {
    float[] cells = new float[length * length];
    Arrays.fill(cells, NAN);
    for (int q = 0; q < length; q++) {
      for (int k = 0; k <= q; k++) {
        cells[q * length + k] = 2f * (k + 1) / ((q + 1) * (q + 2));
      }
    }
    return new Given(length, cells);
  }

  /** The words "ab" and "cd", two letters each a token. */
  private static TokenSpans pairs() {
    return TokenSpans.words(FoldingTest.tokens());
  }

  private static Tokens tokens() {
    return TokensForTests.of("a", "b", " c", "d");
  }

  @Test
  void toASpanIsASumOfASpanIsAMean() {
    Given map =
        new Given(
            4, 1, NAN, NAN, NAN, 0.25f, 0.75f, NAN, NAN, 0.5f, 0.25f, 0.25f, NAN, 0.1f, 0.2f, 0.3f,
            0.4f);
    Tensor folded = Folding.fold(map, pairs(), 0, Progress.NONE);
    assertArrayEquals(new int[] {2, 2}, folded.shape());
    assertArrayEquals(
        new float[] {1, NAN, (0.75f + 0.3f) / 2, (0.25f + 0.7f) / 2}, folded.data(), 1e-6f);
  }

  @Test
  void rowsStillSumToOne() {
    float[] folded = Folding.fold(causal(4), pairs(), 0, Progress.NONE).data();
    assertEquals(1, folded[0], 1e-6);
    assertTrue(Float.isNaN(folded[1]));
    assertEquals(1, folded[2] + folded[3], 1e-6);
  }

  @Test
  void theFirstKeyCanBeLeftOut() {
    Given map = causal(4);
    float[] all = Folding.fold(map, pairs(), 0, Progress.NONE).data();
    float[] without = Folding.fold(map, pairs(), 1, Progress.NONE).data();
    float first = (map.cells()[8] + map.cells()[12]) / 2;
    assertEquals(all[2] - first, without[2], 1e-6);
    assertEquals(all[3], without[3]);
  }

  @Test
  void singleSpansChangeNothing() {
    Given map = causal(7);
    assertArrayEquals(
        map.cells(), Folding.fold(map, TokenSpans.single(7), 0, Progress.NONE).data(), 0);
  }

  @Test
  void spansOfAnotherPromptAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Folding.fold(causal(3), TokenSpans.single(4), 0, Progress.NONE));
  }

  @Test
  void meanIsTakenOverTheHeadsThatSeeACell() {
    Given a = new Given(2, 1, NAN, 0.5f, 0.5f);
    Given b = new Given(2, 1, NAN, NAN, 1);
    MeanMap mean = new MeanMap(List.of(a, b), Progress.NONE);
    assertArrayEquals(new float[] {1, NAN, 0.5f, 0.75f}, mean.weights().data(), 1e-6f);
    assertThrows(IllegalArgumentException.class, () -> new MeanMap(List.of(), Progress.NONE));
  }

  @Test
  void overviewOfAMeanIsTheLargestOfTheMeans() {
    Given a = causal(5);
    float[] turned = a.cells().clone();
    for (int q = 0; q < 5; q++) {
      for (int k = 0; k <= q; k++) {
        turned[q * 5 + k] = a.cells()[q * 5 + q - k];
      }
    }
    MeanMap mean = new MeanMap(List.of(a, new Given(5, turned)), Progress.NONE);
    float[] exact = mean.weights().data();
    float[] pooled = mean.pooled(3).data();
    for (int cell = 0; cell < 9; cell++) {
      float best = NAN;
      for (int i = 0; i < 25; i++) {
        boolean inside = i / 5 / 2 == cell / 3 && i % 5 / 2 == cell % 3;
        best = inside && !(best >= exact[i]) && !Float.isNaN(exact[i]) ? exact[i] : best;
      }
      assertEquals(best, pooled[cell]);
    }
  }
}
