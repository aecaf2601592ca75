package dev.headlight.app.view;

import dev.headlight.analysis.ablation.Curves;
import dev.headlight.analysis.job.Job;
import dev.headlight.app.ablation.AblationPlots;
import dev.headlight.app.ablation.AblationState;
import dev.headlight.app.view.AblationDesk.Ask;
import javafx.scene.control.Button;

/** What is left of the metric while more and more heads go. */
final class AblationCurvePart extends RetrievalPart {
  private final AblationDesk desk;
  private final PlotView plot;
  private final Button run;
  private final PaneMessage early =
      PaneMessage.empty("", "Can be measured once every head was taken away alone.");
  private final PaneMessage ready =
      PaneMessage.empty("", "Run takes more and more heads away: best first, worst first, random.");
  private Object shown;

  AblationCurvePart(AblationDesk desk) {
    this(desk, Ui.tool(new Button("Run")));
  }

  private AblationCurvePart(AblationDesk desk, Button run) {
    super("Best first, worst first, random", run);
    this.desk = desk;
    this.plot = new PlotView(desk.context().painter(), desk.workbench().theme);
    this.run = run;
    getStyleClass().add("ablation-curve");
    run.setOnAction(e -> desk.curves());
    caption(
        "Best: its loss alone does most damage; band: least and most of 5 random orders.",
        "Michel et al. 2019, Are Sixteen Heads Really Better than One?, figure 3.");
    desk.whenChanged(this::update);
    update();
  }

  private void update() {
    AblationState state = desk.state();
    if (state == null) {
      return;
    }
    Job<?> job = desk.job(Ask.CURVES).orElse(null);
    boolean swept = state.sweep() != null && state.sweep().done();
    run.setDisable(job != null || !swept || desk.job(Ask.SWEEP).isPresent());
    Curves curves = state.curves();
    Object now = job != null ? job : curves != null ? curves : swept ? ready : early;
    if (now.equals(shown)) {
      return;
    }
    shown = now;
    if (job != null) {
      show(PaneMessage.busy(job, () -> desk.cancel(Ask.CURVES)));
    } else if (curves != null) {
      plot.show(AblationPlots.curves(curves));
      show(plot);
    } else {
      show(swept ? ready : early);
    }
  }
}
