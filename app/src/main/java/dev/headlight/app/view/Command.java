package dev.headlight.app.view;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableBooleanValue;

/**
 * Something the user can do, as menus, the command palette and the sheet of keys show it.
 *
 * @param id stable, such as {@code pane.splitRight}; the part before the dot is its group
 * @param title in the imperative
 * @param key accelerator of its menu item, such as {@code Shortcut+O}; empty for none
 * @param more further keys: accelerators, or single letters, which count while nobody writes text
 * @param where what must have the focus for its keys to count, such as "map"; empty for anywhere
 * @param enabled whether it can be done now
 * @param run does it
 */
record Command(
    String id,
    String title,
    String key,
    List<String> more,
    String where,
    ObservableBooleanValue enabled,
    Runnable run) {
  /** Copies the list. */
  Command {
    more = List.copyOf(more);
  }

  /**
   * A command that can always be done.
   *
   * @param key a single letter counts while nobody writes text
   */
  static Command of(String id, String title, String key, Runnable run) {
    boolean letter = key.length() == 1;
    return new Command(
        id,
        title,
        letter ? "" : key,
        letter ? List.of(key) : List.of(),
        "",
        Bindings.createBooleanBinding(() -> true),
        run);
  }

  /** The same, while something holds. */
  Command when(ObservableBooleanValue condition) {
    return new Command(id, title, key, more, where, condition, run);
  }

  /** The same, by another key as well. */
  Command alsoBy(String other) {
    List<String> keys = new ArrayList<>(more);
    keys.add(other);
    return new Command(id, title, key, keys, where, enabled, run);
  }

  /** The same, with keys that count only in one place, which handles them itself. */
  Command in(String place) {
    return new Command(id, title, key, more, place, enabled, run);
  }

  /** The part of the id before the dot. */
  String group() {
    return id.substring(0, id.indexOf('.'));
  }

  /** Every key, the first first. */
  List<String> keys() {
    List<String> keys = new ArrayList<>();
    if (!key.isEmpty()) {
      keys.add(key);
    }
    keys.addAll(more);
    return keys;
  }

  /** The title with the letter that does the same, as menus show it. */
  String menuTitle() {
    return more.stream()
        .filter(k -> k.length() == 1)
        .findFirst()
        .map(letter -> title + " (" + letter + ")")
        .orElse(title);
  }

  /** Does it, if it can be done now. */
  void tryRun() {
    if (enabled.get()) {
      run.run();
    }
  }
}
