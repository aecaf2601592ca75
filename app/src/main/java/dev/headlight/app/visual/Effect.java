package dev.headlight.app.visual;

import dev.headlight.analysis.run.Intervention;
import java.util.List;

/**
 * What a change does to what the model says of a picture.
 *
 * @param name of the change
 * @param changes what was done; empty where there was nothing to do
 * @param token the token or class that is read, as people see it
 * @param before its probability without the change (a score of two towers where {@code score})
 * @param after with it
 * @param top the most probable token or class with the change; empty for a score
 * @param text what the model writes with it; empty where it writes nothing
 * @param baseline what it writes without
 * @param score whether the numbers are scores
 * @param note why there was nothing to do, else empty
 */
public record Effect(
    String name,
    List<Intervention> changes,
    String token,
    double before,
    double after,
    String top,
    String text,
    String baseline,
    boolean score,
    String note) {
  /** Copies the list. */
  public Effect {
    changes = List.copyOf(changes);
  }

  /** Whether the model would say something else. */
  public boolean differs() {
    return !top.equals(token) || !text.equals(baseline);
  }
}
