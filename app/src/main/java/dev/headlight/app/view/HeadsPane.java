package dev.headlight.app.view;

import dev.headlight.app.workbench.ArrangedHeads;
import dev.headlight.app.workbench.GridColour;
import dev.headlight.app.workbench.GridOrder;
import dev.headlight.app.workbench.HeadArrangement;
import dev.headlight.app.workbench.Workbench;
import javafx.beans.InvalidationListener;
import javafx.beans.binding.Bindings;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** What does every head look at? */
final class HeadsPane extends VBox implements Zoomable {
  /** Narrower, the title gives way; the tab says it too. */
  private static final double ROOMY = 350;

  private final Workbench w;
  private final PaneContext context;
  private final ArrangedHeads arranged;
  private final HeadActions actions;
  private final Label count = Ui.label("", "chip");
  private final HeadGrid grid;
  private final ScoreLegend legend;
  private final GroupBar groups;

  HeadsPane(PaneContext context) {
    this.context = context;
    this.w = context.workbench();
    this.arranged = new ArrangedHeads(w);
    this.actions = new HeadActions(w);
    this.grid = new HeadGrid(w, arranged, context.painter());
    this.legend = new ScoreLegend(w);
    this.groups = new GroupBar(w, actions);
    getStyleClass().add("pane");
    FilterField filter = new FilterField(w, arranged);
    GridColumn content = new GridColumn(grid, new VBox(GridColumn.GAP, legend, groups));
    PaneBody body = new PaneBody(context, content, w.stale.and(w.partial.isNull()));
    VBox.setVgrow(body, Priority.ALWAYS);
    HBox.setHgrow(filter, Priority.ALWAYS);
    HBox filters = Ui.row(8, filter, count);
    filters.setAlignment(Pos.TOP_LEFT);
    HBox.setMargin(count, new Insets(5, 0, 0, 0));
    getChildren().addAll(header(), filters, body);
    addEventHandler(KeyEvent.KEY_TYPED, this::typed);
    follow();
  }

  private void follow() {
    legend.follow(new ScoreMeasuring(context, arranged, legend::update));
    InvalidationListener update = o -> legend.update();
    w.run.addListener(update);
    w.partial.addListener(update);
    w.model.addListener(update);
    w.gridColour.addListener(update);
    w.measured.addListener(update);
    w.scale.addListener(update);
    w.fitLimits.addListener(update);
    w.hideSink.addListener(update);
    w.theme.addListener(update);
    legend.update();
    InvalidationListener read = o -> read();
    grid.hovered.addListener(read);
    w.head.addListener(read);
    w.run.addListener(read);
    w.measured.addListener(read);
    arranged.heads().addListener((o, old, now) -> count(now));
    count(arranged.heads().get());
    read();
  }

  private void read() {
    legend.read(grid.hovered.get() != null ? grid.hovered.get() : w.head.get());
  }

  private void count(HeadArrangement heads) {
    boolean some = heads != null && !w.headFilter.get().isBlank();
    Ui.show(count, some);
    if (some) {
      int all = w.model.get().spec().layers() * w.model.get().spec().heads();
      count.setText(heads.matching().size() + " of " + all);
    }
  }

  private Node header() {
    Label title = Ui.label("All heads", "pane-title");
    title.setMinWidth(USE_PREF_SIZE);
    title.visibleProperty().bind(widthProperty().greaterThan(ROOMY));
    title.managedProperty().bind(title.visibleProperty());
    MenuButton colour = Menus.choice(w.gridColour, GridColour.values(), GridColour::title);
    colour.setAccessibleText("What each head's cell shows");
    MenuButton order =
        Menus.choice(w.gridOrder, GridOrder.values().toArray(GridOrder[]::new), GridOrder::title);
    order.textProperty().unbind();
    order.textProperty().bind(Bindings.createStringBinding(this::order, w.gridOrder, w.gridColour));
    order.setAccessibleText("In which order the heads stand");
    MenuButton more = Ui.tool(new MenuButton("…"));
    more.setAccessibleText("More about heads");
    more.getItems()
        .addAll(
            Menus.item("Choose all that are shown", "", this::chooseShown),
            Menus.item("Name the chosen heads … (G)", "", groups::name),
            Menus.item("Copy the chosen heads", "", actions::copyHeads),
            Menus.item(
                "Export head groups …", "", () -> actions.exportGroups(context.actions().window())),
            Menus.item("Copy the score as command", "", actions::copyCommand),
            Menus.item("Whole model", "", this::fit));
    return Ui.row(8, title, Ui.spacer(), colour, order, more);
  }

  /** Only the arrow where heads stand in the order of their colours. */
  private String order() {
    GridOrder order = w.gridOrder.get();
    boolean same = order.score().equals(w.gridColour.get().name());
    return same ? order.arrow() : order.title();
  }

  private void chooseShown() {
    if (arranged.heads().get() != null) {
      w.choose(arranged.heads().get().matching());
    }
  }

  /** Typed, not pressed: else the letter would arrive in the field of the name. */
  private void typed(KeyEvent e) {
    boolean plain = !e.isShortcutDown() && !e.isAltDown();
    if (e.getCharacter().equals("g") && plain && grid.isFocused()) {
      groups.name();
      e.consume();
    }
  }

  @Override
  public void zoom(double factor) {
    grid.zoom().by(factor, grid.getWidth() / 2, grid.getHeight() / 2);
  }

  @Override
  public void fit() {
    grid.zoom().fit();
  }

  @Override
  public void requestFocus() {
    grid.requestFocus();
  }
}
