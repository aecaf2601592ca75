package dev.headlight.analysis.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.headlight.analysis.attention.RowBlock;
import dev.headlight.analysis.attention.ScoreRule;
import dev.headlight.analysis.model.HostMemory;
import java.util.Arrays;

/**
 * Leaves each of some queries the keys with the largest logits; equal ones at the border all stay.
 *
 * @param head query head
 * @param firstRow first query
 * @param end one past the last query
 * @param count how many keys, 1 or more
 */
record StrongestKeys(int head, int firstRow, int end, int count) implements RowEdit {
  @Override
  public void scores(NDArray scores, RowBlock block) {
    int keys = block.keys();
    if (keys <= count) {
      return;
    }
    float[] logits = HostMemory.copy(scores);
    float[] mask = new float[logits.length];
    for (int q = Math.max(firstRow, block.row0()); q < Math.min(end, block.row1()); q++) {
      int at = (q - block.row0()) * keys;
      float[] sorted = Arrays.copyOfRange(logits, at, at + keys);
      Arrays.sort(sorted);
      float least = sorted[keys - count];
      for (int k = 0; k < keys; k++) {
        mask[at + k] = logits[at + k] < least ? ScoreRule.HIDDEN : 0;
      }
    }
    scores.addi(scores.getManager().create(mask, new Shape(block.rows(), keys)));
  }
}
