package dev.headlight.app.view;

import dev.headlight.analysis.retrieval.StreamingSplit;
import dev.headlight.app.retrieval.Findings;
import dev.headlight.app.retrieval.RetrievalExports;
import dev.headlight.app.retrieval.RetrievalFigures;
import dev.headlight.app.retrieval.RetrievalState;
import dev.headlight.renderer.Palette;
import dev.headlight.renderer.Ticks;
import dev.headlight.renderer.ValueScale;
import java.util.stream.IntStream;

/** Which key/value groups need all keys and which do with a window: a proxy in closed form. */
final class RetrievalSplit extends RetrievalPart {
  private static final ValueScale SHARE = ValueScale.of(ValueScale.Kind.LINEAR, 0, 1);

  /** Share of groups that stream, as DuoAttention has it for grouped heads. */
  private static final double SPARSITY = 0.5;

  private final RetrievalDesk desk;
  private final CellGrid cells;
  private final ColourBar bar = new ColourBar();
  private final PaneMessage none =
      PaneMessage.empty("", "Comes with the first needle that is found.");
  private Findings shown;

  RetrievalSplit(RetrievalDesk desk) {
    super("Streaming or retrieval", Ui.label("proxy, not trained", "chip"));
    this.desk = desk;
    this.cells = new CellGrid(desk.workbench().theme);
    below(bar);
    desk.whenChanged(this::update);
    update();
  }

  private void update() {
    RetrievalState state = desk.state();
    if (state == null) {
      return;
    }
    Findings findings = state.findings();
    boolean there = findings != null && findings.result().defined();
    Ui.show(bar, there);
    if (!there) {
      shown = null;
      caption("", "");
      show(none);
    } else if (findings != shown) {
      shown = findings;
      draw(RetrievalExports.split(findings));
    }
  }

  private void draw(StreamingSplit split) {
    int layers = split.groups().length;
    int groups = split.groups()[0].length;
    double[][] values = new double[groups][layers];
    IntStream.range(0, groups * layers)
        .forEach(i -> values[i / layers][i % layers] = split.groups()[i % layers][i / layers]);
    cells.show(
        new CellGrid.Table(
            RetrievalFigures.numbers(groups),
            RetrievalFigures.numbers(layers),
            values,
            SHARE,
            Palette.sequential(desk.workbench().theme.get()).map(),
            null,
            (row, column) ->
                "Layer %d, KV group %d: %s"
                    .formatted(column, row, Ticks.format(values[row][column]))));
    bar.show(SHARE, Palette.sequential(desk.workbench().theme.get()).map(), "");
    caption(
        "Columns: layer · rows: KV group · 0 streaming, 1 retrieval. 1 − weight kept by the first"
            + " %d and last %d keys; half of the groups lie below %s."
                .formatted(
                    split.window().sink(),
                    split.window().recent(),
                    Ticks.format(split.threshold(SPARSITY))),
        Ui.sentence(StreamingSplit.DEFINITION) + ". After Xiao et al. 2024, DuoAttention.");
    show(cells);
  }
}
