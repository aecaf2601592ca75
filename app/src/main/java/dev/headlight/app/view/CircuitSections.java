package dev.headlight.app.view;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

/** Parts of a pane under names, one of them on view. */
final class CircuitSections extends VBox {
  private final FlowPane names = new FlowPane(6, 6);
  private final ToggleGroup group = new ToggleGroup();
  private final List<Node> bodies = new ArrayList<>();
  private final List<Runnable> listeners = new ArrayList<>();

  CircuitSections() {
    names.getStyleClass().add("circuit-sections");
    getChildren().add(names);
    group
        .selectedToggleProperty()
        .addListener(
            (o, old, now) -> {
              if (now == null) {
                group.selectToggle(old); // One is always on view.
              } else {
                show();
              }
            });
  }

  /** Adds a part; the first is on view. */
  void add(String name, Node body) {
    ToggleButton button = Ui.tool(new ToggleButton(name));
    button.setToggleGroup(group);
    names.getChildren().add(button);
    bodies.add(body);
    if (bodies.size() == 1) {
      button.setSelected(true);
      show();
    }
  }

  private void show() {
    int at = names.getChildren().indexOf(group.getSelectedToggle());
    if (at >= 0 && at < bodies.size()) {
      getChildren().setAll(names, bodies.get(at));
      listeners.forEach(Runnable::run);
    }
  }

  /** Runs when another part is on view. */
  void whenChosen(Runnable listener) {
    listeners.add(listener);
  }

  private ToggleButton button(int index) {
    return (ToggleButton) names.getChildren().get(index);
  }

  /** Name of the first part. */
  String first() {
    return button(0).getText();
  }

  /** Name of the part on view. */
  String name() {
    return group.getSelectedToggle() instanceof ToggleButton button ? button.getText() : first();
  }

  /** Shows the part of a name; another name changes nothing. */
  void choose(String name) {
    for (Node each : names.getChildren()) {
      if (((ToggleButton) each).getText().equals(name)) {
        group.selectToggle((ToggleButton) each);
      }
    }
  }
}
