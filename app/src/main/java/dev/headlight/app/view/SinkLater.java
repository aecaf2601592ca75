package dev.headlight.app.view;

import dev.headlight.analysis.sinks.SinkRequest;
import dev.headlight.analysis.text.Tokens;
import dev.headlight.app.engine.SinkMeasured;
import dev.headlight.app.workbench.LaterTokens;
import dev.headlight.app.workbench.SinkState;
import dev.headlight.app.workbench.Workbench;
import dev.headlight.renderer.Palette;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.beans.InvalidationListener;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;

/** The prompt's tokens, those on which attention rests shaded by how much of it they get. */
final class SinkLater extends SinkSection {
  private static final int MOST = 300;
  private static final double LIGHT = 0.55;
  private static final String ABOUT =
      "A later token is a sink where α_k > θ and 8 queries or more see it: Yu et al. 2024,"
          + " Unveiling and Harnessing Hidden Attention Sinks (ACT, θ = 0.1). Shaded by the largest"
          + " α_k of the heads.";

  private final Workbench w;
  private final SinkState state;
  private final FlowPane chips = new FlowPane(3, 3);
  private final ToggleButton own = Ui.tool(new ToggleButton("This head"));
  private final Slider theta;
  private final Label caption = caption("");

  SinkLater(Workbench workbench, SinkState state) {
    super("Later sinks", "ACT", ABOUT);
    this.w = workbench;
    this.state = state;
    own.setTooltip(new Tooltip("The selected head alone, else the strongest of all heads"));
    // Below its floor nothing was kept.
    theta = new Slider(SinkRequest.FLOOR, 1, state.theta.get());
    theta.setPrefWidth(110);
    theta.setBlockIncrement(0.01);
    theta.setAccessibleText("θ, share that makes a later token a sink");
    Label value = Ui.label("", "caption");
    value.setMinWidth(USE_PREF_SIZE);
    value
        .textProperty()
        .bind(
            theta.valueProperty().map(v -> String.format(Locale.ROOT, "θ %.2f", v.doubleValue())));
    tools(Ui.row(6, value, theta), own);
    getChildren().addAll(chips, caption);
    theta
        .valueProperty()
        .addListener((o, old, now) -> state.theta.set(Math.round(now.doubleValue() * 100) / 100.0));
    InvalidationListener fill = o -> fill();
    state.measured.addListener(fill);
    InvalidationListener shade = o -> shade();
    state.theta.addListener(shade);
    own.selectedProperty().addListener(shade);
    w.head.addListener(shade);
    w.theme.addListener(shade);
    fill();
  }

  private void fill() {
    SinkMeasured now = state.measured.get();
    List<Node> labels = new ArrayList<>();
    if (now != null && now.sequence().isPresent()) {
      Tokens tokens = now.prompt();
      for (int i = 0; i < Math.min(MOST, tokens.size()); i++) {
        Label chip = Ui.token(tokens.label(i));
        chip.getStyleClass().add("token-chip");
        chip.setTooltip(new Tooltip());
        labels.add(chip);
      }
    }
    chips.getChildren().setAll(labels);
    shade();
  }

  private void shade() {
    SinkMeasured now = state.measured.get();
    if (now == null || now.sequence().isEmpty()) {
      caption.setText(now == null ? "" : "The prompt has fewer than ten tokens.");
      return;
    }
    LaterTokens later =
        LaterTokens.of(now, own.isSelected() ? w.head.get() : null, state.theta.get());
    for (int i = 0; i < chips.getChildren().size(); i++) {
      Label chip = (Label) chips.getChildren().get(i);
      boolean shaded =
          later.above().contains(i) || (i == 0 && later.strongest().get(0) > later.threshold());
      chip.setStyle(shaded ? style(later.strongest().get(i)) : "");
      chip.getTooltip().setText(later.words(i, now.prompt()));
    }
    String more =
        now.prompt().size() > MOST ? " The first %d tokens are shown.".formatted(MOST) : "";
    String of = own.isSelected() ? "α of " + w.head.get() : "Largest α of all heads";
    caption.setText(of + ". " + later.sentence(now.prompt()) + more);
  }

  private String style(double value) {
    int argb = Palette.sequential(w.theme.get()).map().argb(value);
    double light =
        (0.3 * (argb >> 16 & 0xff) + 0.59 * (argb >> 8 & 0xff) + 0.11 * (argb & 0xff)) / 255;
    return "-fx-background-color: #%06x; -fx-text-fill: %s;"
        .formatted(argb & 0xffffff, light > LIGHT ? "#15181e" : "#ffffff");
  }
}
