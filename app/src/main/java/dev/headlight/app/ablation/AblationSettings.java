package dev.headlight.app.ablation;

/**
 * What the parts of an ablation pane are asked with beside the common choice.
 *
 * @param length tokens of each text
 * @param draws random orders of curves, by the seeds 0, 1, …
 */
public record AblationSettings(int length, int draws) {
  /** As in a new pane. */
  public static final AblationSettings STANDARD = new AblationSettings(32, 5);

  private static final int MOST = 10_000;

  /** Refuses what is no number of anything. */
  public AblationSettings {
    if (length < 1 || length > MOST || draws < 0 || draws > MOST) {
      throw new IllegalArgumentException(length + " tokens, " + draws + " draws");
    }
  }

  /** With texts of another length. */
  public AblationSettings withLength(int other) {
    return new AblationSettings(other, draws);
  }

  /** With another number of random orders. */
  public AblationSettings withDraws(int other) {
    return new AblationSettings(length, other);
  }
}
