package dev.headlight.app.workbench;

import dev.headlight.analysis.job.Job;
import dev.headlight.analysis.job.Progress;
import dev.headlight.app.engine.HeadMap;
import dev.headlight.app.engine.MapOf;
import dev.headlight.app.engine.ModelHost;
import dev.headlight.app.engine.RunSnapshot;
import dev.headlight.app.job.JobRunner;
import dev.headlight.app.job.LatestOnly;
import java.util.function.Consumer;
import java.util.function.Function;

/** Keeps map and rows of the selected head in step with a selection, while it is on. */
final class HeadAnswers {
  private enum Ask {
    MAP,
    ROW,
    HOVER
  }

  private final Workbench w;
  private final ModelHost host;
  private final LatestOnly latest;
  private boolean on;

  HeadAnswers(Workbench workbench, ModelHost host, JobRunner runner) {
    this.w = workbench;
    this.host = host;
    this.latest = new LatestOnly(runner);
    w.run.addListener((o, old, now) -> all());
    w.head.addListener((o, old, now) -> all());
    w.query.addListener((o, old, now) -> row());
    w.hover.addListener((o, old, now) -> hover());
  }

  /** Answers from now on, or leaves the answers to another. */
  void on(boolean now) {
    on = now;
    for (Ask ask : Ask.values()) {
      latest.cancel(ask);
    }
    all();
  }

  private void all() {
    if (!on) {
      return;
    }
    w.hoverRow.set(null);
    RunSnapshot run = w.run.get();
    MapOf of = w.shown();
    if (run == null) {
      w.map.set(null);
      w.row.set(null);
    } else if (of != null && !there(run, of)) {
      ask(Ask.MAP, "Map of " + of, p -> host.map(run.id(), of, p), w.map::set);
      row();
    }
  }

  /** The mean of some heads stays when another head is selected. */
  private boolean there(RunSnapshot run, MapOf of) {
    HeadMap map = w.map.get();
    return of.mean() != null && map != null && map.run() == run.id() && map.of().equals(of);
  }

  private void row() {
    RunSnapshot run = w.run.get();
    MapOf of = w.shown();
    int query = w.query.get();
    if (on && run != null && of != null && query >= 0 && query < run.length()) {
      ask(Ask.ROW, "Row of " + of, p -> host.row(run.id(), of, query), w.row::set);
    }
  }

  private void hover() {
    Cell cell = w.hover.get();
    RunSnapshot run = w.run.get();
    MapOf of = w.shown();
    if (!on || cell == null || run == null || of == null || w.readout(cell) != null) {
      return;
    }
    int query = cell.query();
    ask(Ask.HOVER, "Row of " + of, p -> host.row(run.id(), of, query), w.hoverRow::set);
  }

  private <T> void ask(Ask kind, String title, Function<Progress, T> work, Consumer<T> done) {
    latest.submit(kind, Job.of(title, work), done, e -> w.notice.set(Notice.of(e)));
  }
}
