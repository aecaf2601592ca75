package dev.headlight.app.view;

import dev.headlight.app.engine.ModelFacts;
import dev.headlight.app.workbench.Workbench;
import java.util.function.Function;
import javafx.beans.InvalidationListener;
import javafx.scene.Node;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** The body of a pane that asks by itself: its content, or why nothing can be asked. */
final class AskedBody extends StackPane {
  private final Workbench w;
  private final Actions actions;
  private final Node content;
  private final Function<ModelFacts, Node> obstacle;

  /**
   * @param obstacle why the open model cannot be asked; null where it can
   */
  AskedBody(PaneContext context, Node content, Function<ModelFacts, Node> obstacle) {
    this.w = context.workbench();
    this.actions = context.actions();
    this.content = content;
    this.obstacle = obstacle;
    setMinSize(0, 0);
    VBox.setVgrow(this, Priority.ALWAYS);
    InvalidationListener update = o -> update();
    w.model.addListener(update);
    w.opening.addListener(update);
    w.run.addListener(update);
    w.pictures.addListener(update);
    w.promptProblem.addListener(update);
    update();
  }

  private void update() {
    ModelFacts facts = w.model.get();
    Node message = facts == null ? noModel() : obstacle.apply(facts);
    Node now = message == null ? content : message;
    if (getChildren().size() != 1 || getChildren().get(0) != now) {
      getChildren().setAll(now);
    }
  }

  private Node noModel() {
    return w.opening.get().isEmpty()
        ? PaneMessage.noModel(actions)
        : PaneMessage.busy("Opening " + w.opening.get());
  }
}
