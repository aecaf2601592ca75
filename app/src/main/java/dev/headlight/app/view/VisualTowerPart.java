package dev.headlight.app.view;

import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.vision.PatternClusters;
import dev.headlight.analysis.vision.SpatialStrength;
import dev.headlight.app.visual.Looked;
import dev.headlight.app.visual.VisualState;
import dev.headlight.renderer.figure.Plot;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;

/** What a tower says of the picture, and how far its heads look. */
final class VisualTowerPart extends VBox {
  private static final int GROUPS = 4;
  private static final double HIGH = 130;

  private final VisualDesk desk;
  private final VBox verdicts = new VBox(4);
  private final VBox distance = new VBox(4);
  private final PlotView plot;
  private final Label groups = Ui.label("", "caption");
  private SpatialStrength grouped;
  private PatternClusters clusters;

  VisualTowerPart(VisualDesk desk) {
    super(12);
    this.desk = desk;
    plot = new PlotView(desk.context().painter(), desk.workbench().theme);
    plot.setMinHeight(HIGH);
    plot.setPrefHeight(HIGH);
    Ui.wrap(groups);
    distance.getChildren().addAll(Ui.section("How far it looks"), plot, groups);
    getChildren().addAll(verdicts, distance);
    desk.whenChanged(this::update);
    update();
  }

  private VisualState state() {
    return desk.state();
  }

  private void update() {
    Looked looked = state().looked();
    Ui.show(verdicts, looked != null && !looked.verdicts().isEmpty());
    Ui.show(distance, looked != null && state().distances().isPresent());
    if (looked == null) {
      return;
    }
    verdicts(looked);
    state().distances().ifPresent(d -> distances(looked, d));
  }

  private void verdicts(Looked looked) {
    verdicts.getChildren().clear();
    if (looked.verdicts().isEmpty()) {
      return;
    }
    GridPane table = ScoreRow.table();
    for (int i = 0; i < looked.verdicts().size(); i++) {
      Looked.Verdict v = looked.verdicts().get(i);
      new ScoreRow(table, i, v.label(), "Probability of the class").set(v.value(), 1, "");
    }
    verdicts.getChildren().addAll(Ui.section("What the model sees"), table);
  }

  private void distances(Looked looked, SpatialStrength d) {
    Head head = state().head();
    float[] strength = d.of(head);
    double[] radii = IntStream.range(0, strength.length).mapToDouble(r -> r).toArray();
    double[] values = IntStream.range(0, strength.length).mapToDouble(r -> strength[r]).toArray();
    if (radii.length < 2) {
      Ui.show(distance, false);
      return;
    }
    plot.show(
        new Plot(
            Plot.Axis.linear("distance in patches", 0, radii.length - 1.0),
            Plot.Axis.around("attention", false, values, new double[] {0}),
            List.of(new Plot.Series("", radii, values, Plot.Role.MAIN))));
    if (!d.equals(grouped)) {
      grouped = d;
      clusters = clusters(looked, d);
    }
    int at = head.layer() * looked.heads() + head.head();
    int own = clusters.group()[at];
    String alike =
        IntStream.range(0, clusters.group().length)
            .filter(i -> clusters.group()[i] == own && i != at)
            .limit(8)
            .mapToObj(i -> "L" + i / looked.heads() + "H" + i % looked.heads())
            .collect(Collectors.joining(", "));
    groups.setText(
        "%s looks %.1f patches far in the mean. Heads that look alike: %s."
            .formatted(head, d.distance().data()[at], alike.isEmpty() ? "none" : alike));
  }

  private static PatternClusters clusters(Looked looked, SpatialStrength d) {
    float[][] profiles = new float[looked.layers() * looked.heads()][];
    for (int i = 0; i < profiles.length; i++) {
      profiles[i] = d.of(new Head(i / looked.heads(), i % looked.heads()));
    }
    return PatternClusters.of(profiles, Math.min(GROUPS, profiles.length));
  }
}
