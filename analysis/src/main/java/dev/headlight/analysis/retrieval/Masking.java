package dev.headlight.analysis.retrieval;

import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.Positions;
import java.util.List;

/**
 * Heads that are switched off while episodes are answered. Papers disagree on what that means, so
 * both what happens and when are said.
 *
 * @param heads which
 * @param mode what becomes of them
 * @param when from where on
 */
public record Masking(HeadSet heads, Mode mode, When when) {
  /** Nothing is switched off. */
  public static final Masking NONE = new Masking(new HeadSet(List.of()), Mode.ZERO, When.DECODING);

  /** What becomes of a masked head. */
  public enum Mode {
    /** {@code hook_z = 0}: the head adds nothing. */
    ZERO,
    /** Its attention is even over the visible keys (the eager path of Wu et al. 2024). */
    UNIFORM
  }

  /** From where on a head is masked. */
  public enum When {
    /**
     * From the last token of the prompt on: the keys and values of what stands before are those of
     * the unchanged model (Wu et al. 2024).
     */
    DECODING,
    /** In the whole pass, the prompt included. */
    ALWAYS
  }

  /** Whether nothing is switched off. */
  public boolean none() {
    return heads.terms().isEmpty();
  }

  /** The change to each pass in which the masking is in force. */
  public List<Intervention> changes() {
    Intervention.Mode change =
        mode == Mode.ZERO ? Intervention.Mode.ZERO : Intervention.Mode.UNIFORM;
    return none() ? List.of() : List.of(new Intervention.Ablate(change, heads, Positions.ALL));
  }
}
