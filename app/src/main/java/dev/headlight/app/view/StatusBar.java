package dev.headlight.app.view;

import dev.headlight.app.engine.ModelFacts;
import dev.headlight.app.engine.ModelHost;
import dev.headlight.app.engine.RunSnapshot;
import dev.headlight.app.job.JobRunner;
import dev.headlight.app.workbench.Workbench;
import java.util.List;
import java.util.Locale;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.util.Duration;

/** Model, number type, device, parity, length and memory; the last pass; what is being done. */
final class StatusBar extends HBox {
  private static final long SHOWN_AFTER = 500_000_000L;
  private static final Duration POLL = Duration.millis(100);
  private static final Duration MEMORY = Duration.seconds(2);

  private final Label memory = Ui.label(Memory.text());
  private final Button tasks = new Button("No tasks");
  private final TasksPopover popover = new TasksPopover();
  private final Timeline poll;
  private final Timeline watch;

  StatusBar(Workbench w, JobRunner runner) {
    super(16);
    getStyleClass().add("status-bar");
    Tooltip residency = new Tooltip();
    residency
        .textProperty()
        .bind(w.model.map(m -> "Weights " + m.residency().text()).orElse("No model is open"));
    memory.setTooltip(residency);
    tasks.getStyleClass().add("status-button");
    tasks.setOnAction(e -> popover.toggle(tasks));
    getChildren()
        .addAll(
            Ui.bound(w.model.map(ModelFacts::name).orElse("No model")),
            Ui.bound(w.model.map(m -> "fp32 · " + m.device()).orElse("")),
            ParityBadge.inStatusBar(w),
            Ui.bound(w.run.map(r -> "T = " + r.length()).orElse("")),
            memory,
            Ui.spacer(),
            Ui.bound(w.run.map(StatusBar::pass).orElse("")),
            Ui.bound(w.run.map(StatusBar::maps).orElse("")),
            Ui.bound(w.expected),
            tasks);
    poll = repeat(POLL, () -> show(runner.active()));
    watch = repeat(MEMORY, () -> memory.setText(Memory.text()));
  }

  private static Timeline repeat(Duration every, Runnable action) {
    Timeline timeline = new Timeline(new KeyFrame(every, e -> action.run()));
    timeline.setCycleCount(Animation.INDEFINITE);
    timeline.play();
    return timeline;
  }

  private static String pass(RunSnapshot run) {
    return String.format(Locale.ROOT, "Forward %.0f ms", run.milliseconds());
  }

  private static String maps(RunSnapshot run) {
    return run.length() <= ModelHost.WHOLE
        ? "maps on demand"
        : "maps on demand, pooled until zoomed";
  }

  private void show(List<JobRunner.Active> active) {
    long now = System.nanoTime();
    List<JobRunner.Active> slow =
        active.stream().filter(a -> now - a.since() > SHOWN_AFTER).toList();
    String text =
        slow.isEmpty()
            ? "No tasks"
            : slow.get(0).job().title() + (slow.size() > 1 ? " and " + (slow.size() - 1) : "");
    if (!text.equals(tasks.getText())) {
      tasks.setText(text);
    }
    popover.show(slow);
  }

  /** Ends the polling. */
  void close() {
    poll.stop();
    watch.stop();
    popover.hide();
  }
}
