package dev.headlight.app.view;

import dev.headlight.app.workbench.Notice;
import dev.headlight.app.workbench.Workbench;
import javafx.animation.PauseTransition;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.util.Duration;

/** One line over the panes that says what went wrong, or that something is done. */
final class NoticeBar extends HBox {
  private static final Duration LONG_ENOUGH = Duration.seconds(5);

  private final Workbench w;
  private final Label message = Ui.label("");
  private final Button copy = new Button("Copy details");
  private final PauseTransition leave = new PauseTransition(LONG_ENOUGH);

  NoticeBar(Workbench workbench) {
    super(12);
    this.w = workbench;
    getStyleClass().add("notice");
    setMaxHeight(Region.USE_PREF_SIZE);
    setAccessibleRole(AccessibleRole.TEXT);
    message.setWrapText(true);
    HBox.setHgrow(message, Priority.ALWAYS);
    message.setMaxWidth(Double.MAX_VALUE);
    Ui.tool(copy);
    copy.setMinWidth(Region.USE_PREF_SIZE);
    copy.setTooltip(new Tooltip("Copy the stack trace for a report"));
    copy.setOnAction(e -> copy(w.notice.get().details()));
    Button close = new Button("Close");
    Ui.tool(close);
    close.setMinWidth(Region.USE_PREF_SIZE);
    close.setOnAction(e -> w.notice.set(null));
    getChildren().addAll(message, copy, close);
    leave.setOnFinished(e -> w.notice.set(null));
    w.notice.addListener((o, old, now) -> show(now));
    show(w.notice.get());
  }

  private void show(Notice notice) {
    leave.stop();
    Ui.show(this, notice != null);
    if (notice == null) {
      return;
    }
    message.setText(notice.message());
    setAccessibleText(notice.message());
    Ui.show(copy, !notice.details().isEmpty());
    getStyleClass().remove("problem-notice");
    if (notice.problem()) {
      getStyleClass().add("problem-notice");
    } else {
      leave.playFromStart();
    }
  }

  static void copy(String text) {
    ClipboardContent content = new ClipboardContent();
    content.putString(text);
    Clipboard.getSystemClipboard().setContent(content);
  }
}
