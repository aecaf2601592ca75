package dev.headlight.app.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.run.Head;
import dev.headlight.renderer.Matrix;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AlignmentTest {
  private static final int GAP = Alignment.GAP;

  @Test
  void sharedIdsStandInOneColumn() {
    Alignment both = Alignment.of(new int[] {1, 2, 3, 5}, new int[] {1, 9, 3, 4, 5});
    assertArrayEquals(new int[] {0, 1, GAP, 2, GAP, 3}, both.a());
    assertArrayEquals(new int[] {0, GAP, 1, 2, 3, 4}, both.b());
    assertEquals(3, both.shared());
    assertEquals(3, both.columnOfA(2));
    assertEquals(GAP, both.columnOfA(4));
  }

  @Test
  void promptBesideItselfHasNoGaps() {
    Alignment same = Alignment.of(new int[] {7, 7, 8}, new int[] {7, 7, 8});
    assertArrayEquals(Alignment.same(3).a(), same.a());
    assertArrayEquals(Alignment.same(3).b(), same.b());
  }

  @Test
  void nothingInCommonLeavesOnlyGaps() {
    Alignment none = Alignment.of(new int[] {1, 2}, new int[] {3});
    assertEquals(3, none.length());
    assertEquals(0, none.shared());
    assertEquals(1, Alignment.of(new int[] {}, new int[] {3}).length());
  }

  /** Against the plain recurrence, on prompts of few different ids. */
  @Test
  void noLongerSubsequenceExists() {
    Random random = new Random(1);
    for (int round = 0; round < 200; round++) {
      int[] a = random.ints(random.nextInt(9), 0, 3).toArray();
      int[] b = random.ints(random.nextInt(9), 0, 3).toArray();
      Alignment both = Alignment.of(a, b);
      assertEquals(longest(a, b, a.length, b.length), both.shared());
      assertEquals(a.length + b.length - both.shared(), both.length());
      int nextA = 0;
      int nextB = 0;
      for (int column = 0; column < both.length(); column++) {
        int inA = both.a()[column];
        int inB = both.b()[column];
        assertTrue(inA == GAP || inA == nextA++);
        assertTrue(inB == GAP || inB == nextB++);
        assertTrue(inA == GAP || inB == GAP || a[inA] == b[inB]);
      }
    }
  }

  private static int longest(int[] a, int[] b, int i, int j) {
    if (i == 0 || j == 0) {
      return 0;
    }
    return a[i - 1] == b[j - 1]
        ? longest(a, b, i - 1, j - 1) + 1
        : Math.max(longest(a, b, i - 1, j), longest(a, b, i, j - 1));
  }

  @Test
  void differenceIsOfSharedCellsOnly() {
    Matrix a = Matrix.of(2, 2, new float[] {1, Float.NaN, 0.25f, 0.75f});
    Matrix b =
        Matrix.of(
            3,
            3,
            new float[] {1, Float.NaN, Float.NaN, 0.5f, 0.5f, Float.NaN, 0.5f, 0.125f, 0.375f});
    Head head = new Head(0, 0);
    Alignment alignment = Alignment.of(new int[] {1, 2}, new int[] {1, 9, 2});
    ComparedMaps maps = ComparedMaps.of(head, a, head, b, alignment);
    assertEquals(0, maps.difference().get(0, 0));
    assertEquals(0.25f, maps.difference().get(2, 0));
    assertEquals(-0.375f, maps.difference().get(2, 2));
    assertTrue(Float.isNaN(maps.difference().get(2, 1)), "A has no such key");
    assertTrue(Float.isNaN(maps.difference().get(1, 1)), "A has no such query");
    assertTrue(Float.isNaN(maps.difference().get(0, 2)), "masked");
    assertEquals(0.125f, maps.b().get(2, 1));
    assertEquals(2 * 3 + 2, maps.largest());
    assertEquals((0.25 + 0.375) / 2 / 2, maps.moved(), 1e-7);
  }
}
