package dev.headlight.app.view;

import dev.headlight.analysis.model.Residency;
import dev.headlight.app.workbench.Chosen;
import dev.headlight.app.workbench.Workbench;
import dev.headlight.renderer.Theme;
import dev.headlight.renderer.ValueScale;
import java.util.stream.IntStream;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;

/** What the user prefers; every choice counts at once, or says when it will. */
final class PreferencesWindow {
  private static final double WIDTH = 470;
  private static final double NOTE = 400;
  private static final Double[] SIZES = {0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0};
  private static final Double[] SHARES = {0.25, 0.5, 0.75, 1.0};
  private static final String[] DEVICES = {"auto", "cpu", "cuda:0", "mps"};

  private final Workbench w;
  private final Actions actions;
  private final Chosen chosen;
  private final GridPane grid = new GridPane();
  private int rows;

  private PreferencesWindow(Actions actions, Chosen chosen) {
    this.actions = actions;
    this.w = actions.workbench();
    this.chosen = chosen;
  }

  static void show(Actions actions, Chosen chosen) {
    new PreferencesWindow(actions, chosen).build();
  }

  private void build() {
    Stage stage = new Stage();
    Region content = content(stage);
    content.setPrefWidth(WIDTH);
    Scene scene = new Scene(new Zoomed(content, chosen.textSize));
    Runnable stop = Themes.follow(scene, w, chosen.textSize);
    scene.addEventFilter(
        KeyEvent.KEY_PRESSED,
        e -> {
          if (e.getCode() == KeyCode.ESCAPE) {
            stage.hide();
          }
        });
    stage.setOnHidden(e -> stop.run());
    stage.initOwner(actions.window());
    stage.setTitle("Preferences");
    stage.setScene(scene);
    stage.show();
  }

  private Region content(Stage stage) {
    grid.setHgap(16);
    grid.setVgap(8);
    section("Look");
    row(
        "Theme",
        Menus.choice(
            w.theme,
            new Theme[] {Theme.LIGHT, Theme.DARK},
            t -> t == Theme.DARK ? "Dark" : "Light"));
    row("Colour scale", Menus.choice(w.scale, ValueScale.Kind.values(), Scales::name));
    row(
        "Size of everything",
        Menus.choice(chosen.textSize.asObject(), SIZES, PreferencesWindow::percent));
    section("Models");
    row("Device", Menus.choice(chosen.device, DEVICES, d -> d));
    row("Weights", Menus.choice(chosen.residency, Residency.values(), PreferencesWindow::name));
    row(
        "Memory for weights",
        Menus.choice(chosen.memoryShare.asObject(), SHARES, PreferencesWindow::share));
    note(
        "Device, weights and memory count from the next model that is opened; answers stay the same.");
    row(
        "Processor threads",
        Menus.choice(chosen.threads.asObject(), threads(), PreferencesWindow::threads));
    note("Threads count after Headlight is started again.");
    CheckBox last = new CheckBox("Open the last model on start");
    last.selectedProperty().bindBidirectional(chosen.openLast);
    CheckBox hints = new CheckBox("Show hints for beginners");
    hints.selectedProperty().bindBidirectional(chosen.hints);
    Button close = Ui.tool(new Button("Close"));
    close.setCancelButton(true);
    close.setOnAction(e -> stage.hide());
    VBox box = new VBox(12, grid, last, hints, Ui.row(8, Ui.spacer(), close));
    box.getStyleClass().addAll("workbench", "pane", "preferences");
    return box;
  }

  private void section(String text) {
    grid.add(Ui.section(text), 0, rows++, 2, 1);
  }

  private void row(String name, Node control) {
    Label label = Ui.label(name, "dim");
    label.setLabelFor(control);
    label.setMinWidth(Region.USE_PREF_SIZE);
    control.setAccessibleText(name);
    grid.addRow(rows++, label, control);
  }

  private void note(String text) {
    Label note = Ui.label(text, "caption");
    note.setWrapText(true);
    note.setMaxWidth(NOTE);
    note.setMinHeight(Region.USE_PREF_SIZE);
    grid.add(note, 0, rows++, 2, 1);
  }

  private static String percent(double size) {
    return Math.round(100 * size) + " %";
  }

  private static String share(double share) {
    return share == 1 ? "All that is free" : Math.round(100 * share) + " % of what is free";
  }

  private static Integer[] threads() {
    int processors = Runtime.getRuntime().availableProcessors();
    return IntStream.rangeClosed(0, processors).boxed().toArray(Integer[]::new);
  }

  private static String threads(int count) {
    return count == 0 ? "One a physical core" : Integer.toString(count);
  }

  private static String name(Residency residency) {
    return switch (residency) {
      case AUTO -> "What fits into memory";
      case FULL -> "In memory, fp32";
      case STORED -> "In memory, as stored";
      case STREAMED -> "On disk";
    };
  }
}
