package dev.headlight.app.view;

import dev.headlight.analysis.job.Job;
import dev.headlight.app.engine.HeadMap;
import dev.headlight.app.workbench.Cell;
import dev.headlight.app.workbench.HeadView;
import dev.headlight.app.workbench.StrongCells;
import dev.headlight.app.workbench.Workbench;
import java.util.Locale;
import javafx.beans.InvalidationListener;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/** Goes from one strong cell of the map to the next weaker or stronger one. */
final class StrongSteps {
  private final PaneContext context;
  private final Workbench w;
  private final HeadView view;
  private final ReadOnlyStringWrapper note = new ReadOnlyStringWrapper("");

  /** Cells of {@link #map}; null until they are asked for. */
  private StrongCells cells;

  private PlotMap map;

  /** The block of an overview that was gone to last. */
  private Cell block;

  StrongSteps(PaneContext context, HeadView view) {
    this.context = context;
    this.w = context.workbench();
    this.view = view;
    InvalidationListener forget = o -> forget();
    w.map.addListener(forget);
    view.folded.addListener(forget);
    view.threshold.addListener(forget);
    w.hideSink.addListener(forget);
  }

  private void forget() {
    cells = null;
    block = null;
    note.set("");
    context.painter().cancel(this);
  }

  /** Which cell of how many. */
  ReadOnlyStringProperty note() {
    return note.getReadOnlyProperty();
  }

  /**
   * Goes on.
   *
   * @param by 1 to the next weaker cell, −1 to the next stronger one
   */
  void step(int by) {
    if (cells != null) {
      go(by);
      return;
    }
    map = PlotMap.of(w, view);
    if (map == null) {
      return;
    }
    double least = view.threshold.get();
    boolean hide = w.hideSink.get();
    PlotMap of = map;
    context
        .painter()
        .submit(
            this,
            Job.of("Strong cells", p -> StrongCells.of(of.map().cells(), least, hide)),
            found -> {
              cells = found;
              go(by);
            },
            Density::rethrow);
  }

  private void go(int by) {
    boolean pooled = !map.map().exact();
    Cell now = w.key.get() < 0 ? null : map.of(new Cell(w.query.get(), w.key.get()));
    int at = cells.next(pooled ? block : now, by);
    String least = String.format(Locale.ROOT, "%.2f", view.threshold.get());
    if (at < 0) {
      note.set("none of at least " + least);
      return;
    }
    int all = cells.cells().size() + cells.leftOut();
    note.set("%,d of %,d".formatted(at + 1, all) + (pooled ? " blocks" : ""));
    Cell chosen = cells.cells().get(at);
    if (pooled) {
      block = chosen;
      enter(chosen);
    } else {
      w.lock(map.tokens(chosen));
    }
  }

  /** The strongest cell of a block of the overview, read exactly. */
  private void enter(Cell of) {
    HeadMap overview = map.map();
    int size = overview.block();
    int length = map.length();
    int row = of.query() * size;
    int column = of.key() * size;
    boolean hide = w.hideSink.get();
    context.ask(
        this,
        "Cells of a block",
        (host, p) ->
            host.tile(
                overview.run(),
                overview.of(),
                row,
                Math.min(length, row + size),
                column,
                Math.min(length, column + size)),
        tile -> {
          StrongCells inside =
              StrongCells.of(tile.cells(), Double.MIN_VALUE, hide && tile.column0() == 0);
          if (!inside.cells().isEmpty()) {
            Cell best = inside.cells().get(0);
            w.lock(new Cell(tile.row0() + best.query(), tile.column0() + best.key()));
          }
        });
  }
}
