package dev.headlight.app.view;

import dev.headlight.app.visual.CutCurve;
import dev.headlight.app.visual.KeepCurve;
import dev.headlight.app.visual.Looked;
import dev.headlight.app.visual.VisualChoice.Cut;
import dev.headlight.app.visual.VisualState;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The answer when words no longer read from the picture in some layers, or from part of it. */
final class VisualCutPart extends VBox {
  private static final double HIGH = 76;
  private static final double WIDEST = 30;

  private final VisualDesk desk;
  private final Label title = Ui.section("");
  private final MenuButton where = Ui.tool(new MenuButton());
  private final Button cut = Ui.tool(new Button("Run"));
  private final VBox bars = new VBox(4);
  private final Button keep = Ui.tool(new Button("Run"));
  private final VBox kept = new VBox(4);

  VisualCutPart(VisualDesk desk) {
    super(6);
    this.desk = desk;
    for (Cut each : Cut.values()) {
      where
          .getItems()
          .add(Menus.item(each.title(), "", () -> state().choose(state().choice().with(each))));
    }
    cut.setOnAction(e -> press(VisualDesk.Ask.CUT, desk::cut));
    keep.setOnAction(e -> press(VisualDesk.Ask.KEEP, desk::keep));
    getChildren()
        .addAll(
            title,
            Ui.row(6, where, cut),
            bars,
            Ui.row(6, Ui.section("Keep the most attended patches"), Ui.spacer(), keep),
            kept);
    desk.whenChanged(this::update);
    update();
  }

  private VisualState state() {
    return desk.state();
  }

  private void press(VisualDesk.Ask ask, Runnable question) {
    if (desk.job(ask).isPresent()) {
      desk.cancel(ask);
    } else {
      question.run();
    }
  }

  private void update() {
    Looked looked = state().looked();
    if (looked == null) {
      return;
    }
    Ui.show(this, desk.speaks() && !looked.text());
    title.setText(looked.patches() ? "Cut class → patches" : "Cut text → picture");
    where.setText(state().choice().cut().title());
    Optional<CutCurve> curve = state().cut();
    button(cut, VisualDesk.Ask.CUT, curve.isPresent());
    bars.getChildren().clear();
    curve.ifPresent(c -> bars.getChildren().addAll(cuts(c)));
    Optional<KeepCurve> drops = state().keep();
    button(keep, VisualDesk.Ask.KEEP, drops.isPresent());
    kept.getChildren().clear();
    drops.ifPresent(k -> kept.getChildren().addAll(drops(k)));
  }

  private void button(Button button, VisualDesk.Ask ask, boolean known) {
    boolean asked = desk.job(ask).isPresent();
    button.setText(asked ? "Stop" : "Run");
    Ui.show(button, asked || !known);
  }

  private static Node[] cuts(CutCurve curve) {
    double[] after = curve.after();
    String before = number(curve.before());
    Node chart =
        chart(
            after,
            curve.strongest(),
            l -> "" + l,
            l -> "layer " + l + ": P(" + curve.token() + ") " + before + " → " + number(after[l]));
    Label note =
        Ui.wrap(
            Ui.label(
                "P(%s) %s; cut at layer %d: %s"
                    .formatted(
                        curve.token(), before, curve.strongest(), number(after[curve.strongest()])),
                "caption"));
    return new Node[] {chart, note};
  }

  private static Node[] drops(KeepCurve curve) {
    double[] after = curve.after();
    Node chart =
        chart(
            after,
            -1,
            i -> Math.round(100 * curve.ratios().get(i)) + " %",
            i ->
                "%d %% kept: P(%s) %s, most probable %s"
                    .formatted(
                        Math.round(100 * curve.ratios().get(i)),
                        curve.token(),
                        number(after[i]),
                        curve.tops().get(i)));
    Label note =
        Ui.wrap(
            Ui.label(
                "P(%s) when the others are dropped behind layer %d, the least attended first (FastV)"
                    .formatted(curve.token(), curve.layer()),
                "caption"));
    return new Node[] {chart, note};
  }

  private static String number(double value) {
    return value >= -1e-9 && value <= 1 + 1e-9
        ? String.format(Locale.ROOT, "%.1f %%", 100 * value)
        : String.format(Locale.ROOT, "%.3f", value);
  }

  /** Bars with labels below; one can stand out. */
  private static HBox chart(
      double[] values, int chosen, IntFunction<String> labels, IntFunction<String> tips) {
    double most = 1e-12;
    for (double value : values) {
      most = Math.max(most, value);
    }
    HBox chart = new HBox(values.length > 12 ? 1 : 4);
    chart.setAlignment(Pos.BOTTOM_LEFT);
    int every = Math.max(1, (values.length + 11) / 12);
    for (int i = 0; i < values.length; i++) {
      Region bar = new Region();
      bar.getStyleClass().add("visual-bar");
      if (i == chosen) {
        bar.getStyleClass().add("visual-bar-chosen");
      }
      double tall = Math.max(2, HIGH * Math.max(0, values[i]) / most);
      bar.setMinHeight(tall);
      bar.setPrefHeight(tall);
      bar.setMaxSize(WIDEST, tall);
      Label name = Ui.label(i % every == 0 ? labels.apply(i) : "", "tick");
      name.setMinWidth(0);
      VBox column = new VBox(3, bar, name);
      column.setAlignment(Pos.BOTTOM_CENTER);
      column.setMinWidth(0);
      column.setPrefWidth(20);
      HBox.setHgrow(column, Priority.ALWAYS);
      Tooltip.install(column, new Tooltip(tips.apply(i)));
      column.setAccessibleText(tips.apply(i));
      chart.getChildren().add(column);
    }
    return chart;
  }
}
