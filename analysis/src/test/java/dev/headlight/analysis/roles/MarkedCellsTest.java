package dev.headlight.analysis.roles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.attention.ScoreRule;
import java.nio.FloatBuffer;
import java.util.BitSet;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Closed forms on constructed maps. */
class MarkedCellsTest {
  private static final int T = 16;

  /** Head 0 is uniform, head 1 looks at the token before, head 2 at itself. */
  private static MarkedCells read(ScoreRule rule, int firstKey, IntFunction<BitSet> marks) {
    MarkedCells cells = new MarkedCells(l -> rule, 1, 3, firstKey, marks);
    for (int row0 = 0; row0 < T; row0 += 4) {
      FloatBuffer block = FloatBuffer.allocate(3 * 4 * T);
      for (int r = 0; r < 4; r++) {
        int query = row0 + r;
        int seen = query + 1 - rule.firstKey(query);
        for (int k = rule.firstKey(query); k <= query; k++) {
          block.put(r * T + k, 1f / seen);
        }
        block.put((4 + r) * T + Math.max(0, query - 1), 1);
        block.put((8 + r) * T + query, 1);
      }
      cells.add(0, block, 4, T, row0, 0);
    }
    return cells;
  }

  private static BitSet keys(int... keys) {
    BitSet set = new BitSet();
    for (int key : keys) {
      set.set(key);
    }
    return set;
  }

  @Test
  void uniformAttentionHasTheUniformMass() {
    ScoreRule causal = new ScoreRule(true, 0);
    MarkedCells cells = read(causal, 0, q -> q == 9 || q == 1 ? keys(4, 8) : new BitSet());
    assertEquals(2.0 / 10, cells.uniform()[0], 1e-12, "query 1 sees no marked key");
    assertEquals(2.0 / 10, cells.mass()[0], 1e-7);
    assertEquals(1, cells.mass()[1], 0);
    assertEquals(0, cells.mass()[2], 0);
    assertTrue(cells.any());
    assertFalse(read(causal, 0, q -> keys(T)).any());
  }

  @Test
  void whatIsHiddenIsNoCell() {
    MarkedCells windowed = read(new ScoreRule(true, 4), 0, q -> keys(4, 8));
    // Of rows 4…15: 4…7 see key 4, 8…11 see key 8, alone in windows of 4.
    assertEquals((8 - 1 + 1) * 0.25 / 8, windowed.uniform()[0], 1e-12);
    MarkedCells noFirst = read(new ScoreRule(true, 0), 1, q -> keys(0));
    assertFalse(noFirst.any());
  }

  @Test
  void aMapCorrelatesFullyWithItsOwnDrawing() {
    MarkedCells cells = read(new ScoreRule(true, 0), 0, q -> keys(Math.max(0, q - 1)));
    assertEquals(1, cells.correlation()[1], 1e-6);
    assertTrue(cells.correlation()[2] < 0.2);
    assertTrue(cells.correlation()[0] < 0.6);
    assertEquals(1, cells.mass()[1], 1e-7);
  }

  @Test
  void drawingsAreStretched() {
    IntFunction<BitSet> over = DrawnPattern.parse("./#./.#.").over(9);
    assertEquals(new BitSet(), over.apply(2));
    assertEquals(keys(0, 1, 2), over.apply(3));
    assertEquals(keys(3, 4, 5), over.apply(8));
  }

  @Test
  void overlapIsOneForEqualMapsAndNoneForOthers() {
    Overlap overlap = new Overlap(3, 1, 1);
    float[][] maps = {{1, 0, 0, 1}, {1, 0, 0, 1}, {1, 0, 1, 0}};
    FloatBuffer block = FloatBuffer.allocate(12);
    for (float[] map : maps) {
      block.put(map);
    }
    overlap.add(0, block, 2, 2, 0);
    assertEquals(0.5, overlap.of(0)[0], 1e-12, "equal to one of two others");
    assertEquals(0, overlap.of(2)[0], 1e-12);
  }
}
