package dev.headlight.analysis.attention;

import java.util.HashMap;
import java.util.Map;

/** Where each token of a prompt stood before. */
final class Earlier {
  private final int[] last;

  Earlier(int[] ids) {
    last = new int[ids.length];
    Map<Integer, Integer> seen = new HashMap<>();
    for (int i = 0; i < ids.length; i++) {
      Integer before = seen.put(ids[i], i);
      last[i] = before == null ? -1 : before;
    }
  }

  /** The nearest earlier position of the token at a position; negative for none. */
  int before(int position) {
    return last[position];
  }
}
