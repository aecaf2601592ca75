package dev.headlight.app.view;

import dev.headlight.analysis.text.Tokens;
import dev.headlight.app.workbench.Workbench;
import java.util.ArrayList;
import java.util.List;
import javafx.css.PseudoClass;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;

/**
 * The tokens of the prompt; a click selects a query. Of long prompts a page is shown, with buttons
 * that turn it.
 */
final class TokenChips extends FlowPane {
  private static final int MOST = 120;
  private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");

  private final Workbench w;
  private int first;

  TokenChips(Workbench workbench) {
    super(3, 3);
    this.w = workbench;
    getStyleClass().add("chips");
    setFocusTraversable(true);
    setAccessibleRole(AccessibleRole.NODE);
    setAccessibleRoleDescription("tokens of the prompt");
    setAccessibleText("Tokens of the prompt; left and right arrow select a query");
    w.tokens.addListener((o, old, now) -> fill());
    w.query.addListener((o, old, now) -> select(now.intValue()));
    addEventHandler(KeyEvent.KEY_PRESSED, this::key);
    fill();
  }

  private void key(KeyEvent e) {
    int step = e.getCode() == KeyCode.LEFT ? -1 : e.getCode() == KeyCode.RIGHT ? 1 : 0;
    int query = w.query.get() + step;
    if (step != 0 && w.run.get() != null && query >= 0 && query < w.run.get().length()) {
      w.query.set(query);
      e.consume();
    }
  }

  /** The part around the selected token, or the end. */
  private void fill() {
    Tokens tokens = w.tokens.get();
    int length = tokens == null ? 0 : tokens.size();
    page((w.query.get() < 0 ? length : w.query.get()) - MOST / 2);
  }

  /** The page that begins at a token, or the nearest one there is. */
  private void page(int from) {
    Tokens tokens = w.tokens.get();
    List<Node> chips = new ArrayList<>();
    if (tokens != null) {
      first = Math.max(0, Math.min(tokens.size() - MOST, from));
      int end = Math.min(tokens.size(), first + MOST);
      if (first > 0) {
        chips.add(turn(first + " before", first - MOST));
      }
      for (int i = first; i < end; i++) {
        chips.add(chip(tokens, i));
      }
      if (end < tokens.size()) {
        chips.add(turn(tokens.size() - end + " after", end));
      }
    }
    getChildren().setAll(chips);
  }

  private Button turn(String text, int from) {
    Button button = new Button(text);
    button.getStyleClass().addAll("status-button", "turn-page");
    button.setOnAction(e -> page(from));
    return button;
  }

  private Label chip(Tokens tokens, int index) {
    Label chip = Ui.token(tokens.label(index));
    chip.getStyleClass().add("token-chip");
    if (tokens.special(index)) {
      chip.getStyleClass().add("special-chip");
    }
    chip.pseudoClassStateChanged(SELECTED, index == w.query.get());
    chip.setUserData(index);
    chip.setAccessibleRoleDescription("token");
    chip.setAccessibleText(spoken(tokens, index));
    chip.setOnMousePressed(
        e -> {
          requestFocus();
          selectQuery(index);
          e.consume(); // Else the scroll pane takes the focus.
        });
    chip.setOnMouseEntered(e -> chip.setTooltip(new Tooltip(details(tokens, index))));
    return chip;
  }

  /** Index, id, piece and where its characters are. */
  static String details(Tokens tokens, int index) {
    String kind = tokens.special(index) ? "\nspecial token" : "";
    String place =
        tokens.end(index) > tokens.start(index)
            ? "\ncharacters %d–%d".formatted(tokens.start(index), tokens.end(index))
            : "\nno characters";
    return "index %d · id %d\npiece %s%s%s"
        .formatted(index, tokens.id(index), tokens.piece(index), place, kind);
  }

  /** A token as a screen reader says it; blanks and line ends have names. */
  static String spoken(Tokens tokens, int index) {
    String text = tokens.label(index);
    return "token %d, %s%s".formatted(index, text, tokens.special(index) ? ", special" : "");
  }

  private void selectQuery(int index) {
    if (w.run.get() != null) {
      w.query.set(index);
    }
  }

  private void select(int query) {
    Tokens tokens = w.tokens.get();
    if (tokens != null
        && query >= 0
        && (query < first || query >= first + Math.min(MOST, tokens.size()))) {
      fill();
    }
    if (tokens != null && query >= 0 && query < tokens.size()) {
      setAccessibleText("Query " + spoken(tokens, query));
    }
    for (Node node : getChildren()) {
      node.pseudoClassStateChanged(SELECTED, Integer.valueOf(query).equals(node.getUserData()));
    }
  }
}
