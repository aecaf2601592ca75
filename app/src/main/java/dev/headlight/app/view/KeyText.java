package dev.headlight.app.view;

import java.util.stream.Collectors;
import javafx.scene.input.KeyCombination;

/** Keys and their groups as people read them. */
final class KeyText {
  private KeyText() {}

  /** "Ctrl+P" of {@code Shortcut+P}, with this system's names. */
  static String of(String key) {
    return key.isEmpty()
        ? ""
        : KeyCombination.valueOf(key)
            .getDisplayText()
            .replace("PAGE_UP", "Page Up")
            .replace("PAGE_DOWN", "Page Down")
            .replace("DIGIT", "")
            .replace("ESCAPE", "Esc")
            .replace("PLUS", "+")
            .replace("MINUS", "−");
  }

  /** Every key of a command: "Ctrl+P, Ctrl+L". */
  static String of(Command command) {
    return command.keys().stream().map(KeyText::of).collect(Collectors.joining(", "));
  }

  /** The title of a group of commands. */
  static String group(String group) {
    return switch (group) {
      case "pane" -> "Panes";
      case "cell" -> "In the map";
      case "grid" -> "In the grid of heads";
      case "tokens" -> "In the tokens";
      case "patch" -> "In the picture";
      case "words" -> "In the words beside a picture";
      default -> Ui.sentence(group);
    };
  }
}
