package dev.headlight.app.session;

import dev.headlight.analysis.run.Head;
import java.util.Optional;

/**
 * The head and the cell that are looked at.
 *
 * @param head which head, where one is chosen
 * @param query row of the map, or {@link #NONE}
 * @param key column of the map, or {@link #NONE}
 */
public record Selection(Optional<Head> head, int query, int key) {
  /** No row or column is chosen. */
  public static final int NONE = -1;

  /** Nothing chosen. */
  public static Selection none() {
    return new Selection(Optional.empty(), NONE, NONE);
  }

  /** The same head with another cell. */
  public Selection at(int newQuery, int newKey) {
    return new Selection(head, newQuery, newKey);
  }
}
