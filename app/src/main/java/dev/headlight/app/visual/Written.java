package dev.headlight.app.visual;

import dev.headlight.app.engine.Alignment;
import java.util.List;

/**
 * What a model writes after a prompt.
 *
 * @param ids of the tokens
 * @param pieces what each adds to the text
 * @param text of all
 */
public record Written(int[] ids, List<String> pieces, String text) {
  /** Nothing. */
  public static final Written NOTHING = new Written(new int[0], List.of(), "");

  /** Copies what is mutable. */
  public Written {
    ids = ids.clone();
    pieces = List.copyOf(pieces);
  }

  /** Whether something was written. */
  public boolean any() {
    return ids.length > 0;
  }

  /** For each token whether another text has none that fits to it. */
  public boolean[] differs(Written other) {
    return Alignment.of(other.ids, ids).onlyInB(ids.length);
  }
}
