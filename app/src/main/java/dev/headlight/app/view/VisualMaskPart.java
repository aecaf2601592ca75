package dev.headlight.app.view;

import dev.headlight.analysis.job.Job;
import dev.headlight.analysis.vision.Grounding;
import dev.headlight.analysis.vision.Mask;
import dev.headlight.app.engine.ModelQuestion;
import dev.headlight.app.visual.VisualExports;
import dev.headlight.app.visual.VisualMaps;
import dev.headlight.app.visual.VisualState;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;
import javafx.stage.FileChooser.ExtensionFilter;

/** Which head grounds the painted mask? */
final class VisualMaskPart extends VBox {
  private static final int MOST = 8;
  private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");

  private final VisualDesk desk;
  private final VBox rows = new VBox();
  private final Label note = Ui.label("", "caption");
  private final Button clear = Ui.tool(new Button("Clear"));
  private String asking = "";

  /** Writes a file of what is shown. */
  @FunctionalInterface
  interface Writer {
    ModelQuestion<Path> write(VisualExports exports, Path file);
  }

  VisualMaskPart(VisualDesk desk, VisualBrush brush) {
    super(6);
    this.desk = desk;
    getStyleClass().add("visual-mask");
    rows.getStyleClass().add("rows");
    clear.setOnAction(e -> brush.clear());
    MenuButton more = Ui.tool(new MenuButton("…"));
    more.setAccessibleText("Load or export a mask");
    more.getItems()
        .addAll(
            Menus.item("Load a mask …", "", this::load),
            Menus.item(
                "Export the table as CSV …",
                "",
                () -> VisualHeader.save(desk, "groundings", (e, f) -> e.groundings(f), "csv")));
    Ui.wrap(note);
    Label title = Ui.wrap(Ui.section("Which head grounds the painted mask?"));
    HBox.setHgrow(title, Priority.ALWAYS);
    title.setMaxWidth(Double.MAX_VALUE);
    getChildren().addAll(Ui.row(6, title, clear, more), rows, note);
    desk.whenChanged(this::update);
    update();
  }

  private VisualState state() {
    return desk.state();
  }

  /** Asks for a mask from a file. */
  void load() {
    FileChooser chooser = new FileChooser();
    chooser.setTitle("Load a mask");
    chooser.getExtensionFilters().add(new ExtensionFilter("Pictures", "*.png", "*.gif", "*.webp"));
    desk.context().actions().openFile(chooser).ifPresent(desk.files()::loadMask);
  }

  private void update() {
    Ui.show(this, state().looked() == null || !state().looked().text());
    Mask mask = state().mask();
    Ui.show(clear, mask != null);
    ask();
    List<Grounding> all = state().groundings();
    Ui.show(rows, !all.isEmpty());
    rows.getChildren().clear();
    if (!all.isEmpty()) {
      rows.getChildren().add(row("head", "inside", "IoU", "line", "dim"));
      all.stream().limit(MOST).forEach(g -> rows.getChildren().add(row(g)));
    }
    note.setText(
        mask == null
            ? "Paint the object with “Paint a mask” below the picture, or load one: every head is ranked by how well its map covers it."
            : all.isEmpty() && state().grounded()
                ? "The mask covers no patch."
                : "inside: share of the map on the mask. IoU: patches above half the largest against patches the mask covers by half.");
  }

  /** Ranks heads away from the JavaFX thread. */
  private void ask() {
    String key = state().groundingKey();
    if (key.isEmpty() || state().grounded() || key.equals(asking)) {
      return;
    }
    asking = key;
    VisualMaps maps = state().single();
    Mask mask = state().mask();
    desk.context()
        .painter()
        .submit(
            this,
            Job.of("Rank heads", p -> maps.groundings(mask)),
            answer -> state().groundings(key, answer),
            Density::rethrow);
  }

  private Node row(Grounding g) {
    String inside =
        Double.isNaN(g.share()) ? "–" : String.format(Locale.ROOT, "%.0f %%", 100 * g.share());
    Node row =
        row(g.head().toString(), inside, String.format(Locale.ROOT, "%.2f", g.iou()), "line");
    row.pseudoClassStateChanged(SELECTED, g.head().equals(state().head()));
    row.setOnMousePressed(e -> desk.select(g.head()));
    row.setAccessibleText(g.head() + ", inside " + inside + ", IoU " + g.iou());
    return row;
  }

  private static Node row(String head, String inside, String iou, String... styles) {
    Label second = Ui.figure(inside);
    second.setAlignment(Pos.CENTER_RIGHT);
    second.setMinWidth(70);
    Label third = Ui.figure(iou);
    third.setAlignment(Pos.CENTER_RIGHT);
    third.setMinWidth(56);
    HBox row = Ui.row(4, Ui.label(head), Ui.spacer(), second, third);
    row.getStyleClass().addAll(styles);
    return row;
  }
}
