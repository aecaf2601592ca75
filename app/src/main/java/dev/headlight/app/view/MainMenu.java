package dev.headlight.app.view;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.io.Version;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.app.export.ExportRequest.Format;
import dev.headlight.app.workbench.GridColour;
import dev.headlight.app.workbench.Notice;
import dev.headlight.app.workbench.Workbench;
import dev.headlight.renderer.Theme;
import dev.headlight.renderer.ValueScale;
import javafx.application.Platform;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuBar;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;

/** The top row: name, menus, and a field that goes to a head. */
final class MainMenu extends HBox {
  private final Workbench w;
  private final Actions actions;
  private final TextField goTo = new TextField();

  /**
   * @param choices models to open
   */
  MainMenu(
      Workbench workbench,
      Actions actions,
      HeadPane head,
      PromptEditor prompt,
      ModelChoices choices) {
    super(8);
    this.w = workbench;
    this.actions = actions;
    getStyleClass().add("top");
    MenuBar bar = new MenuBar(file(choices), edit(prompt), view(head.heatmap()), heads(), help());
    goTo.setPromptText("Go to head, such as L5H3");
    goTo.getStyleClass().add("go-to");
    goTo.setAccessibleText("Go to a head, such as L5H3");
    goTo.setOnAction(e -> goTo());
    getChildren().addAll(Ui.label("Headlight", "brand"), bar, Ui.spacer(), goTo);
  }

  private Menu file(ModelChoices choices) {
    Menu file = new Menu("File");
    file.getItems()
        .addAll(
            Menus.item("Open folder …", "Shortcut+O", actions::openFolder),
            OpenMenu.recent(file, choices, actions),
            OpenMenu.samples(choices, actions),
            OpenMenu.cached(choices, actions),
            Menus.item("Download a model …", "", () -> DownloadDialog.show(actions)),
            new SeparatorMenuItem(),
            Menus.item("Export PNG …", "Shortcut+Shift+E", () -> actions.export(Format.PNG)),
            Menus.item("Export SVG …", "Shortcut+Alt+E", () -> actions.export(Format.SVG)),
            Menus.item("Export CSV …", "Shortcut+Shift+D", () -> actions.export(Format.CSV)),
            new SeparatorMenuItem(),
            Menus.item("Quit", "Shortcut+Q", Platform::exit));
    return file;
  }

  private Menu edit(PromptEditor prompt) {
    Menu edit = new Menu("Edit");
    edit.getItems()
        .addAll(
            Menus.item("Edit the prompt", "Shortcut+E", prompt::edit),
            Menus.item("Go to head", "Shortcut+G", goTo::requestFocus),
            new SeparatorMenuItem(),
            Menus.item("Copy as command", "Shortcut+Shift+C", actions::copyCommand));
    return edit;
  }

  private Menu view(HeatmapView map) {
    Menu view = new Menu("View");
    view.getItems()
        .addAll(
            Menus.check("Hide the first token's column (S)", w.hideSink),
            Menus.check("Lines instead of the map (L)", w.lines),
            Menus.submenu("Colour scale", w.scale, ValueScale.Kind.values(), Scales::name),
            Menus.check("Limits of this head (M)", w.fitLimits),
            new SeparatorMenuItem(),
            Menus.item("Zoom in", "Shortcut+Plus", () -> map.zoom(1.5)),
            Menus.item("Zoom out", "Shortcut+Minus", () -> map.zoom(1 / 1.5)),
            Menus.item("Fit", "Shortcut+DIGIT0", map::fit),
            new SeparatorMenuItem(),
            Menus.submenu(
                "Theme", w.theme, Theme.values(), t -> t == Theme.DARK ? "Dark" : "Light"));
    return view;
  }

  private Menu heads() {
    Menu heads = new Menu("Heads");
    heads
        .getItems()
        .addAll(
            Menus.submenu("Colour by", w.gridColour, GridColour.values(), GridColour::title),
            new SeparatorMenuItem(),
            Menus.item("Next head", "Alt+RIGHT", () -> w.moveHead(0, 1)),
            Menus.item("Previous head", "Alt+LEFT", () -> w.moveHead(0, -1)),
            Menus.item("Layer above", "Alt+UP", () -> w.moveHead(-1, 0)),
            Menus.item("Layer below", "Alt+DOWN", () -> w.moveHead(1, 0)));
    return heads;
  }

  private Menu help() {
    Menu help = new Menu("Help");
    help.getItems()
        .addAll(
            Menus.item("Keys", "F1", () -> w.notice.set(Notice.info(KEYS))),
            Menus.item(
                "About",
                "",
                () -> w.notice.set(Notice.info("Headlight " + Version.text() + ", Apache-2.0"))));
    return help;
  }

  private static final String KEYS =
      "On the map: arrows move the cell, Page Up and Down the layer, Esc unlocks, + − 0 zoom,"
          + " wheel zooms, drag pans, double-click fits. On the grid: arrows choose a head."
          + " Anywhere: S hides the first token, L lines, M limits, T theme.";

  private void goTo() {
    try {
      Head head = Head.parse(goTo.getText());
      HeadSet.of(head).resolve(w.model.get().spec());
      w.head.set(head);
      goTo.clear();
    } catch (HeadlightException e) {
      w.notice.set(Notice.of(e));
    }
  }
}
