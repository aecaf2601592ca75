package dev.headlight.app.view;

import dev.headlight.analysis.io.Version;
import dev.headlight.app.export.ExportRequest.Format;
import dev.headlight.app.workbench.GridColour;
import dev.headlight.app.workbench.GridOrder;
import dev.headlight.app.workbench.Notice;
import dev.headlight.app.workbench.Workbench;
import dev.headlight.renderer.Theme;
import dev.headlight.renderer.ValueScale;
import javafx.application.Platform;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuBar;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.layout.HBox;

/** The top row: name, menus, and the way to everything else. */
final class MainMenu extends HBox {
  private final Workbench w;
  private final Actions actions;
  private final Commands commands;
  private final Sheets sheets;

  /**
   * @param commands takes every command of the menus
   * @param choices models to open
   * @param arrange the menu of the panes
   * @param sheets what can be laid over the window
   */
  MainMenu(
      Workbench workbench,
      Actions actions,
      Commands commands,
      ModelChoices choices,
      PaneMenu arrange,
      Sheets sheets) {
    super(8);
    this.sheets = sheets;
    this.w = workbench;
    this.actions = actions;
    this.commands = commands;
    getStyleClass().add("top");
    MenuBar bar = new MenuBar(file(choices), edit(arrange), view(arrange), heads(), help());
    getChildren().addAll(Ui.label("Headlight", "brand"), bar, Ui.spacer(), search());
  }

  /** Looks like a field and opens the palette, which searches everything. */
  private Button search() {
    Button search = new Button();
    Label key = Ui.label(KeyText.of("Shortcut+P"), "search-key");
    search.setGraphic(Ui.row(8, Ui.label("Search actions, heads, prompts"), Ui.spacer(), key));
    search.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
    search.setAccessibleText("Search actions, heads and prompts");
    search.getStyleClass().add("search");
    search.setOnAction(e -> sheets.commandPalette());
    return search;
  }

  private Menu file(ModelChoices choices) {
    Menu file = new Menu("File");
    SessionActions sessions = actions.sessions();
    file.getItems()
        .addAll(
            commands.item("file.open", "Open folder …", "Shortcut+O", actions::openFolder),
            OpenMenu.recent(file, choices, actions),
            OpenMenu.samples(choices, actions),
            OpenMenu.cached(choices, actions),
            commands.item(
                "file.download", "Download a model …", "", () -> DownloadDialog.show(actions)),
            commands.item(
                "file.earlier",
                "Earlier checkpoint of the sample",
                "Alt+Shift+LEFT",
                () -> actions.stepCheckpoint(-1)),
            commands.item(
                "file.later",
                "Later checkpoint of the sample",
                "Alt+Shift+RIGHT",
                () -> actions.stepCheckpoint(1)),
            new SeparatorMenuItem(),
            commands.item("session.new", "New session", "Shortcut+N", sessions::begin),
            commands.item("session.open", "Open session …", "Shortcut+Shift+O", sessions::openFile),
            sessions.recent(),
            commands.item("session.save", "Save session", "Shortcut+S", sessions::save),
            commands.item(
                "session.saveAs", "Save session as …", "Shortcut+Shift+S", sessions::saveAs),
            new SeparatorMenuItem(),
            commands.item(
                "file.exportFigure", "Export figure …", "Shortcut+Shift+F", actions::exportFigure),
            commands.item(
                "file.exportPng",
                "Export PNG …",
                "Shortcut+Shift+E",
                () -> actions.export(Format.PNG)),
            commands.item(
                "file.exportSvg",
                "Export SVG …",
                "Shortcut+Alt+E",
                () -> actions.export(Format.SVG)),
            commands.item("file.exportPdf", "Export PDF …", "", () -> actions.export(Format.PDF)),
            commands.item("file.exportGrid", "Export grid of heads …", "", actions::exportGrid),
            commands.item(
                "file.exportCsv",
                "Export CSV …",
                "Shortcut+Shift+D",
                () -> actions.export(Format.CSV)),
            new SeparatorMenuItem(),
            commands.item(
                "file.preferences", "Preferences …", "Shortcut+Comma", sheets::preferences),
            commands.item("file.quit", "Quit", "Shortcut+Q", Platform::exit));
    return file;
  }

