package dev.headlight.app.view;

import dev.headlight.analysis.text.TextUnit;
import dev.headlight.app.export.ExportRequest.Format;
import dev.headlight.app.workbench.HeadView;
import dev.headlight.app.workbench.Workbench;
import dev.headlight.renderer.ValueScale;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** One head, or the mean of several: its map, its lines, or the text it reads. */
final class HeadPane extends VBox implements Zoomable, HeadTools {
  /** Narrower, the group's name gives way to the buttons; the inspector says it too. */
  private static final double ROOMY = 600;

  /** Narrower, comparison is in menus and keys alone. */
  private static final double NARROW = 480;

  /** Below it the first token's column is left out by its key and the menu alone. */
  private static final double NARROWER = 350;

  private static final double WIDEST = 260;

  private final Workbench w;
  private final HeadView view;
  private final HeatmapView heatmap;
  private final LinesView lines;
  private final TextView text;
  private final StrongSteps strong;
  private final FindBar find;
  private final AverageBar average;

  HeadPane(PaneContext context) {
    this.w = context.workbench();
    this.view = context.headView();
    this.heatmap = new HeatmapView(w, view, context.painter());
    this.lines = new LinesView(w, view.threshold, context.painter());
    this.text = new TextView(w, view);
    this.strong = new StrongSteps(context, view);
    this.find = new FindBar(w, view, strong, this::closeFind);
    this.average = new AverageBar(w);
    CircuitNote circuit = new CircuitNote(context, view);
    getStyleClass().add("pane");
    find.visibleProperty().bind(view.finding);
    find.managedProperty().bind(view.finding);
    lines.visibleProperty().bind(w.lines);
    text.visibleProperty().bind(w.text);
    heatmap.visibleProperty().bind(w.lines.or(w.text).not());
    PaneBody body = new PaneBody(context, new StackPane(heatmap, lines, text));
    VBox.setVgrow(body, Priority.ALWAYS);
    getChildren().addAll(header(context.actions()), average, find, circuit, body);
  }

  private Node header(Actions actions) {
    Label title = Ui.label("", "pane-title", "head-title");
    title
        .textProperty()
        .bind(
            Bindings.createStringBinding(
                () -> w.head.get() == null ? "" : w.mean.get() != null ? "Mean" : w.head.get() + "",
                w.head,
                w.mean));
    title.setMaxWidth(WIDEST);
    title.minWidthProperty().bind(Bindings.when(w.mean.isNull()).then(USE_PREF_SIZE).otherwise(40));
    Label group = Ui.label("", "chip");
    group.setMinWidth(USE_PREF_SIZE);
    group
        .textProperty()
        .bind(Bindings.createStringBinding(() -> HeadWords.group(w), w.head, w.model));
    group
        .visibleProperty()
        .bind(
            group
                .textProperty()
                .isNotEmpty()
                .and(widthProperty().greaterThan(ROOMY))
                .and(w.mean.isNull()));
    group.managedProperty().bind(group.visibleProperty());
    ToggleButton sink = Ui.tool(new ToggleButton("Hide sink"));
    sink.setTooltip(new Tooltip("Leave out the first token's column (S)"));
    sink.setAccessibleText("Leave out the first token's column (S)");
    sink.selectedProperty().bindBidirectional(w.hideSink);
    sink.visibleProperty().bind(widthProperty().greaterThan(NARROWER));
    sink.managedProperty().bind(sink.visibleProperty());
    Button compare = compare(actions);
    compare.visibleProperty().bind(widthProperty().greaterThan(NARROW));
    compare.managedProperty().bind(compare.visibleProperty());
    return Ui.row(8, title, group, Ui.spacer(), sink, scale(), views(), compare, export(actions));
  }

  private MenuButton scale() {
    MenuButton scale = Menus.choice(w.scale, ValueScale.Kind.values(), Scales::name);
    CheckMenuItem fit = Menus.check("Limits of this head (M)", w.fitLimits);
    scale.getItems().addAll(new SeparatorMenuItem(), fit);
    scale.getItems().addAll(Scales.limits(w));
    scale.setAccessibleText("Colour scale");
    return scale;
  }

  /** How the head is drawn. */
  private MenuButton views() {
    MenuButton button = Ui.tool(new MenuButton());
    button.getStyleClass().add("view-menu");
    button.setAccessibleText("How the head is drawn");
    button
        .textProperty()
        .bind(Bindings.createStringBinding(this::viewName, w.lines, w.text, view.unit));
    button.getItems().addAll(HeadMenus.kinds(w));
    button.getItems().add(new SeparatorMenuItem());
    Menus.fill(button.getItems(), view.unit, TextUnit.values(), HeadView::title);
    button
        .getItems()
        .addAll(
            List.of(
                new SeparatorMenuItem(),
                Menus.check("Profiles of query and key (R)", view.profiles),
                average.menu(),
                Menus.check("What its weights say: QK and OV (W)", view.circuit),
                new SeparatorMenuItem(),
                Menus.item("Find a token or a strong cell …", "", this::find)));
    return button;
  }

  private String viewName() {
    if (w.text.get()) {
      return "Text";
    }
    if (w.lines.get()) {
      return "Lines";
    }
    return view.unit.get() == TextUnit.TOKEN ? "Map" : HeadView.title(view.unit.get());
  }

  private static Button compare(Actions actions) {
    Button button = Ui.tool(new Button("Compare"));
    button.setTooltip(new Tooltip("Compare with another head, prompt or pass (Ctrl+3)"));
    button.setOnAction(e -> actions.openPane("compare"));
    return button;
  }

  private static MenuButton export(Actions actions) {
    MenuButton button = new MenuButton("Export");
    Ui.tool(button);
    button.setAccessibleText("Export this map");
    for (Format format : Format.values()) {
      String name = format == Format.CSV ? "CSV" : format.name() + " figure";
      button.getItems().add(Menus.item(name + " …", "", () -> actions.export(format)));
    }
    return button;
  }

  /** How this pane looks at its head. */
  HeadView view() {
    return view;
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
  public void find() {
    view.finding.set(true);
    find.edit();
  }

  private void closeFind() {
    view.find.set("");
    view.finding.set(false);
    requestFocus();
  }

  @Override
  public void findNext(boolean forward) {
    view.goToFound(forward, false);
  }

  @Override
  public void strongCell(int by) {
    strong.step(by);
  }

  @Override
  public void nextUnit() {
    view.unit.set(view.unit.get().next());
  }

  @Override
  public void flipProfiles() {
    view.profiles.set(!view.profiles.get());
  }

  @Override
  public void flipCircuit() {
    view.circuit.set(!view.circuit.get());
  }

  @Override
  public void average() {
    average.edit();
  }

  @Override
  public void requestFocus() {
    Node drawn = w.text.get() ? text : w.lines.get() ? lines : heatmap;
    drawn.requestFocus();
    if (!drawn.isFocused()) {
      super.requestFocus(); // It is not in sight yet.
    }
  }
}
