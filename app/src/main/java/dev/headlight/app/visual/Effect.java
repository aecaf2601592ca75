package dev.headlight.app.visual;

import dev.headlight.analysis.run.Intervention;
import java.util.List;

/**
 * What a change does to what the model says of a picture.
 *
 * @param change that was asked for
 * @param changes what was done; empty where there was nothing to do
 * @param token the token or class that is read, as people see it
 * @param before its probability without the change (a score of two towers where {@code score})
 * @param after with it
 * @param top the most probable token or class with the change; empty for a score
 * @param kl KL(unchanged ‖ changed) of the next token or class, in nats; NaN for a score
 * @param baseline what the model writes without the change; nothing where it writes nothing
 * @param written what it writes with it
 * @param score whether the numbers are scores
 * @param same whether every number that was read is bit by bit that of the unchanged pass
 * @param note why there was nothing to do, else empty
 */
public record Effect(
    VisualChange change,
    List<Intervention> changes,
    String token,
    double before,
    double after,
    String top,
    double kl,
    Written baseline,
    Written written,
    boolean score,
    boolean same,
    String note) {
  /** Copies the list. */
  public Effect {
    changes = List.copyOf(changes);
  }

  /** The same with what is written. */
  Effect with(Written before, Written now) {
    return new Effect(
        change, changes, token, this.before, after, top, kl, before, now, score, same, note);
  }

  /** Whether the model writes something else. */
  public boolean differs() {
    return !written.text().equals(baseline.text());
  }

  /** Whether something was done, and nothing came of it. */
  public boolean nothing() {
    return !changes.isEmpty() && same && !differs();
  }
}
