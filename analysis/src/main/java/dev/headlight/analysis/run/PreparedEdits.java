package dev.headlight.analysis.run;

/**
 * Interventions made ready for one prompt: positions resolved, values from files and other passes
 * at hand. Immutable.
 */
public final class PreparedEdits {
  private final Edits edits;

  PreparedEdits(Edits edits) {
    this.edits = edits;
  }

  Edits edits() {
    return edits;
  }

  /** Where in a pass these changes begin: what lies before is that of the unchanged pass. */
  public Reach reach() {
    return edits.reach();
  }
}
