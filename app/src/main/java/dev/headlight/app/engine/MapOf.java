package dev.headlight.app.engine;

import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;

/**
 * What a map is of: one head, or the mean of several.
 *
 * @param head the head; null for a mean
 * @param mean the heads that are averaged; null for one head
 */
public record MapOf(Head head, HeadSet mean) {
  /** One head. */
  public static MapOf of(Head head) {
    return new MapOf(head, null);
  }

  /** The mean of several heads. */
  public static MapOf mean(HeadSet heads) {
    return new MapOf(null, heads);
  }

  @Override
  public String toString() {
    return mean == null ? String.valueOf(head) : "Mean of " + mean;
  }
}
