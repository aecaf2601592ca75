package dev.headlight.app.view;

import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.scores.HeadScore;
import dev.headlight.app.engine.Growth;
import dev.headlight.app.job.LatestOnly;
import dev.headlight.app.workbench.KnownScores;
import dev.headlight.app.workbench.RolesView;
import dev.headlight.app.workbench.Workbench;
import dev.headlight.renderer.figure.Plot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.InvalidationListener;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The chosen score of the strongest heads over the training, where checkpoints are there. */
final class RoleGrowth extends VBox {
  private static final double HEIGHT = 190;
  private static final int STRONGEST = 3;
  private static final List<Plot.Role> ROLES =
      List.of(Plot.Role.MAIN, Plot.Role.SECOND, Plot.Role.THIRD, Plot.Role.REFERENCE);

  private final Workbench w;
  private final RolesView view;
  private final PlotView plot;
  private final Button measure = Ui.tool(new Button("Measure"));
  private final Label about = Ui.label("", "caption");

  /**
   * @param grow measures
   */
  RoleGrowth(Workbench workbench, RolesView view, LatestOnly painter, Runnable grow) {
    super(8);
    this.w = workbench;
    this.view = view;
    this.plot = new PlotView(painter, w.theme);
    getStyleClass().add("role-growth");
    plot.setPrefHeight(HEIGHT);
    plot.setMinHeight(HEIGHT);
    measure.setTooltip(new Tooltip("Opens each checkpoint and measures the chosen score of it"));
    measure.setOnAction(e -> grow.run());
    about.setWrapText(true);
    about.setMinHeight(Region.USE_PREF_SIZE);
    getChildren()
        .addAll(Ui.row(8, Ui.section("Over the training"), Ui.spacer(), measure), plot, about);
    InvalidationListener update = o -> update();
    w.model.addListener(update);
    w.head.addListener(update);
    view.role.addListener(update);
    view.growth.addListener(update);
    update();
  }

  private void update() {
    boolean trained = w.model.get() != null && !w.model.get().source().training().isEmpty();
    Ui.show(this, trained);
    Optional<HeadScore> score = KnownScores.all().find(view.role.get());
    measure.setDisable(score.isEmpty());
    Growth growth = view.growth.get();
    boolean there = trained && growth != null;
    Ui.show(plot, there);
    plot.show(there ? plot(growth) : null);
    about.setText(
        there
            ? "%s of the heads that are strongest at the end; %s"
                .formatted(growth.score().title(), growth.conditions())
            : score
                .map(s -> s.title() + " of the strongest heads, checkpoint by checkpoint.")
                .orElse("Choose a score: click its column or its grid."));
  }

  private Plot plot(Growth growth) {
    List<Head> heads = new ArrayList<>(growth.strongest(STRONGEST));
    Head selected = w.head.get();
    boolean inside =
        selected != null
            && selected.layer() < growth.tables().get(0).layers()
            && selected.head() < growth.tables().get(0).heads();
    if (inside && !heads.contains(selected)) {
      heads.add(selected);
    }
    double[] steps = growth.steps();
    List<Plot.Series> series = new ArrayList<>();
    for (int i = heads.size() - 1; i >= 0; i--) {
      Head head = heads.get(i);
      series.add(new Plot.Series(head.toString(), steps, growth.of(head), ROLES.get(i)));
    }
    double[][] values = series.stream().map(Plot.Series::y).toArray(double[][]::new);
    boolean share = growth.score().range() == HeadScore.Range.SHARE;
    Plot.Axis y =
        share
            ? Plot.Axis.linear(growth.score().id(), 0, 1)
            : Plot.Axis.around(growth.score().id(), false, values);
    return new Plot(Plot.Axis.around("training step", true, steps), y, series);
  }

  /** The curves, for tests. */
  PlotView curves() {
    return plot;
  }
}
