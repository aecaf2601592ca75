package dev.headlight.app.view;

import dev.headlight.app.dock.Docking;
import dev.headlight.app.visual.MapMode;
import dev.headlight.app.visual.Shown;
import dev.headlight.app.visual.Side;
import dev.headlight.app.visual.VisualChoice;
import dev.headlight.app.visual.VisualState;
import dev.headlight.app.visual.VisualWork;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;

/** What one can do with a picture while the visual pane is active, for the menu and the palette. */
final class VisualCommands {
  private final Commands commands;
  private final DockView view;
  private final BooleanBinding there;

  VisualCommands(Commands commands, Docking docking, DockView view) {
    this.commands = commands;
    this.view = view;
    there = Bindings.createBooleanBinding(() -> pane().isPresent(), docking.active());
  }

  private Optional<VisualPane> pane() {
    return view.active()
        .map(OpenPane::content)
        .filter(VisualPane.class::isInstance)
        .map(VisualPane.class::cast);
  }

  /** The menu of all of them. */
  Menu menu() {
    Menu menu = new Menu("Picture");
    for (MapMode mode : MapMode.values()) {
      menu.getItems()
          .add(choice("map." + mode, "Picture map: " + mode.title(), "", c -> c.with(mode)));
    }
    menu.getItems().add(new SeparatorMenuItem());
    for (VisualChoice.Style style : VisualChoice.Style.values()) {
      String title = "Picture map as " + style.title().toLowerCase(java.util.Locale.ROOT);
      menu.getItems().add(choice("style." + style, title, "", c -> c.with(style)));
    }
    menu.getItems()
        .addAll(
            choice("path", "Path of looks", "G", c -> c.withScanpath(!c.scanpath())),
            new SeparatorMenuItem(),
            item("brush", "Paint a mask", "B", p -> p.brush().on.set(!p.brush().on.get())),
            item("clear", "Clear the mask", "", p -> p.brush().clear()),
            item("load", "Load a mask …", "", VisualPane::loadMask),
            new SeparatorMenuItem(),
            item("next", "Next picture or tile", "Alt+PERIOD", p -> show(p, 1)),
            item("previous", "Picture or tile before", "Alt+COMMA", p -> show(p, -1)),
            item("side", "Switch to the other tower", "V", VisualCommands::otherSide),
            item("change", "Change the picture …", "", p -> p.desk().files().changePicture()),
            new SeparatorMenuItem(),
            item("nextWord", "Next word", "Alt+Shift+PERIOD", p -> p.words().step(1)),
            item("previousWord", "Word before", "Alt+Shift+COMMA", p -> p.words().step(-1)),
            item("copy", "Copy as command: this map", "", p -> p.desk().files().copy()));
    keys();
    return menu;
  }

  /** Keys that the picture and the words handle themselves while they have the focus. */
  private void keys() {
    local("patch.left", "Patch to the left", "LEFT", p -> p.picture().step(-1, 0));
    local("patch.right", "Patch to the right", "RIGHT", p -> p.picture().step(1, 0));
    local("patch.up", "Patch above", "UP", p -> p.picture().step(0, -1));
    local("patch.down", "Patch below", "DOWN", p -> p.picture().step(0, 1));
    local("patch.layerAbove", "Layer above", "PAGE_UP", p -> p.desk().moveHead(-1, 0));
    local("patch.layerBelow", "Layer below", "PAGE_DOWN", p -> p.desk().moveHead(1, 0));
    local("patch.letGo", "Let go of the patch", "ESCAPE", p -> p.picture().letGo());
    local("words.left", "Word before", "LEFT", p -> p.words().step(-1));
    local("words.right", "Next word", "RIGHT", p -> p.words().step(1));
    local("words.layerAbove", "Layer above", "PAGE_UP", p -> p.desk().moveHead(-1, 0));
    local("words.layerBelow", "Layer below", "PAGE_DOWN", p -> p.desk().moveHead(1, 0));
  }

  private void local(String id, String title, String key, Consumer<VisualPane> how) {
    Command command = Command.of(id, title, key, () -> pane().ifPresent(how));
    commands.add(command.in(command.group()));
  }

  private MenuItem item(String id, String title, String key, Consumer<VisualPane> how) {
    Runnable run = () -> pane().filter(p -> p.desk().state().looked() != null).ifPresent(how);
    return commands.item(Command.of("picture." + id, title, key, run).when(there));
  }

  private MenuItem choice(String id, String title, String key, UnaryOperator<VisualChoice> change) {
    return item(
        id, title, key, p -> p.desk().state().choose(change.apply(p.desk().state().choice())));
  }

  private static void show(VisualPane pane, int step) {
    VisualState state = pane.desk().state();
    List<Shown> all = state.offered();
    Shown now = state.present();
    int at = 0;
    for (int i = 0; i < all.size(); i++) {
      boolean here = all.get(i).picture() == now.picture() && all.get(i).tile() <= now.tile();
      at = here ? i : at;
    }
    state.choose(state.choice().with(all.get(Math.floorMod(at + step, all.size()))));
  }

  private static void otherSide(VisualPane pane) {
    VisualState state = pane.desk().state();
    boolean towers = VisualWork.twoSides(pane.desk().facts().spec());
    if (towers) {
      Side now = state.choice().side();
      state.choose(state.choice().with(now == Side.MAIN ? Side.TOWER : Side.MAIN));
    }
  }
}
