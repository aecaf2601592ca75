package dev.headlight.app.view;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.geometry.VPos;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Every key there is, as the commands have them. */
final class KeyboardSheet extends VBox {
  private static final double WIDTH = 860;
  private static final double COLUMN = 384;

  private final ScrollPane scroll;

  KeyboardSheet(Commands commands) {
    super(10);
    getStyleClass().addAll("palette", "keyboard-sheet");
    setMaxSize(WIDTH, Region.USE_PREF_SIZE);
    FlowPane groups = new FlowPane(28, 18);
    groups.setPrefWrapLength(WIDTH - 60);
    groups.setRowValignment(VPos.TOP);
    grouped(commands).forEach((group, list) -> groups.getChildren().add(part(group, list)));
    scroll = new ScrollPane(groups);
    scroll.setFitToWidth(true);
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    scroll.getStyleClass().add("edge-free");
    scroll.setAccessibleText("Every key; Escape closes");
    Label hint =
        Ui.label("Single letters count while nobody writes text. Escape closes this.", "caption");
    getChildren().addAll(Ui.label("Keyboard", "title"), hint, scroll);
  }

  /** The commands that have keys, by group, in the order of the menus. */
  static Map<String, List<Command>> grouped(Commands commands) {
    Map<String, List<Command>> groups = new LinkedHashMap<>();
    for (Command command : commands.all()) {
      if (!command.keys().isEmpty()) {
        groups.computeIfAbsent(command.group(), g -> new ArrayList<>()).add(command);
      }
    }
    return groups;
  }

  private static Region part(String group, List<Command> list) {
    GridPane table = new GridPane();
    table.setHgap(12);
    table.setVgap(4);
    int row = 0;
    for (Command command : list) {
      Label title = Ui.label(command.title());
      title.setPrefWidth(COLUMN - 150);
      Label key = Ui.label(KeyText.of(command), "palette-key");
      key.setMinWidth(Region.USE_PREF_SIZE);
      title.setAccessibleText(command.title() + ", " + key.getText());
      table.addRow(row++, title, key);
    }
    VBox part = new VBox(6, Ui.section(KeyText.group(group)), table);
    part.setPrefWidth(COLUMN);
    return part;
  }

  /** Takes the keyboard, so that it scrolls. */
  ScrollPane focus() {
    return scroll;
  }
}
