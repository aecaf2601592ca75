package dev.headlight.app.view.pairs;

import dev.headlight.analysis.pairs.PairAlignment.Column;
import dev.headlight.analysis.pairs.PairAlignment.Mark;
import dev.headlight.analysis.pairs.ReadPair;
import dev.headlight.analysis.text.Tokens;
import dev.headlight.app.pairs.PairDesk;
import dev.headlight.app.pairs.PairReading;
import dev.headlight.app.view.Ui;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** The tokens of both prompts, one under the other, with the roles of words above them. */
final class PairTokens extends HBox {
  /** Most columns that are drawn; what lies beyond is counted. */
  private static final int MOST = 160;

  private static final PseudoClass DIFFERENT = PseudoClass.getPseudoClass("different");
  private static final List<String> ROLES = List.of("IO", "S1", "S1+1", "S2", "END");

  private final PairDesk desk;
  private final FlowPane columns = new FlowPane(3, 8);
  private PairReading drawn;

  PairTokens(PairDesk desk) {
    super(12);
    this.desk = desk;
    getStyleClass().add("pair-tokens");
    VBox names = new VBox(3, role(""), Ui.label("clean", "dim"), Ui.label("corrupt", "dim"));
    names.setMinWidth(USE_PREF_SIZE);
    HBox.setHgrow(columns, Priority.ALWAYS);
    columns.setMinWidth(0);
    columns.setPrefWrapLength(300);
    getChildren().addAll(names, columns);
    desk.whenChanged(this::update);
    update();
  }

  private void update() {
    PairReading now = desk.shown().orElse(null);
    if (now == null || now.equals(drawn)) {
      return;
    }
    drawn = now;
    List<Column> all = now.alignment().columns();
    List<Node> nodes = new ArrayList<>();
    for (Column column : all.subList(0, Math.min(MOST, all.size()))) {
      nodes.add(column(now, column));
    }
    if (all.size() > MOST) {
      nodes.add(Ui.label((all.size() - MOST) + " more", "dim"));
    }
    columns.getChildren().setAll(nodes);
  }

  private Node column(PairReading pair, Column column) {
    VBox box =
        new VBox(
            3,
            role(roles(pair, column)),
            chip(pair.clean(), column.clean(), column.mark()),
            chip(pair.corrupt(), column.corrupt(), column.mark()));
    box.setOnContextMenuRequested(
        e -> {
          menu(column).show(box, e.getScreenX(), e.getScreenY());
          e.consume();
        });
    return box;
  }

  private static String roles(PairReading pair, Column column) {
    Optional<ReadPair> read = pair.read();
    if (read.isEmpty()) {
      return "";
    }
    List<String> names =
        pair.text().roles().stream()
            .filter(
                r -> read.get().inClean(r).filter(at -> at.last() == column.clean()).isPresent())
            .map(r -> r.name())
            .toList();
    return String.join(" ", names);
  }

  private static Label role(String name) {
    Label label = Ui.label(name, "pair-role");
    label.setMinWidth(USE_PREF_SIZE);
    label.setVisible(!name.isEmpty());
    return label;
  }

  private Label chip(Tokens tokens, int position, Mark mark) {
    if (position < 0) {
      Label gap = Ui.token("–");
      gap.getStyleClass().addAll("token-chip", "pair-gap");
      return gap;
    }
    Label chip = Ui.token(tokens.label(position));
    chip.getStyleClass().add("token-chip");
    if (tokens.special(position)) {
      chip.getStyleClass().add("pair-special");
    }
    chip.pseudoClassStateChanged(DIFFERENT, mark != Mark.SAME);
    chip.setMinWidth(USE_PREF_SIZE);
    chip.setMaxWidth(Double.MAX_VALUE);
    chip.setTooltip(new Tooltip("position %d, id %d".formatted(position, tokens.id(position))));
    chip.setOnMouseClicked(
        e -> {
          if (e.getButton() == MouseButton.PRIMARY) {
            desk.answerToken(tokens, position);
          }
        });
    return chip;
  }

  /** What a word can be. */
  private ContextMenu menu(Column column) {
    ContextMenu menu = new ContextMenu();
    for (String role : ROLES) {
      menu.getItems().add(item("Mark as " + role, column, role));
    }
    menu.getItems().addAll(new SeparatorMenuItem(), item("No role", column, ""));
    return menu;
  }

  private MenuItem item(String text, Column column, String role) {
    MenuItem item = new MenuItem(text);
    item.setOnAction(e -> desk.mark(column, role));
    return item;
  }
}
