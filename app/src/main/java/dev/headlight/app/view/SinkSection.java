package dev.headlight.app.view;

import java.util.List;
import java.util.function.Function;
import javafx.beans.property.Property;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

/** A part of the pane of sinks: its title left, its verbs right, its content below. */
class SinkSection extends VBox {
  private static final double LONGEST = 420;
  private static final Duration SOON = Duration.millis(300);

  private final PartHeader head;

  /**
   * @param source the paper, on a chip; empty for none
   * @param about what is computed, in its tool tip
   */
  SinkSection(String title, String source, String about) {
    super(8);
    getStyleClass().add("sink-section");
    Label name = Ui.label(title, "pane-title");
    name.setMinWidth(Region.USE_PREF_SIZE);
    tip(name, about);
    HBox left = Ui.row(8, name);
    if (!source.isEmpty()) {
      Label chip = Ui.label(source, "chip");
      chip.setMinWidth(Region.USE_PREF_SIZE);
      tip(chip, about);
      left.getChildren().add(chip);
    }
    head = new PartHeader(left);
    getChildren().add(head);
  }

  /** Puts verbs at the right of the title. */
  void tools(Node... verbs) {
    head.verbs(List.of(verbs));
  }

  /** Adds a line that says what is seen. */
  static Label caption(String text) {
    Label label = Ui.label(text, "caption");
    label.setWrapText(true);
    label.setMinHeight(Region.USE_PREF_SIZE);
    return label;
  }

  /** Explains a node to those who point at it. */
  static Tooltip tip(Node node, String text) {
    Tooltip tip = new Tooltip(text);
    tip.setWrapText(true);
    tip.setMaxWidth(LONGEST);
    tip.setShowDelay(SOON);
    Tooltip.install(node, tip);
    return tip;
  }

  /** A button that shows one of some values and lets another be chosen. */
  static <T> MenuButton choice(
      Property<T> value, T[] values, Function<T, String> title, String about) {
    MenuButton button = Menus.choice(value, values, title);
    button.setAccessibleText(about);
    button.setTooltip(new Tooltip(about));
    return button;
  }

  /** A name and its number. */
  static HBox line(String name, String number, String about) {
    Label left = Ui.label(name, "dim");
    left.setMinWidth(0);
    HBox row = Ui.row(8, left, Ui.spacer(), Ui.figure(number));
    if (!about.isEmpty()) {
      tip(row, about);
    }
    return row;
  }
}
