package dev.headlight.app.view;

import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableBooleanValue;

/**
 * Something the user can do, as menus and a command list show it.
 *
 * @param id stable, such as {@code pane.splitRight}
 * @param title in the imperative
 * @param key accelerator such as {@code Shortcut+O}; empty for none
 * @param enabled whether it can be done now
 * @param run does it
 */
record Command(String id, String title, String key, ObservableBooleanValue enabled, Runnable run) {
  /** A command that can always be done. */
  static Command of(String id, String title, String key, Runnable run) {
    return new Command(id, title, key, Bindings.createBooleanBinding(() -> true), run);
  }

  /** The same, while something holds. */
  Command when(ObservableBooleanValue condition) {
    return new Command(id, title, key, condition, run);
  }
}
