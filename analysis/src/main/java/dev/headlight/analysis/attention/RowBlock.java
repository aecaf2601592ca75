package dev.headlight.analysis.attention;

/**
 * A block of rows of a layer's attention.
 *
 * @param row0 position of the first query
 * @param row1 one past the last query
 * @param key0 position of the first key
 * @param key1 one past the last key
 * @param head0 query head of the first slice
 * @param heads number of query heads
 * @param rule which keys are visible
 */
public record RowBlock(
    int row0, int row1, int key0, int key1, int head0, int heads, ScoreRule rule) {
  /** Number of queries. */
  public int rows() {
    return row1 - row0;
  }

  /** Number of keys. */
  public int keys() {
    return key1 - key0;
  }

  /** Index of a head's slice, or -1 when the block does not hold it. */
  public int slice(int head) {
    return head >= head0 && head < head0 + heads ? head - head0 : -1;
  }
}