  private Menu edit(PaneMenu panes) {
    Menu edit = new Menu("Edit");
    SessionActions sessions = actions.sessions();
    edit.getItems()
        .addAll(
            commands.item(
                Command.of("edit.undo", "Undo", "Shortcut+Z", sessions::undo)
                    .when(sessions.canUndo())),
            commands.item(
                Command.of("edit.redo", "Redo", "Shortcut+Shift+Z", sessions::redo)
                    .when(sessions.canRedo())),
            new SeparatorMenuItem(),
            commands.item(
                Command.of("edit.palette", "Find a command …", "Shortcut+P", sheets::commandPalette)
                    .alsoBy("Shortcut+L")),
            commands.item("edit.prompt", "Edit the prompt", "Shortcut+E", actions::editPrompt),
            commands.item("edit.goTo", "Go to head", "Shortcut+G", sheets::commandPalette),
            new SeparatorMenuItem(),
            copyAsCommand(),
            commands.item(
                "edit.copyImage", "Copy image", "Shortcut+Alt+C", () -> actions.copies().image()),
            commands.item(
                "edit.copyTable",
                "Copy table of the map",
                "Shortcut+Alt+T",
                () -> actions.copies().table()),
            commands.item(
                "edit.copyScores", "Copy table of all heads", "", () -> actions.copies().scores()),
            new SeparatorMenuItem());
    edit.getItems().addAll(panes.findItems());
    return edit;
  }

  private Menu copyAsCommand() {
    Menu menu = new Menu("Copy as command");
    menu.getItems()
        .addAll(
            commands.item(
                "edit.copyCommand",
                "Copy as command: this head's map",
                "Shortcut+Shift+C",
                () -> actions.copies().map()),
            commands.item(
                "edit.copyFigureCommand",
                "Copy as command: this head's figure",
                "",
                () -> actions.copies().shownFigure()),
            commands.item(
                "edit.copyNextCommand",
                "Copy as command: next tokens",
                "",
                () -> actions.copies().next()),
            commands.item(
                "edit.copyWithoutCommand",
                "Copy as command: without this head",
                "",
                () -> actions.copies().without()));
    return menu;
  }

  private Menu view(PaneMenu arrange) {
    Menu view = new Menu("View");
    view.getItems().addAll(arrange.items());
    view.getItems()
        .addAll(
            new SeparatorMenuItem(),
            commands.check("view.hideSink", "Hide the first token's column", "S", w.hideSink),
            commands.check("view.lines", "Lines instead of the map", "L", w.lines),
            commands.check("view.text", "Text instead of the map", "X", w.text),
            commands.choice(
                "view.scale", "Colour scale", w.scale, ValueScale.Kind.values(), Scales::name),
            commands.check("view.fitLimits", "Limits of this head", "M", w.fitLimits),
            new SeparatorMenuItem());
    view.getItems().addAll(arrange.headItems());
    view.getItems().add(arrange.pictureMenu());
    view.getItems().add(new SeparatorMenuItem());
    view.getItems().addAll(arrange.zoomItems());
    view.getItems()
        .addAll(
            new SeparatorMenuItem(),
            commands.choice(
                "view.theme",
                "Theme",
                w.theme,
                new Theme[] {Theme.LIGHT, Theme.DARK},
                t -> t == Theme.DARK ? "Dark" : "Light"));
    commands.add(
        Command.of("view.toggleTheme", "Switch between light and dark", "T", this::toggleTheme));
    return view;
  }

  private void toggleTheme() {
    w.theme.set(w.theme.get() == Theme.DARK ? Theme.LIGHT : Theme.DARK);
  }

  private Menu heads() {
    HeadActions chosen = new HeadActions(w);
    Menu heads = new Menu("Heads");
    heads
        .getItems()
        .addAll(
            commands.choice(
                "heads.colour", "Colour by", w.gridColour, GridColour.values(), GridColour::title),
            commands.choice(
                "heads.order",
                "Order",
                w.gridOrder,
                GridOrder.values().toArray(GridOrder[]::new),
                GridOrder::title),
            new SeparatorMenuItem(),
            commands.item("heads.copy", "Copy the chosen heads", "", chosen::copyHeads),
            commands.item(
                "heads.copyCommand", "Copy the score as command", "", chosen::copyCommand),
            commands.item(
                "heads.exportGroups",
                "Export head groups …",
                "",
                () -> chosen.exportGroups(actions.window())),
            new SeparatorMenuItem(),
            commands.item("heads.next", "Next head", "Alt+RIGHT", () -> w.moveHead(0, 1)),
            commands.item("heads.previous", "Previous head", "Alt+LEFT", () -> w.moveHead(0, -1)),
            commands.item("heads.above", "Layer above", "Alt+UP", () -> w.moveHead(-1, 0)),
            commands.item("heads.below", "Layer below", "Alt+DOWN", () -> w.moveHead(1, 0)));
    return heads;
  }

  private Menu help() {
    Menu help = new Menu("Help");
    help.getItems()
        .addAll(
            commands.item("help.guide", "User guide", "F1", actions::openGuide),
            commands.item("help.keys", "Keyboard", "Shortcut+F1", sheets::keyboard),
            commands.item("help.hints", "Show the hints again", "", sheets::hints),
            commands.item(
                "help.about",
                "About",
                "",
                () -> w.notice.set(Notice.info("Headlight " + Version.text() + ", Apache-2.0"))));
    return help;
  }
}
