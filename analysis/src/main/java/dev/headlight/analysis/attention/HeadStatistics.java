package dev.headlight.analysis.attention;

import dev.headlight.analysis.run.Tensor;

/**
 * What a pass knows of every head without keeping its map. Letters: {@code L} layers, {@code H}
 * query heads, {@code T} tokens, {@code S} side of a thumbnail.
 *
 * @param entropy mean over rows of −Σ A ln A, in nats: {@code [L, H]} (methods §13; row 0 of a
 *     causal map, which is always 0, is counted)
 * @param distance mean over rows of Σ A·|query − key|, in tokens: {@code [L, H]}
 * @param firstShare mean over rows of the attention to key 0, row 0 counted (α₀ of "When Attention
 *     Sink Emerges in Language Models"): {@code [L, H]}, 0 to 1
 * @param previousShare mean over rows 1… of the attention to the key before: {@code [L, H]}, 0 to 1
 * @param columnMeans mean attention to a key over the rows that can see it: {@code [L, H, T]}, 0 to
 *     1
 * @param thumbnails the map max-pooled to at most 64 × 64, masked cells NaN: {@code [L, H, S, S]}
 * @param beyondFirst the thumbnails' first column as it is without key 0, NaN where key 0 is all
 *     that it covers: {@code [L, H, S]}
 * @param shares what tells roles apart
 */
public record HeadStatistics(
    Tensor entropy,
    Tensor distance,
    Tensor firstShare,
    Tensor previousShare,
    Tensor columnMeans,
    Tensor thumbnails,
    Tensor beyondFirst,
    RoleShares shares) {

  /** Longest side of a thumbnail, in pixels. */
  public static final int THUMBNAIL = 64;

  /** One head's number out of a {@code [L, H]} table. */
  public static float at(Tensor table, int layer, int head) {
    return table.data()[layer * table.size(1) + head];
  }

  /** One head's thumbnail with key 0 left out, row-major {@code [S, S]}. */
  public Tensor thumbnailBeyondFirst(int layer, int head) {
    Tensor thumbnail = thumbnail(layer, head);
    int side = thumbnail.size(1);
    Tensor column = beyondFirst.slice(layer).slice(head);
    for (int r = 0; r < side; r++) {
      thumbnail.data()[r * side] = column.data()[r];
    }
    return thumbnail;
  }

  /** One head's thumbnail, row-major {@code [S, S]}. */
  public Tensor thumbnail(int layer, int head) {
    return thumbnails.slice(layer).slice(head);
  }
}
