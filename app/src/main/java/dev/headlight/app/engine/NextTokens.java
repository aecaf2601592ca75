package dev.headlight.app.engine;

import java.util.List;

/**
 * What the model would write after a position.
 *
 * @param position the token it would follow
 * @param candidates the most probable first
 */
public record NextTokens(int position, List<Candidate> candidates) {
  /**
   * A token that may come next.
   *
   * @param id of the vocabulary
   * @param label its readable label
   * @param probability 0 to 1
   */
  public record Candidate(int id, String label, double probability) {}

  /** Copies the list. */
  public NextTokens {
    candidates = List.copyOf(candidates);
  }
}
