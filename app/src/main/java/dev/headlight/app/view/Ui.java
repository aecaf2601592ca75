package dev.headlight.app.view;

import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/** Small builders that every pane uses. */
public final class Ui {
  private Ui() {}

  /** A label with style classes. */
  public static Label label(String text, String... styles) {
    Label label = new Label(text);
    label.getStyleClass().addAll(styles);
    return label;
  }

  /** A label that takes as many lines as its text needs: short of room, others give way first. */
  static Label wrap(Label label) {
    label.setWrapText(true);
    label.setMinHeight(Region.USE_PREF_SIZE);
    return label;
  }

  /** The small dim title over a part of a side column. */
  public static Label section(String text) {
    return label(text, "section");
  }

  /** A label that shows a property. */
  public static Label bound(ObservableValue<String> text, String... styles) {
    Label label = label("", styles);
    label.textProperty().bind(text);
    return label;
  }

  /** A number at the right of a row, in figures of equal width. */
  public static Label figure(String text) {
    Label label = label(text, "figure");
    label.setMinWidth(Region.USE_PREF_SIZE);
    return label;
  }

  /** A token, in the mono face, cut at its end where room is short. */
  public static Label token(String text) {
    Label label = label(text, "token");
    label.setTextOverrun(OverrunStyle.ELLIPSIS);
    return label;
  }

  /** Takes what room is left. */
  public static Region spacer() {
    Region region = new Region();
    HBox.setHgrow(region, Priority.ALWAYS);
    return region;
  }

  /** Things side by side. */
  public static HBox row(double gap, Node... children) {
    HBox box = new HBox(gap, children);
    box.setAlignment(Pos.CENTER_LEFT);
    return box;
  }

  /** Makes a control one of a row of tools, which never lose letters. */
  public static <T extends Region> T tool(T control) {
    control.getStyleClass().add("tool");
    control.setMinWidth(Region.USE_PREF_SIZE);
    return control;
  }

  /** Shows or hides a node and its room. */
  public static void show(Node node, boolean visible) {
    node.setVisible(visible);
    node.setManaged(visible);
  }

  /** With a capital first letter, unless it begins with a path or a name in quotes. */
  public static String sentence(String text) {
    return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  /** "1 token", "2 tokens". */
  public static String count(long count, String thing) {
    return count + " " + thing + (count == 1 ? "" : "s");
  }

  /** A column that scrolls up and down. */
  static ScrollPane scrolled(Node content) {
    ScrollPane scroll = new ScrollPane(content);
    scroll.getStyleClass().add("edge-free");
    scroll.setFitToWidth(true);
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    scroll.setMinSize(0, 0);
    return scroll;
  }
}
