package dev.headlight.app.view;

import dev.headlight.analysis.job.Job;
import dev.headlight.app.job.JobRunner;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.VBox;
import javafx.stage.Popup;

/** The jobs that take long: what they do, how far they are, and a way to stop them. */
final class TasksPopover {
  private static final double WIDTH = 300;
  private final Popup popup = new Popup();
  private final VBox list = new VBox(10);
  private final Map<Job<?>, Row> rows = new LinkedHashMap<>();
  private final Label none = Ui.label("Nothing is being computed.", "dim");

  TasksPopover() {
    list.getStyleClass().add("card");
    list.setPrefWidth(WIDTH);
    list.getChildren().add(none);
    popup.getContent().add(list);
    popup.setAutoHide(true);
  }

  private static final class Row {
    private final Job<?> job;
    private final ProgressBar bar = new ProgressBar(ProgressBar.INDETERMINATE_PROGRESS);
    private final Label message = Ui.label("", "dim");
    private final VBox box;

    Row(Job<?> job) {
      this.job = job;
      bar.setMaxWidth(Double.MAX_VALUE);
      Button cancel = new Button("Cancel");
      Ui.tool(cancel);
      cancel.setAccessibleText("Cancel " + job.title());
      cancel.setOnAction(e -> job.cancel());
      box = new VBox(4, Ui.row(8, Ui.label(job.title()), Ui.spacer(), cancel), bar, message);
    }

    void update() {
      double fraction = job.fraction();
      bar.setProgress(Double.isNaN(fraction) ? ProgressBar.INDETERMINATE_PROGRESS : fraction);
      message.setText(job.cancelled() ? "Stopping …" : job.message());
    }
  }

  /** Shows these jobs. */
  void show(List<JobRunner.Active> active) {
    boolean changed = rows.keySet().removeIf(j -> active.stream().noneMatch(a -> a.job() == j));
    for (JobRunner.Active entry : active) {
      changed |= !rows.containsKey(entry.job());
      rows.computeIfAbsent(entry.job(), Row::new).update();
    }
    if (changed) {
      list.getChildren().setAll(rows.values().stream().map(r -> r.box).toList());
      if (rows.isEmpty()) {
        list.getChildren().add(none);
      }
    }
  }

  /** Opens above a node, or closes. */
  void toggle(Node owner) {
    if (popup.isShowing()) {
      popup.hide();
      return;
    }
    Bounds at = owner.localToScreen(owner.getBoundsInLocal());
    popup.show(owner, at.getMaxX() - WIDTH, at.getMinY() - 120);
    popup.setY(at.getMinY() - list.getHeight() - 8);
  }

  void hide() {
    popup.hide();
  }
}
