package dev.headlight.app.view;

import dev.headlight.app.dock.Docking;
import dev.headlight.app.dock.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.BooleanProperty;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;

/** What one can do with panes, for the View menu: open, split, move, close, pin, zoom. */
final class PaneMenu {
  private static final double STEP = 1.5;

  private final Commands commands;
  private final Docking docking;
  private final DockView view;
  private final List<MenuItem> items = new ArrayList<>();
  private final BooleanBinding any;

  /**
   * @param reset arranges the window anew
   */
  PaneMenu(Commands commands, Docking docking, DockView view, Runnable reset) {
    this.commands = commands;
    this.docking = docking;
    this.view = view;
    this.any = docking.active().isNotEmpty();
    items.add(kinds());
    items.add(arrange());
    items.add(commands.item("pane.reset", "Reset layout", "", reset));
  }

  private Menu kinds() {
    Menu menu = new Menu("Panes");
    for (Pane pane : Panes.all()) {
      menu.getItems()
          .add(
              commands.item(
                  "pane.open." + pane.id(),
                  "Open " + pane.title(),
                  pane.key(),
                  () -> view.open(pane.id())));
    }
    return menu;
  }

  private Menu arrange() {
    Menu menu = new Menu("Arrange panes");
    menu.getItems()
        .addAll(
            verb("splitRight", "Split right", "Shortcut+Alt+RIGHT", d -> d.split(Side.RIGHT)),
            verb("splitDown", "Split down", "Shortcut+Alt+DOWN", d -> d.split(Side.BOTTOM)),
            verb("move", "Move to the next group", "Shortcut+Alt+M", Docking::moveToNextGroup),
            new SeparatorMenuItem(),
            verb("nextTab", "Next tab", "Shortcut+PAGE_DOWN", d -> d.nextTab(1)),
            verb("previousTab", "Tab before", "Shortcut+PAGE_UP", d -> d.nextTab(-1)),
            verb("nextGroup", "Next group", "F6", Docking::nextGroup),
            new SeparatorMenuItem(),
            commands.item(
                Command.of("pane.pin", "Pin or unpin the selection", "P", this::pin).when(any)),
            commands.item(
                "pane.synchronise",
                "Let all panes follow one selection",
                "Shortcut+Alt+S",
                view::unpinAll),
            verb("close", "Close the pane", "Shortcut+W", d -> d.close(d.active().get())),
            commands.item(
                "pane.reopen",
                "Reopen the closed pane",
                "Shortcut+Shift+T",
                () -> {
                  docking.reopen();
                  view.focusActive();
                }));
    return menu;
  }

  private MenuItem verb(String id, String title, String key, Consumer<Docking> run) {
    Runnable then =
        () -> {
          run.accept(docking);
          view.focusActive();
        };
    return commands.item(Command.of("pane." + id, title, key, then).when(any));
  }

  private void pin() {
    view.active().ifPresent(p -> p.context().pinned().set(!p.context().pinned().get()));
  }

  /** Adds the switches of the columns at both sides. */
  void columns(BooleanProperty left, BooleanProperty right) {
    CheckMenuItem model = commands.check("view.left", "Model and prompt", "Shortcut+Alt+L", left);
    CheckMenuItem inspector = commands.check("view.right", "Inspector", "Shortcut+Alt+I", right);
    items.add(0, model);
    items.add(1, inspector);
    items.add(2, new SeparatorMenuItem());
  }

  List<MenuItem> items() {
    return items;
  }

  /** What can be done with a picture. */
  Menu pictureMenu() {
    return new VisualCommands(commands, docking, view).menu();
  }

  /** Zooming the active pane. */
  List<MenuItem> zoomItems() {
    BooleanBinding zoomable =
        Bindings.createBooleanBinding(
            () -> view.active().map(OpenPane::content).orElse(null) instanceof Zoomable,
            docking.active());
    return List.of(
        zoom("zoomIn", "Zoom in", "Shortcut+Plus", z -> z.zoom(STEP), zoomable),
        zoom("zoomOut", "Zoom out", "Shortcut+Minus", z -> z.zoom(1 / STEP), zoomable),
        zoom("fit", "Fit", "Shortcut+DIGIT0", Zoomable::fit, zoomable));
  }

  /** Finding in the active pane. */
  List<MenuItem> findItems() {
    return List.of(
        tool("edit.find", "Find a token …", "Shortcut+F", HeadTools::find),
        tool("edit.findNext", "Next token found", "F3", t -> t.findNext(true)),
        tool("edit.findPrevious", "Token found before", "Shift+F3", t -> t.findNext(false)),
        tool("edit.nextStrong", "Next strong cell", "N", t -> t.strongCell(1)),
        commands.item(
            command("edit.previousStrong", "Next stronger cell", "", t -> t.strongCell(-1))
                .alsoBy("Shift+N")));
  }

  /** How the active pane shows its head. */
  List<MenuItem> headItems() {
    return List.of(
        tool("view.units", "Tokens, words or sentences", "U", HeadTools::nextUnit),
        tool("view.profiles", "Profiles of query and key", "R", HeadTools::flipProfiles),
        tool("view.circuit", "What the head's weights say", "W", HeadTools::flipCircuit),
        tool("view.average", "Average over heads …", "", HeadTools::average));
  }

  private MenuItem tool(String id, String title, String key, Consumer<HeadTools> how) {
    return commands.item(command(id, title, key, how));
  }

  private Command command(String id, String title, String key, Consumer<HeadTools> how) {
    BooleanBinding there =
        Bindings.createBooleanBinding(
            () -> view.active().map(OpenPane::content).orElse(null) instanceof HeadTools,
            docking.active());
    Runnable run =
        () ->
            view.active()
                .map(OpenPane::content)
                .filter(HeadTools.class::isInstance)
                .map(HeadTools.class::cast)
                .ifPresent(how);
    return Command.of(id, title, key, run).when(there);
  }

  private MenuItem zoom(
      String id, String title, String key, Consumer<Zoomable> how, BooleanBinding enabled) {
    Runnable run =
        () ->
            view.active()
                .map(OpenPane::content)
                .filter(Zoomable.class::isInstance)
                .map(Zoomable.class::cast)
                .ifPresent(how);
    return commands.item(Command.of("view." + id, title, key, run).when(enabled));
  }
}
