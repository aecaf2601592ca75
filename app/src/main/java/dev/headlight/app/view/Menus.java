package dev.headlight.app.view;

import java.util.function.Function;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.Property;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCombination;

/** Builders of menus that show and set one property. */
final class Menus {
  private Menus() {}

  /** A button that shows the present value and offers the others. */
  static <T> MenuButton choice(Property<T> property, T[] values, Function<T, String> name) {
    MenuButton button = new MenuButton();
    Ui.tool(button);
    button.textProperty().bind(property.map(name));
    fill(button.getItems(), property, values, name);
    return button;
  }

  /** A menu that offers the values of a property. */
  static <T> Menu submenu(
      String title, Property<T> property, T[] values, Function<T, String> name) {
    Menu menu = new Menu(title);
    fill(menu.getItems(), property, values, name);
    return menu;
  }

  /** Adds an item for each value of a property. */
  static <T> void fill(
      javafx.collections.ObservableList<MenuItem> items,
      Property<T> property,
      T[] values,
      Function<T, String> name) {
    ToggleGroup group = new ToggleGroup();
    for (T value : values) {
      RadioMenuItem item = new RadioMenuItem(name.apply(value));
      item.setToggleGroup(group);
      item.setSelected(value.equals(property.getValue()));
      item.setOnAction(e -> property.setValue(value));
      property.addListener((o, old, now) -> item.setSelected(value.equals(now)));
      items.add(item);
    }
  }

  /** An item with an accelerator such as {@code Shortcut+O}; empty for none. */
  static MenuItem item(String text, String accelerator, Runnable action) {
    MenuItem item = new MenuItem(text);
    accelerate(item, accelerator);
    item.setOnAction(e -> action.run());
    return item;
  }

  /** Gives an item an accelerator; empty for none. */
  static void accelerate(MenuItem item, String accelerator) {
    if (!accelerator.isEmpty()) {
      item.setAccelerator(KeyCombination.valueOf(accelerator));
    }
  }

  /** An item that shows and sets a yes or no. */
  static CheckMenuItem check(String text, BooleanProperty property) {
    CheckMenuItem item = new CheckMenuItem(text);
    item.selectedProperty().bindBidirectional(property);
    return item;
  }
}
