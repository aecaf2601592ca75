package dev.headlight.app.view;

import dev.headlight.app.workbench.Workbench;
import javafx.animation.PauseTransition;
import javafx.beans.InvalidationListener;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.layout.StackPane;
import javafx.util.Duration;

/**
 * The part of a pane that needs a pass: its content, or why there is none, or that it is on its
 * way; of a former prompt it says so.
 */
final class PaneBody extends StackPane {
  private static final Duration PATIENCE = Duration.millis(200);

  private final Workbench w;
  private final Actions actions;
  private final Node content;
  private final PauseTransition pause = new PauseTransition(PATIENCE);
  private Node message;

  PaneBody(PaneContext context, Node content) {
    this(context, content, context.workbench().stale);
  }

  /**
   * @param stale whether the content is of the former prompt
   */
  PaneBody(PaneContext context, Node content, ObservableValue<Boolean> stale) {
    this.w = context.workbench();
    this.actions = context.actions();
    this.content = Stale.mark(w, content, stale);
    setMinSize(0, 0);
    getChildren().add(this.content);
    pause.setOnFinished(e -> show(busy()));
    InvalidationListener update = o -> update();
    w.model.addListener(update);
    w.opening.addListener(update);
    w.tokens.addListener(update);
    w.promptProblem.addListener(update);
    w.run.addListener(update);
    w.partial.addListener(update);
    update();
  }

  private void update() {
    pause.stop();
    boolean there = w.run.get() != null || w.partial.get() != null;
    content.setVisible(there);
    if (there) {
      show(null);
      return;
    }
    Node empty = empty();
    show(empty);
    if (empty == null) {
      pause.playFromStart();
    }
  }

  private void show(Node now) {
    if (message != null) {
      getChildren().remove(message);
    }
    message = now;
    if (now != null) {
      getChildren().add(now);
    }
  }

  /** Why nothing is on its way, else null. */
  private Node empty() {
    if (w.model.get() == null) {
      return w.opening.get().isEmpty() ? PaneMessage.noModel(actions) : null;
    }
    if (!w.promptProblem.get().isEmpty()) {
      return PaneMessage.empty(
          "The prompt cannot be run", Ui.sentence(w.promptProblem.get()), edit());
    }
    boolean none = w.tokens.get() != null && w.tokens.get().size() == 0;
    return none ? PaneMessage.empty("", HeadWords.invitation(w), edit()) : null;
  }

  private javafx.scene.control.Button edit() {
    return PaneMessage.verb("Edit the prompt", actions::editPrompt);
  }

  private Node busy() {
    if (w.model.get() == null) {
      return PaneMessage.busy("Opening " + w.opening.get());
    }
    return w.tokens.get() == null
        ? PaneMessage.busy("Reading the prompt")
        : PaneMessage.busy("Running " + Ui.count(w.tokens.get().size(), "token"));
  }
}
