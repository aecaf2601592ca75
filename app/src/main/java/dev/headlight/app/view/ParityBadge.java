package dev.headlight.app.view;

import dev.headlight.analysis.parity.ParityReport;
import dev.headlight.analysis.parity.ParityReport.Outcome;
import dev.headlight.app.report.ParityWords;
import dev.headlight.app.workbench.Workbench;
import java.util.function.Function;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;

/** How near the model comes to its reference values: a word and a number, the rest in a tip. */
final class ParityBadge {
  private static final String FAILED = "parity-failed";

  private ParityBadge() {}

  /** The badge of the status bar, which is away without a reference. */
  static Label inStatusBar(Workbench w) {
    Label label = Ui.label("");
    follow(label, w, report -> report == null ? "" : ParityWords.badge(report));
    label.textProperty().addListener((o, old, now) -> Ui.show(label, !now.isEmpty()));
    Ui.show(label, !label.getText().isEmpty());
    return label;
  }

  /** Keeps the value of the model card's row. */
  static void inCard(Label value, Workbench w) {
    follow(value, w, report -> report == null ? "…" : ParityWords.brief(report));
  }

  private static void follow(Label label, Workbench w, Function<ParityReport, String> words) {
    Tooltip tip = new Tooltip();
    tip.setWrapText(true);
    tip.setMaxWidth(480);
    Runnable update =
        () -> {
          ParityReport report = w.parity.get();
          label.setText(words.apply(report));
          tip.setText(report == null ? "" : "Parity " + ParityWords.sentence(report));
          label.setTooltip(report == null ? null : tip);
          boolean failed = report != null && report.outcome() == Outcome.FAILED;
          label.getStyleClass().remove(FAILED);
          if (failed) {
            label.getStyleClass().add(FAILED);
          }
        };
    w.parity.addListener((o, old, now) -> update.run());
    update.run();
  }
}
