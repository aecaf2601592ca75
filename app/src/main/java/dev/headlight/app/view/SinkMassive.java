package dev.headlight.app.view;

import dev.headlight.analysis.sinks.MassiveActivation;
import dev.headlight.app.engine.SinkMeasured;
import dev.headlight.app.workbench.SinkInsides;
import dev.headlight.app.workbench.SinkInsides.Massive;
import dev.headlight.app.workbench.SinkState;
import dev.headlight.renderer.Ticks;
import java.util.List;
import java.util.Locale;
import javafx.geometry.HPos;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;

/** The largest numbers of the residual stream. */
final class SinkMassive extends SinkSection {
  private static final int MOST = 12;
  private static final String ABOUT =
      "|x| > 100 and at least 1,000 times the median |x| of its layer, in the residual stream that"
          + " enters a block; of successive layers the largest value. Sun et al. 2024, Massive"
          + " Activations in Large Language Models.";

  private final SinkState state;
  private final GridPane table = new GridPane();
  private final Label caption = caption("");

  SinkMassive(SinkState state) {
    super("Massive activations", "", ABOUT);
    this.state = state;
    table.setHgap(14);
    table.setVgap(4);
    for (int i = 0; i < 4; i++) {
      ColumnConstraints column = new ColumnConstraints();
      column.setHalignment(i == 0 ? HPos.LEFT : HPos.RIGHT);
      column.setHgrow(i == 1 ? Priority.ALWAYS : Priority.NEVER);
      table.getColumnConstraints().add(column);
    }
    getChildren().addAll(table, caption);
    state.measured.addListener((o, old, now) -> update());
    update();
  }

  private void update() {
    table.getChildren().clear();
    SinkMeasured now = state.measured.get();
    if (now == null || now.sequence().isEmpty()) {
      caption.setText(now == null ? "" : "The prompt has fewer than ten tokens.");
      return;
    }
    SinkInsides insides = new SinkInsides(now.model().spec(), now.sequence().orElseThrow());
    List<Massive> rows = insides.massive();
    MassiveActivation peak = insides.peak();
    caption.setText(
        rows.isEmpty()
            ? "None: |x| > 100 and 1,000 × the median. The largest entry is %s, %s × the median, entering layer %d at %d “%s”, dimension %d."
                .formatted(
                    Ticks.label(peak.value()),
                    Ticks.label(peak.ratio()),
                    peak.layer(),
                    peak.position(),
                    now.prompt().label(peak.position()),
                    peak.dimension())
            : rows.size() > MOST ? "The %d largest of %d.".formatted(MOST, rows.size()) : "");
    Ui.show(table, !rows.isEmpty());
    table.addRow(
        0,
        Ui.label("layers", "caption"),
        Ui.label("position", "caption"),
        Ui.label("dim", "caption"),
        Ui.label("value", "caption"));
    for (int i = 0; i < Math.min(MOST, rows.size()); i++) {
      Massive row = rows.get(i);
      table.addRow(
          i + 1,
          Ui.label(row.layers()),
          Ui.token("%d “%s”".formatted(row.position(), now.prompt().label(row.position()))),
          Ui.figure(Integer.toString(row.dimension())),
          Ui.figure(String.format(Locale.ROOT, "%,.0f", row.value())));
    }
  }
}
