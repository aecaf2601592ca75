package dev.headlight.app.view;

import dev.headlight.app.ablation.Part;
import dev.headlight.app.ablation.ReadOn;
import dev.headlight.app.engine.ModelFacts;
import dev.headlight.app.view.pairs.PairBuilder;
import dev.headlight.app.workbench.Workbench;
import java.util.EnumMap;
import java.util.Map;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** What does the model lose without these heads? */
final class AblationPane extends VBox {
  private final Workbench w;
  private final AblationDesk desk;
  private final ScrollPane scroll;
  private final Map<AblationSections, ToggleButton> tabs = new EnumMap<>(AblationSections.class);
  private final Map<AblationSections, PartGrid> views = new EnumMap<>(AblationSections.class);

  /** What is on view. */
  private final ObjectProperty<AblationSections> section =
      new SimpleObjectProperty<>(this, "section", AblationSections.EFFECT);

  AblationPane(PaneContext context) {
    this.w = context.workbench();
    PairBuilder pairs = PairsInPane.builder(context);
    pairs.edit(false);
    this.desk = new AblationDesk(context, pairs.desk());
    new AblationMemory(desk).keep();
    context
        .memory()
        .keep(
            "section",
            () -> section.get() == AblationSections.EFFECT ? "" : section.get().name(),
            text -> section.set(named(text)),
            section);
    scroll = new ScrollPane();
    scroll.getStyleClass().add("edge-free");
    scroll.setFitToWidth(true);
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    scroll.setMinSize(0, 0);
    scroll.viewportBoundsProperty().addListener(o -> room());
    VBox.setVgrow(scroll, Priority.ALWAYS);
    AblationHeader header = new AblationHeader(desk);
    header.setMinWidth(0);
    HBox.setHgrow(header, Priority.ALWAYS);
    Button copy = Ui.tool(new Button("Copy as command"));
    copy.setMinWidth(USE_PREF_SIZE);
    copy.setOnAction(e -> desk.copy(Part.EFFECT));
    VBox top = new VBox(8, new HBox(8, header, copy), new AblationReading(desk, pairs), sections());
    top.getStyleClass().add("ablation-top");
    top.setMinWidth(0);
    VBox content = new VBox(top, scroll);
    content.setMinSize(0, 0);
    getStyleClass().add("ablation-pane");
    setMinSize(0, 0);
    getChildren().add(new AskedBody(context, content, this::message));
    section.addListener(o -> show());
    show();
  }

  private static AblationSections named(String text) {
    for (AblationSections each : AblationSections.values()) {
      if (each.name().equals(text)) {
        return each;
      }
    }
    return AblationSections.EFFECT;
  }

  private Node sections() {
    FlowPane row = new FlowPane(6, 6);
    row.getStyleClass().add("ablation-sections");
    for (AblationSections each : AblationSections.values()) {
      ToggleButton tab = Ui.tool(new ToggleButton(each.title()));
      tab.setTooltip(new Tooltip(each.tip()));
      tab.setOnAction(
          e -> {
            section.set(each);
            tab.setSelected(true);
          });
      tabs.put(each, tab);
      row.getChildren().add(tab);
    }
    return row;
  }

  private void show() {
    AblationSections now = section.get();
    tabs.forEach((each, tab) -> tab.setSelected(each == now));
    PartGrid view =
        views.computeIfAbsent(now, s -> new PartGrid(s.parts(desk).toArray(Node[]::new)));
    scroll.setContent(view);
    scroll.setVvalue(0);
    room();
  }

  private void room() {
    double height = scroll.getViewportBounds().getHeight();
    if (height > 0) {
      views.get(section.get()).setRoom(height);
    }
  }

  /** Why the model cannot be asked, else null. */
  private Node message(ModelFacts facts) {
    if (!facts.spec().hasLogits()) {
      return PaneMessage.empty(
          "This model says nothing",
          facts.name() + " has no vocabulary head, so there is no answer to lose.");
    }
    boolean prompt = desk.state() == null || desk.state().choice().on().equals(ReadOn.PROMPT);
    return w.run.get() == null && prompt
        ? PaneMessage.empty(
            facts.readsText() ? "No prompt" : "No picture",
            (facts.readsText() ? "Write a prompt" : "Add a picture")
                + "; heads are taken away while it is read.")
        : null;
  }

  /** Draws pairs of the indirect-object task and reads metrics on them. */
  void readOnPairs() {
    desk.choose(desk.state().choice().with(ReadOn.PAIRS));
    desk.pairDesk().draw();
  }

  /** Shows a section and asks what its parts show. */
  void ask(String name) {
    section.set(named(name));
    section.get().asked().forEach(desk::run);
  }

  /** What is asked and known. */
  AblationDesk desk() {
    return desk;
  }

  /** What is on view. */
  ObjectProperty<AblationSections> section() {
    return section;
  }

  /** The map of what is taken away one after the other. */
  CellGrid map() {
    return (CellGrid) lookup(".ablation-sweep .cell-grid");
  }

  @Override
  public void requestFocus() {
    Node first = scroll.getContent().lookup(".cell-grid");
    if (first != null) {
      first.requestFocus();
    } else {
      tabs.get(section.get()).requestFocus();
    }
  }
}
