package dev.headlight.app.workbench;

import dev.headlight.analysis.job.Job;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.run.Head;
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
    Head head = w.head.get();
    if (run == null) {
      w.map.set(null);
      w.row.set(null);
    } else if (head != null) {
      ask(Ask.MAP, "Map of " + head, p -> host.map(run.id(), head), w.map::set);
      row();
    }
  }

  private void row() {
    RunSnapshot run = w.run.get();
    Head head = w.head.get();
    int query = w.query.get();
    if (on && run != null && head != null && query >= 0 && query < run.length()) {
      ask(Ask.ROW, "Row of " + head, p -> host.row(run.id(), head, query), w.row::set);
    }
  }

  private void hover() {
    Cell cell = w.hover.get();
    RunSnapshot run = w.run.get();
    Head head = w.head.get();
    if (!on || cell == null || run == null || w.readout(cell) != null) {
      return;
    }
    int query = cell.query();
    ask(Ask.HOVER, "Row of " + head, p -> host.row(run.id(), head, query), w.hoverRow::set);
  }

  private <T> void ask(Ask kind, String title, Function<Progress, T> work, Consumer<T> done) {
    latest.submit(kind, Job.of(title, work), done, e -> w.notice.set(Notice.of(e)));
  }
}
