package dev.headlight.app.view;

import dev.headlight.app.engine.SinkMeasured;
import dev.headlight.app.job.LatestOnly;
import dev.headlight.app.workbench.SinkInsides;
import dev.headlight.app.workbench.SinkInsides.Quantity;
import dev.headlight.app.workbench.SinkInsides.Sizes;
import dev.headlight.app.workbench.SinkState;
import dev.headlight.app.workbench.Workbench;
import dev.headlight.renderer.figure.Plot;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javafx.beans.InvalidationListener;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;

/** How large the first token is inside, beside the others, layer by layer. */
final class SinkSizes extends SinkSection {
  private static final String ABOUT =
      "‖x‖ entering each block (the last: leaving the blocks), ‖k‖ after rotation, ‖v‖; the first"
          + " token of the prompt beside the median of the others. Sinks have a large stream, and"
          + " small keys and values: Gu et al. 2024; Sun et al. 2024, Massive Activations.";

  private final SinkState state;
  private final ObjectProperty<Quantity> quantity =
      new SimpleObjectProperty<>(this, "quantity", Quantity.RESIDUAL);
  private final ToggleButton log = Ui.tool(new ToggleButton("log"));
  private final PlotView plot;
  private final Label caption = caption("");

  SinkSizes(Workbench w, SinkState state, LatestOnly painter, ObservableValue<Number> height) {
    super("Size inside", "", ABOUT);
    this.state = state;
    this.plot = new PlotView(painter, w.theme);
    plot.prefHeightProperty().bind(height);
    plot.setMinHeight(USE_PREF_SIZE);
    log.setSelected(true);
    log.setTooltip(new Tooltip("Logarithmic axis"));
    tools(choice(quantity, Quantity.values(), Quantity::title, "What is measured"), log);
    getChildren().addAll(plot, caption);
    InvalidationListener update = o -> update();
    state.measured.addListener(update);
    quantity.addListener(update);
    log.selectedProperty().addListener(update);
    update();
  }

  private void update() {
    SinkMeasured now = state.measured.get();
    if (now == null || now.sequence().isEmpty()) {
      plot.show(null);
      caption.setText(now == null ? "" : "The prompt has fewer than ten tokens.");
      return;
    }
    SinkInsides insides = new SinkInsides(now.model().spec(), now.sequence().orElseThrow());
    plot.show(curves(insides.sizes(quantity.get())));
    boolean groups = quantity.get() != Quantity.RESIDUAL;
    caption.setText(
        "%s of this prompt%s"
            .formatted(quantity.get().sign(), groups ? ", mean over KV groups" : ""));
  }

  private Plot curves(Sizes sizes) {
    double[] first = sizes.first();
    double[] others = sizes.others();
    double[] layers = IntStream.range(0, first.length).asDoubleStream().toArray();
    return new Plot(
        Plot.Axis.linear("layer", 0, Math.max(1, first.length - 1)),
        Plot.Axis.around(quantity.get().sign(), log.isSelected(), first, others),
        List.of(
            new Plot.Series("others, median", layers, others, Plot.Role.REFERENCE),
            new Plot.Series("first token", layers, first, Plot.Role.MAIN)));
  }

  /** The curves, for export. */
  Optional<Plot> figure() {
    return Optional.ofNullable(plot.plot());
  }
}
