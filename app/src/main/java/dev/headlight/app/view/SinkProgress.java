package dev.headlight.app.view;

import dev.headlight.analysis.job.Job;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.util.Duration;

/** How far a question is, in a row of tools, with a button that takes it back. */
final class SinkProgress extends HBox {
  private static final Duration POLL = Duration.millis(200);

  private final ProgressBar bar = new ProgressBar();
  private final Label doing = Ui.label("", "caption");
  private final Timeline poll;

  SinkProgress(ReadOnlyObjectProperty<Job<?>> running, Runnable cancel) {
    super(8);
    setAlignment(Pos.CENTER_LEFT);
    bar.getStyleClass().add("busy-bar");
    bar.setPrefWidth(80);
    doing.setMinWidth(USE_PREF_SIZE);
    getChildren().addAll(bar, doing, PaneMessage.verb("Cancel", cancel));
    poll = new Timeline(new KeyFrame(POLL, e -> show(running.get())));
    poll.setCycleCount(Animation.INDEFINITE);
    running.addListener((o, old, now) -> follow(now));
    // A pane that is not in sight must not keep a clock running.
    sceneProperty().addListener((o, old, now) -> follow(now == null ? null : running.get()));
  }

  private void follow(Job<?> job) {
    if (job == null) {
      poll.stop();
    } else {
      show(job);
      poll.play();
    }
  }

  private void show(Job<?> job) {
    if (job != null) {
      doing.setText(job.title());
      bar.setProgress(Double.isNaN(job.fraction()) ? -1 : job.fraction());
    }
  }
}
