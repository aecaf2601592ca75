package dev.headlight.analysis.run;

import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.ModelSpec;
import java.util.Collection;
import java.util.List;

/** Makes many sets of interventions ready, running the unchanged prompts that they need once. */
public final class Preparer {
  private final ModelSpec spec;
  private final RunRequest sequences;
  private final Baselines baselines;

  /**
   * Runs what the changes need.
   *
   * @param sequences the prompts that they will be made to
   * @param changes all of them
   * @throws dev.headlight.analysis.HeadlightException when a prompt or a site does not fit the
   *     model
   */
  public Preparer(
      Runner runner, RunRequest sequences, Collection<Intervention> changes, Progress progress) {
    this(runner, sequences, Substitutes.OWN, changes, progress);
  }

  /** The same, with heads' outputs taken from these substitutes. */
  public Preparer(
      Runner runner,
      RunRequest sequences,
      Substitutes substitutes,
      Collection<Intervention> changes,
      Progress progress) {
    spec = runner.spec();
    this.sequences = sequences;
    baselines = new UnchangedRuns(runner, sequences, substitutes, changes, progress);
  }

  /**
   * Makes changes ready.
   *
   * @param sequence index of the prompt
   * @throws dev.headlight.analysis.HeadlightException when one does not fit the model or the prompt
   */
  public PreparedEdits prepare(List<Intervention> changes, int sequence) {
    int length = sequences.sequences().get(sequence).length;
    return new PreparedEdits(Edits.of(changes, spec, length, sequence, baselines));
  }
}
