package dev.headlight.app.view;

import dev.headlight.analysis.job.Job;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.scores.HeadScore;
import dev.headlight.analysis.scores.HeadTable;
import dev.headlight.analysis.scores.ScoreJob;
import dev.headlight.app.workbench.HeadNumbers;
import dev.headlight.app.workbench.Workbench;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Below the grid: a head's numbers, what the colours mean, and what is still being measured. */
final class ScoreLegend extends VBox {
  private final Workbench w;
  private final ColourBar bar = new ColourBar();
  private final Label formula = Ui.label("", "caption");
  private final Label readout = Ui.label("", "caption");
  private final Tooltip source = new Tooltip();
  private final Label doing = Ui.label("", "caption");
  private final ProgressBar progress = new ProgressBar();
  private final Button cancel = Ui.tool(new Button("Cancel"));
  private final Button measure = Ui.tool(new Button("Measure"));
  private final HBox measuring = Ui.row(8, progress, doing, Ui.spacer(), cancel, measure);
  private ScoreMeasuring work;

  ScoreLegend(Workbench workbench) {
    super(6);
    this.w = workbench;
    progress.getStyleClass().add("busy-bar");
    progress.setPrefWidth(80);
    for (Label label : new Label[] {formula, readout}) {
      label.setWrapText(true);
      label.setMinHeight(Region.USE_PREF_SIZE);
    }
    getChildren().addAll(readout, bar, formula, measuring);
    Ui.show(measuring, false);
  }

  /** Names what measures. */
  void follow(ScoreMeasuring measuringWork) {
    work = measuringWork;
    cancel.setOnAction(e -> work.cancel());
    measure.setOnAction(e -> work.again());
  }

  /** Shows a head's numbers. */
  void read(Head head) {
    readout.setText(HeadReadout.brief(w, head));
  }

  /** Says anew what the colours mean. */
  void update() {
    boolean there = HeadNumbers.statistics(w) != null && w.model.get() != null;
    bar.setVisible(there);
    formula.setText("");
    if (there) {
      w.gridColour.get().score().ifPresentOrElse(this::score, this::maps);
    }
    showWork();
  }

  private void maps() {
    bar.show(Scales.grid(w), GridFill.map(w.theme.get()), "");
    String scale = Scales.grid(w).caption();
    formula.setText(w.gridColour.get().formula() + (scale.isEmpty() ? "" : ", " + scale));
    formula.setTooltip(null);
  }

  private void score(HeadScore score) {
    Optional<HeadTable> table = HeadNumbers.of(w).table(score);
    bar.setVisible(table.isPresent());
    table.ifPresent(
        t ->
            bar.show(
                GridFill.scale(score, t, w.fitLimits.get()),
                GridFill.palette(score, w.theme.get()).map(),
                score.unit()));
    String conditions =
        w.measured.get().of(score).map(ScoreJob.Result::conditions).map(c -> "; " + c).orElse("");
    formula.setText(score.title() + ": " + score.formula() + conditions + lacking(score));
    source.setText(score.source());
    formula.setTooltip(score.source().isEmpty() ? null : source);
  }

  /** Why there is no number, where the prompt is to blame. */
  private String lacking(HeadScore score) {
    return score.origin() instanceof HeadScore.OfPrompt of && !PicturePrompt.there(w)
        ? "; needs " + of.needs() + " in the prompt"
        : "";
  }

  private void showWork() {
    Optional<Job<?>> job = work == null ? Optional.empty() : work.job();
    boolean waits = work != null && work.waits();
    Ui.show(measuring, job.isPresent() || waits);
    Ui.show(progress, job.isPresent());
    Ui.show(cancel, job.isPresent());
    Ui.show(measure, job.isEmpty());
    doing.setText(waits ? "Not measured yet" : job.map(ScoreLegend::doing).orElse(""));
    job.ifPresent(
        j ->
            progress.setProgress(
                Double.isNaN(j.fraction()) ? ProgressBar.INDETERMINATE_PROGRESS : j.fraction()));
  }

  private static String doing(Job<?> job) {
    return job.cancelled() ? "Stopping …" : job.title();
  }
}
