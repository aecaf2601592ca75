package dev.headlight.app.workbench;

import dev.headlight.analysis.job.Job;
import dev.headlight.app.engine.MapOf;
import dev.headlight.app.engine.ModelHost;
import dev.headlight.app.engine.RunSnapshot;
import dev.headlight.app.job.JobRunner;
import dev.headlight.app.job.LatestOnly;

/** Keeps the exact part of a long prompt's map in step with what a pane wants of it. */
final class TileAnswers {
  private final Workbench w;
  private final ModelHost host;
  private final LatestOnly latest;

  TileAnswers(Workbench workbench, ModelHost host, JobRunner runner) {
    this.w = workbench;
    this.host = host;
    this.latest = new LatestOnly(runner);
    w.wanted.addListener((o, old, now) -> ask());
    w.head.addListener((o, old, now) -> forget());
    w.mean.addListener((o, old, now) -> forget());
    w.run.addListener((o, old, now) -> w.wanted.set(null));
  }

  private void forget() {
    w.tile.set(null);
    ask();
  }

  private void ask() {
    CellRange r = w.wanted.get();
    RunSnapshot run = w.run.get();
    MapOf of = w.shown();
    if (r == null || run == null || of == null) {
      latest.cancel(this);
      w.tile.set(null);
      return;
    }
    latest.submit(
        this,
        Job.of(
            "Part of " + of,
            p -> host.tile(run.id(), of, r.row0(), r.row1(), r.column0(), r.column1())),
        w.tile::set,
        e -> w.notice.set(Notice.of(e)));
  }
}
