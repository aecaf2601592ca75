package dev.headlight.app.view;

import dev.headlight.app.visual.ChangeParameter;
import dev.headlight.app.visual.VisualChange;
import java.util.List;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;

/** The few parameters of a change, each a small field. */
final class VisualChangeFields extends FlowPane {
  private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");
  private static final double WIDTH = 54;

  private final Consumer<VisualChange> chosen;
  private VisualChange shown;

  /**
   * @param chosen hears of another value
   */
  VisualChangeFields(Consumer<VisualChange> chosen) {
    super(10, 6);
    this.chosen = chosen;
    setRowValignment(VPos.CENTER);
  }

  /** Shows the parameters of a change. */
  void show(VisualChange change) {
    if (change.equals(shown)) {
      return;
    }
    boolean same = shown != null && shown.parameters().equals(change.parameters());
    shown = change;
    List<ChangeParameter> parameters = change.parameters();
    if (!same) {
      getChildren().setAll(parameters.stream().map(this::field).toList());
    }
    for (int i = 0; i < parameters.size(); i++) {
      fill(getChildren().get(i), parameters.get(i));
    }
    Ui.show(this, !parameters.isEmpty());
  }

  private Node field(ChangeParameter parameter) {
    if (parameter == ChangeParameter.HEADS) {
      return heads();
    }
    TextField field = new TextField();
    field.getStyleClass().add("compare-field");
    field.setPrefWidth(WIDTH);
    field.setAccessibleText(parameter.title());
    field.setTooltip(new Tooltip(parameter.says()));
    field.setOnAction(e -> take(field, parameter));
    field
        .focusedProperty()
        .addListener(
            (o, old, now) -> {
              if (!now) {
                take(field, parameter);
              }
            });
    return Ui.row(5, Ui.label(parameter.title(), "dim"), field);
  }

  private MenuButton heads() {
    MenuButton heads = Ui.tool(new MenuButton());
    heads.setAccessibleText("Which heads");
    for (String value : List.of("one", "chosen", "layers")) {
      heads
          .getItems()
          .add(
              Menus.item(
                  name(value), "", () -> chosen.accept(shown.with(ChangeParameter.HEADS, value))));
    }
    return heads;
  }

  private static String name(String heads) {
    return switch (heads) {
      case "chosen" -> "Chosen heads";
      case "layers" -> "All heads of layers";
      default -> "Selected head";
    };
  }

  private void take(TextField field, ChangeParameter parameter) {
    if (!shown.parameters().contains(parameter)) {
      return;
    }
    try {
      VisualChange now = shown.with(parameter, field.getText());
      field.pseudoClassStateChanged(WRONG, false);
      chosen.accept(now);
    } catch (IllegalArgumentException e) {
      field.pseudoClassStateChanged(WRONG, true);
    }
  }

  private void fill(Node node, ChangeParameter parameter) {
    String value = shown.value(parameter);
    if (node instanceof MenuButton menu) {
      menu.setText(name(value));
      return;
    }
    TextField field = (TextField) ((javafx.scene.layout.HBox) node).getChildren().get(1);
    if (!field.getText().equals(value)) {
      field.setText(value);
    }
    field.pseudoClassStateChanged(WRONG, false);
  }
}
