package dev.headlight.app.view;

import dev.headlight.analysis.job.Job;
import dev.headlight.app.engine.ModelFacts;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

/** What stands in a pane while it has nothing to show: why, and what to do next. */
final class PaneMessage extends VBox {
  private static final double WIDEST = 380;
  private static final Duration POLL = Duration.millis(200);

  private PaneMessage() {
    super(12);
    getStyleClass().add("pane-message");
    setAlignment(Pos.CENTER);
  }

  /**
   * The empty state.
   *
   * @param title what is missing; may be empty
   * @param next what to do about it, in a sentence
   * @param verbs buttons that do it
   */
  static PaneMessage empty(String title, String next, Button... verbs) {
    PaneMessage message = new PaneMessage();
    if (!title.isEmpty()) {
      message.getChildren().add(wrapped(title, "empty-title"));
    }
    message.getChildren().add(wrapped(next, "empty"));
    if (verbs.length > 0) {
      HBox row = Ui.row(8, verbs);
      row.setAlignment(Pos.CENTER);
      message.getChildren().add(row);
    }
    return message;
  }

  /** What panes of texts say of a tower that reads pictures alone. */
  static PaneMessage noText(ModelFacts facts) {
    return empty(
        "This model reads no text",
        facts.name()
            + " is a vision tower by itself. Visual, Sinks, Roles and Ablation look at its pictures.");
  }

  /** The busy state: what is being done, in words. */
  static PaneMessage busy(String what) {
    PaneMessage message = new PaneMessage();
    message.getChildren().addAll(bar(), wrapped(what, "empty"));
    return message;
  }

  /** The busy state of a job: its progress, its message, and a button that cancels it. */
  static PaneMessage busy(Job<?> job, Runnable cancel) {
    PaneMessage message = busy(job.title());
    ProgressBar bar = (ProgressBar) message.getChildren().get(0);
    Button button = verb("Cancel", cancel);
    message.getChildren().add(button);
    Timeline poll =
        new Timeline(
            new KeyFrame(
                POLL,
                e -> {
                  double fraction = job.fraction();
                  bar.setProgress(Double.isNaN(fraction) ? -1 : fraction);
                }));
    poll.setCycleCount(Animation.INDEFINITE);
    message
        .sceneProperty()
        .addListener(
            (o, old, now) -> {
              if (now == null) {
                poll.stop();
              } else {
                poll.play();
              }
            });
    return message;
  }

  private static Node bar() {
    ProgressBar bar = new ProgressBar(-1);
    bar.getStyleClass().add("busy-bar");
    bar.setPrefWidth(160);
    return bar;
  }

  /** A button for such a message. */
  static Button verb(String text, Runnable action) {
    Button button = new Button(text);
    Ui.tool(button);
    button.setOnAction(e -> action.run());
    return button;
  }

  private static Label wrapped(String text, String style) {
    Label label = Ui.label(text, style);
    label.setWrapText(true);
    label.setMaxWidth(WIDEST);
    label.setMinHeight(Region.USE_PREF_SIZE);
    label.setAlignment(Pos.CENTER);
    return label;
  }

  /** That no model is open, and what to do. */
  static Node noModel(Actions actions) {
    return empty(
        "No model is open",
        "Open a model folder, or drop one here.",
        verb("Open folder …", actions::openFolder));
  }
}
