package dev.headlight.app.view;

import dev.headlight.app.engine.RunSnapshot;
import dev.headlight.app.workbench.GridColour;
import dev.headlight.app.workbench.Workbench;
import javafx.beans.binding.Bindings;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** What does every head look at? */
final class HeadsPane extends VBox {
  /** What title, legend and gaps take of the pane's height. */
  private static final double AROUND = 130;

  private final Workbench w;
  private final ColourBar bar = new ColourBar();
  private final Label formula = Ui.label("", "caption");
  private final HeadGrid grid;

  HeadsPane(PaneContext context) {
    this.w = context.workbench();
    this.grid = new HeadGrid(w, context.painter());
    getStyleClass().add("pane");
    ScrollPane scroll = new ScrollPane(grid);
    scroll.setFitToWidth(true);
    scroll.getStyleClass().add("edge-free");
    grid.roomHeight.bind(heightProperty().subtract(AROUND));
    // From what is known before the layout; a binding to the grid's height would lag behind it.
    scroll
        .prefHeightProperty()
        .bind(
            Bindings.createDoubleBinding(
                () -> grid.prefHeight(getWidth() - snappedLeftInset() - snappedRightInset()),
                w.model,
                widthProperty(),
                heightProperty()));
    scroll.setMinHeight(0);
    grid.scrolled.bind(
        Bindings.createDoubleBinding(
            () -> scrolledBy(scroll),
            scroll.vvalueProperty(),
            scroll.viewportBoundsProperty(),
            grid.heightProperty()));
    formula.setWrapText(true);
    VBox content = new VBox(10, scroll, new VBox(6, bar, formula));
    PaneBody body = new PaneBody(context, content, w.stale.and(w.partial.isNull()));
    VBox.setVgrow(body, Priority.ALWAYS);
    getChildren().addAll(header(), body);
    w.run.addListener((o, old, now) -> legend());
    w.gridColour.addListener((o, old, now) -> legend());
    w.scale.addListener((o, old, now) -> legend());
    w.hideSink.addListener((o, old, now) -> legend());
    legend();
  }

  private static double scrolledBy(ScrollPane scroll) {
    double hidden =
        scroll.getContent().getLayoutBounds().getHeight() - scroll.getViewportBounds().getHeight();
    return Math.max(0, Math.round(scroll.getVvalue() * hidden));
  }

  private javafx.scene.Node header() {
    MenuButton colour = Menus.choice(w.gridColour, GridColour.values(), GridColour::title);
    colour.setAccessibleText("What each head's cell shows");
    return Ui.row(8, Ui.label("All heads", "pane-title"), Ui.spacer(), colour);
  }

  private void legend() {
    RunSnapshot run = w.run.get();
    bar.setVisible(run != null);
    formula.setText(run == null ? "" : caption(w.gridColour.get()));
    if (run != null) {
      GridColour colour = w.gridColour.get();
      bar.show(
          GridPainter.legend(run.statistics(), colour, Scales.grid(w)),
          GridPainter.colours(),
          colour.unit());
    }
  }

  private String caption(GridColour colour) {
    String scale = colour == GridColour.MAP ? Scales.grid(w).caption() : "";
    return colour.formula() + (scale.isEmpty() ? "" : ", " + scale);
  }
}
