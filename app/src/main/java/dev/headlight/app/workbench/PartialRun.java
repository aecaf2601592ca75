package dev.headlight.app.workbench;

import dev.headlight.analysis.attention.HeadStatistics;
import dev.headlight.analysis.cost.CostEstimate;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.run.LayerListener;
import dev.headlight.analysis.text.Tokens;
import dev.headlight.app.job.JobRunner;
import java.util.function.Supplier;

/** Shows the layers of a slow pass while it runs; a quick one is over before anything is shown. */
final class PartialRun implements LayerListener {
  private static final long EVERY_NANOS = 250_000_000;

  private final Progress progress;
  private final JobRunner runner;
  private final Workbench w;
  private final Tokens tokens;
  private long shown = System.nanoTime();

  PartialRun(Progress progress, JobRunner runner, Workbench workbench, Tokens tokens) {
    this.progress = progress;
    this.runner = runner;
    this.w = workbench;
    this.tokens = tokens;
  }

  @Override
  public void layer(int layer, Supplier<HeadStatistics> soFar) {
    if (progress.cancelled() || System.nanoTime() - shown < EVERY_NANOS) {
      return;
    }
    HeadStatistics statistics = soFar.get();
    shown = System.nanoTime();
    runner.tell(() -> show(statistics));
  }

  /** Says what the pass will cost. */
  void expected(CostEstimate cost) {
    runner.tell(
        () -> {
          if (awaited()) {
            w.expected.set(cost.text());
          }
        });
  }

  private void show(HeadStatistics statistics) {
    if (awaited()) {
      w.partial.set(statistics);
    }
  }

  /** Unless the prompt has changed or the whole pass has arrived since. */
  private boolean awaited() {
    boolean wanted = !progress.cancelled() && tokens.equals(w.tokens.get());
    boolean arrived = w.run.get() != null && tokens.equals(w.run.get().tokens());
    return wanted && !arrived;
  }
}
