package dev.headlight.analysis.attention;

import java.util.BitSet;

/**
 * What a prompt shows and hides beyond the rules of layers.
 *
 * @param open so many first positions see each other whatever their order (PaliGemma's prompt)
 * @param spans number of the picture that a position belongs to, 0 for none: the positions of a
 *     picture see each other, also where a window would hide them (Gemma 3); empty for none
 * @param hidden positions that nobody sees (padding); empty for none
 * @param shown what a change shows besides; {@link Shown#NONE} without
 */
public record PromptMask(int open, int[] spans, boolean[] hidden, Shown shown) {
  /**
   * Keys that queries see whatever their order.
   *
   * @param queries which see
   * @param keys which are seen
   */
  public record Shown(BitSet queries, BitSet keys) {
    /** Shows nothing. */
    public static final Shown NONE = new Shown(new BitSet(), new BitSet());

    boolean has(int query, int key) {
      return queries.get(query) && keys.get(key);
    }
  }

  /** Shows and hides nothing. */
  public static final PromptMask NONE = new PromptMask(0, new int[0], new boolean[0]);

  /** Without a change. */
  public PromptMask(int open, int[] spans, boolean[] hidden) {
    this(open, spans, hidden, Shown.NONE);
  }

  /** The same with what a change shows. */
  public PromptMask showing(Shown more) {
    return new PromptMask(open, spans, hidden, more);
  }

  /** Whether nothing is shown or hidden. */
  public boolean none() {
    return open == 0 && spans.length == 0 && hidden.length == 0 && shown.queries().isEmpty();
  }

  /**
   * Whether a query sees a key.
   *
   * @param ruled what the layer's rule says
   */
  boolean visible(int query, int key, boolean ruled) {
    if (key < hidden.length && hidden[key]) {
      return false;
    }
    boolean opened = (query < open && key < open) || shown.has(query, key);
    boolean same = query < spans.length && key < spans.length && spans[query] > 0;
    return ruled || opened || (same && spans[query] == spans[key]);
  }
}
