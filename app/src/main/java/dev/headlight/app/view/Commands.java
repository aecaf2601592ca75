package dev.headlight.app.view;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.Property;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;

/** Everything the user can do in this window, each once; menus are made from it. */
final class Commands {
  private final Map<String, Command> all = new LinkedHashMap<>();

  /** Adds a command. */
  Command add(Command command) {
    if (all.put(command.id(), command) != null) {
      throw new IllegalStateException("two commands are called " + command.id());
    }
    return command;
  }

  /** In the order of the menus. */
  List<Command> all() {
    return List.copyOf(all.values());
  }

  Optional<Command> find(String id) {
    return Optional.ofNullable(all.get(id));
  }

  /** Gives a command another key: an accelerator, or a letter that counts while nobody writes. */
  void alsoBy(String id, String key) {
    all.computeIfPresent(id, (name, command) -> command.alsoBy(key));
  }

  /** The command that a key means which no menu item has. */
  Optional<Command> byFurtherKey(KeyEvent e) {
    return all.values().stream()
        .filter(c -> c.where().isEmpty())
        .filter(c -> c.more().stream().anyMatch(k -> KeyCombination.valueOf(k).match(e)))
        .findFirst();
  }

  /** Adds a command and makes its menu item. */
  MenuItem item(Command command) {
    add(command);
    MenuItem item = Menus.item(command.menuTitle(), command.key(), command.run());
    item.disableProperty().bind(javafx.beans.binding.Bindings.not(command.enabled()));
    return item;
  }

  /** A command that can always be done, with its menu item. */
  MenuItem item(String id, String title, String key, Runnable run) {
    return item(Command.of(id, title, key, run));
  }

  /** A command that switches something on and off, with its menu item. */
  CheckMenuItem check(String id, String title, String key, BooleanProperty property) {
    Command command = add(Command.of(id, title, key, () -> property.set(!property.get())));
    CheckMenuItem item = Menus.check(command.menuTitle(), property);
    Menus.accelerate(item, command.key());
    return item;
  }

  /** A command for each value of a property, with their menu. */
  <T> Menu choice(
      String id, String title, Property<T> property, T[] values, Function<T, String> name) {
    for (T value : new ArrayList<>(List.of(values))) {
      add(
          Command.of(
              id + "." + value,
              title + ": " + name.apply(value),
              "",
              () -> property.setValue(value)));
    }
    return Menus.submenu(title, property, values, name);
  }
}
