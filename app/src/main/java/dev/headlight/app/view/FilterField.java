package dev.headlight.app.view;

import dev.headlight.analysis.scores.HeadFilterException;
import dev.headlight.app.workbench.ArrangedHeads;
import dev.headlight.app.workbench.Workbench;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Where the filter is typed; what cannot be read is marked below the place. */
final class FilterField extends VBox {
  private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");
  private static final int BEFORE = 24;
  private static final String HELP =
      """
      induction > .4 and layer < 6
      not (first >= 50% or kvGroup = 2)
      .2 < entropy <= 1
      group = "name movers"
      Numbers: scores, layer, head, kvGroup; < <= > >= = !=; and, or, not, ( )""";

  private final Workbench w;
  private final TextField field = new TextField();
  private final Label place = Ui.label("", "filter-place");
  private final Label problem = Ui.label("", "problem");

  FilterField(Workbench w, ArrangedHeads arranged) {
    super(2);
    this.w = w;
    field.getStyleClass().add("compare-field");
    field.setPromptText("Filter: induction > .4 and layer < 6");
    field.setAccessibleText("Filter of heads");
    field.setTooltip(new Tooltip(HELP));
    field.textProperty().bindBidirectional(w.headFilter);
    field.setOnKeyPressed(
        e -> {
          if (e.getCode() == KeyCode.ESCAPE && !field.getText().isEmpty()) {
            field.clear();
            e.consume();
          }
        });
    problem.setWrapText(true);
    problem.setMinHeight(Region.USE_PREF_SIZE);
    getChildren().addAll(field, place, problem);
    arranged.problem().addListener((o, old, now) -> show(now));
    show(arranged.problem().get());
  }

  private void show(HeadFilterException wrong) {
    field.pseudoClassStateChanged(WRONG, wrong != null);
    Ui.show(place, wrong != null);
    Ui.show(problem, wrong != null);
    if (wrong != null) {
      place.setText(marked(w.headFilter.get(), wrong.position(), wrong.length()));
      problem.setText(
          Ui.sentence(wrong.getMessage()) + " (character " + (wrong.position() + 1) + ").");
    }
  }

  /** The text around a place with a mark below it, for a face of equal widths. */
  static String marked(String text, int position, int length) {
    int from = Math.max(0, position - BEFORE);
    String cut = (from > 0 ? "…" : "") + text.substring(from);
    int indent = position - from + (from > 0 ? 1 : 0);
    return cut + "\n" + " ".repeat(indent) + "^".repeat(Math.max(1, length));
  }

  /** The field itself. */
  TextField field() {
    return field;
  }
}
