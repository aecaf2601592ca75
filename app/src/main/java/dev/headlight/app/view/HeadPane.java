package dev.headlight.app.view;

import dev.headlight.app.export.ExportRequest.Format;
import dev.headlight.app.workbench.Workbench;
import dev.headlight.renderer.ValueScale;
import javafx.beans.binding.Bindings;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** One head: its map or its lines. */
final class HeadPane extends VBox implements Zoomable {
  /** Narrower, the group's name gives way to the buttons; the inspector says it too. */
  private static final double ROOMY = 560;

  /** Narrower, lines and comparison are in menus and keys alone. */
  private static final double NARROW = 440;

  private final Workbench w;
  private final HeatmapView heatmap;

  HeadPane(PaneContext context) {
    this.w = context.workbench();
    this.heatmap = new HeatmapView(w, context.painter());
    LinesView lines = new LinesView(w, context.painter());
    getStyleClass().add("pane");
    lines.visibleProperty().bind(w.lines);
    heatmap.visibleProperty().bind(w.lines.not());
    PaneBody body = new PaneBody(context, new StackPane(heatmap, lines));
    VBox.setVgrow(body, Priority.ALWAYS);
    getChildren().addAll(header(context.actions()), body);
  }

  private Node header(Actions actions) {
    Label title = Ui.bound(w.head.map(Object::toString).orElse(""), "pane-title", "head-title");
    Label group = Ui.label("", "chip");
    group
        .textProperty()
        .bind(Bindings.createStringBinding(() -> HeadWords.group(w), w.head, w.model));
    group
        .visibleProperty()
        .bind(group.textProperty().isNotEmpty().and(widthProperty().greaterThan(ROOMY)));
    group.managedProperty().bind(group.visibleProperty());
    ToggleButton sink = toggle("Hide sink", "Leave out the first token's column (S)");
    sink.selectedProperty().bindBidirectional(w.hideSink);
    ToggleButton line = toggle("Lines", "Draw lines from queries to keys (L)");
    line.selectedProperty().bindBidirectional(w.lines);
    Button compare = compare(actions);
    for (Node rare : new Node[] {line, compare}) {
      rare.visibleProperty().bind(widthProperty().greaterThan(NARROW));
      rare.managedProperty().bind(rare.visibleProperty());
    }
    return Ui.row(8, title, group, Ui.spacer(), sink, scale(), line, compare, export(actions));
  }

  private MenuButton scale() {
    MenuButton scale = Menus.choice(w.scale, ValueScale.Kind.values(), Scales::name);
    CheckMenuItem fit = Menus.check("Limits of this head", w.fitLimits);
    scale.getItems().addAll(new SeparatorMenuItem(), fit);
    scale.setAccessibleText("Colour scale");
    return scale;
  }

  private static Button compare(Actions actions) {
    Button button = Ui.tool(new Button("Compare"));
    button.setTooltip(
        new javafx.scene.control.Tooltip("Compare with another head, prompt or pass (Ctrl+3)"));
    button.setOnAction(e -> actions.openPane("compare"));
    return button;
  }

  private static MenuButton export(Actions actions) {
    MenuButton button = new MenuButton("Export");
    Ui.tool(button);
    button.setAccessibleText("Export this map");
    for (Format format : Format.values()) {
      String text = format == Format.CSV ? "CSV" : format.name() + " figure";
      button.getItems().add(Menus.item(text + " …", "", () -> actions.export(format)));
    }
    return button;
  }

  private static ToggleButton toggle(String text, String help) {
    ToggleButton button = new ToggleButton(text);
    Ui.tool(button);
    button.setTooltip(new javafx.scene.control.Tooltip(help));
    button.setAccessibleText(help);
    return button;
  }

  @Override
  public void zoom(double factor) {
    heatmap.zoom(factor);
  }

  @Override
  public void fit() {
    heatmap.fit();
  }

  @Override
  public void requestFocus() {
    heatmap.requestFocus();
    if (!heatmap.isFocused()) {
      super.requestFocus(); // It is not in sight yet.
    }
  }
}
