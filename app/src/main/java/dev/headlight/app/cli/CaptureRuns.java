package dev.headlight.app.cli;

import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.Intervention.Ablate;
import dev.headlight.analysis.run.Intervention.InTower;
import dev.headlight.analysis.run.Intervention.LowRank;
import dev.headlight.analysis.run.Intervention.Mode;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The runs of a request, one sequence at a time so that only one is in memory, unless a change
 * needs to see all sequences.
 */
final class CaptureRuns implements Iterator<Run> {
  private final Model model;
  private final RunRequest request;
  private final Progress progress;
  private Iterator<Run> together;
  private int next;

  CaptureRuns(Model model, RunRequest request, Progress progress) {
    this.model = model;
    this.request = request;
    this.progress = progress;
  }

  @Override
  public boolean hasNext() {
    return next < request.sequences().size();
  }

  @Override
  public Run next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    int count = request.sequences().size();
    Progress part = progress.part((double) next / count, (next + 1.0) / count);
    Run run = acrossSequences(request) ? together() : model.run(request.only(next), part).get(0);
    next++;
    return run;
  }

  /** Whether all runs are in memory together. */
  static boolean acrossSequences(RunRequest request) {
    return request.interventions().stream()
        .map(change -> change instanceof InTower in ? in.change() : change)
        .anyMatch(
            change ->
                change instanceof LowRank
                    || (change instanceof Ablate ablate
                        && (ablate.mode() == Mode.MEAN || ablate.mode() == Mode.RESAMPLE)));
  }

  private Run together() {
    if (together == null) {
      together = model.run(request, progress).iterator();
    }
    return together.next();
  }
}
