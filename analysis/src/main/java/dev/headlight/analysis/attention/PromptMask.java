package dev.headlight.analysis.attention;

import java.util.BitSet;

/**
 * What a prompt shows and hides beyond the rules of layers.
 *
 * @param open so many first positions see each other whatever their order (PaliGemma's prompt)
 * @param spans number of the picture or window that a position belongs to, 0 for none: the
 *     positions of one see each other, also where a layer's window would hide them (Gemma 3); empty
 *     for none
 * @param apart whether positions see nothing beside their own span (Qwen2.5-VL's tower)
 * @param hidden positions that nobody sees (padding); empty for none
 * @param shown what a change shows besides; {@link Shown#NONE} without
 */
public record PromptMask(int open, int[] spans, boolean apart, boolean[] hidden, Shown shown) {
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
    this(open, spans, false, hidden, Shown.NONE);
  }

  /**
   * Positions that see their own window alone.
   *
   * @param windows number of the window of each position, from 1 on
   */
  public static PromptMask ofWindows(int... windows) {
    return new PromptMask(0, windows, true, new boolean[0], Shown.NONE);
  }

  /** The same with what a change shows. */
  public PromptMask showing(Shown more) {
    return new PromptMask(open, spans, apart, hidden, more);
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
    boolean numbered = query < spans.length && key < spans.length && spans[query] > 0;
    boolean same = numbered && spans[query] == spans[key];
    return opened || same || (ruled && !apart);
  }
}
