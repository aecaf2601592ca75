package dev.headlight.app.view;

import dev.headlight.app.visual.MapMode;
import dev.headlight.app.visual.VisualChoice.Style;
import dev.headlight.app.visual.VisualState;
import java.util.EnumMap;
import java.util.Map;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

/** How the map is drawn, and its formula. */
final class VisualTools extends VBox {
  private final VisualDesk desk;
  private final Slider alpha = new Slider(0, 1, 0.65);
  private final Map<Style, ToggleButton> styles = new EnumMap<>(Style.class);
  private final ToggleButton path = Ui.tool(new ToggleButton("Scanpath"));
  private final ToggleButton paint = Ui.tool(new ToggleButton("Paint a mask"));
  private final FlowPane row = new FlowPane(8, 6);
  private final Label formula = Ui.label("", "visual-formula");
  private final Label says = Ui.label("", "caption");

  VisualTools(VisualDesk desk, VisualBrush brush) {
    super(6);
    this.desk = desk;
    alpha.setPrefWidth(110);
    alpha.setAccessibleText("Strength of the overlay");
    alpha.valueProperty().addListener((o, old, now) -> alpha(now.doubleValue()));
    row.getChildren().add(Ui.row(8, Ui.label("overlay", "dim"), alpha));
    for (Style style : Style.values()) {
      ToggleButton button = Ui.tool(new ToggleButton(style.title()));
      button.setOnAction(
          e -> {
            state().choose(state().choice().with(style));
            button.setSelected(true);
          });
      styles.put(style, button);
      row.getChildren().add(button);
    }
    path.setTooltip(
        new Tooltip(
            "Looks in order: the strongest patch, then the strongest away from it (σ 1.5)"));
    path.setOnAction(e -> state().choose(state().choice().withScanpath(path.isSelected())));
    paint.setTooltip(new Tooltip("Paint the object; with Shift the brush takes away"));
    paint.selectedProperty().bindBidirectional(brush.on);
    row.getChildren().addAll(path, paint);
    Ui.wrap(formula);
    Ui.wrap(says);
    getChildren().addAll(row, new VBox(1, formula, says));
    desk.whenChanged(this::update);
    update();
  }

  private VisualState state() {
    return desk.state();
  }

  private void alpha(double now) {
    double step = Math.round(now * 100) / 100.0;
    if (step != state().choice().alpha()) {
      state().choose(state().choice().withAlpha(step));
    }
  }

  private void update() {
    if (state().looked() == null) {
      return;
    }
    Ui.show(row, !state().looked().text());
    styles.forEach((style, button) -> button.setSelected(style == state().choice().style()));
    if (!alpha.isValueChanging() && Math.abs(alpha.getValue() - state().choice().alpha()) > 0.005) {
      alpha.setValue(state().choice().alpha());
    }
    path.setSelected(state().choice().scanpath());
    MapMode mode = state().choice().mode();
    String looking =
        desk.job(VisualDesk.Ask.BLANK).isPresent() || desk.job(VisualDesk.Ask.FOLLOW).isPresent()
            ? "  (being computed …)"
            : "";
    formula.setText(state().view().map(v -> v.formula()).orElseGet(() -> mode.formula() + looking));
    says.setText(Ui.sentence(mode.says()) + ".");
  }
}
