package dev.headlight.app.view;

import dev.headlight.analysis.sinks.HeadEffect;
import dev.headlight.analysis.sinks.HeadEffect.Direction;
import dev.headlight.analysis.sinks.HeadEffects;
import dev.headlight.app.engine.SinkTuning;
import dev.headlight.app.job.LatestOnly;
import dev.headlight.app.workbench.SinkState;
import dev.headlight.app.workbench.Workbench;
import dev.headlight.renderer.Ticks;
import dev.headlight.renderer.figure.Plot;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.beans.InvalidationListener;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.StackPane;

/** The loss when heads look more or less at the first token. */
final class SinkTuningPart extends SinkSection {
  private static final int NAMED = 8;
  private static final double ROOM = 1.15;
  private static final String ABOUT =
      "The first token's attention a becomes γa / ((γ − 1)a + 1), the other keys share the rest in"
          + " proportion; γ = 1 is the model as it is. Mean next-token loss of the prompt. Han et"
          + " al. 2025, ZeroTuning.";

  private final SinkState state;
  private final SinkWork work;
  private final PlotView plot;
  private final Button sweep = Ui.tool(new Button("Sweep"));
  private final Button each = Ui.tool(new Button("Each head"));
  private final Label invitation = Ui.label("", "dim");
  private final Label caption = caption("");
  private final Label byHead = caption("");

  SinkTuningPart(
      Workbench w,
      SinkState state,
      SinkWork work,
      LatestOnly painter,
      ObservableValue<Number> height) {
    super("Turn it down or up", "ZeroTuning", ABOUT);
    this.state = state;
    this.work = work;
    this.plot = new PlotView(painter, w.theme);
    sweep.getStyleClass().add("accent");
    sweep.setTooltip(new Tooltip("Run the prompt with each γ"));
    sweep.setOnAction(e -> work.sweep());
    each.setTooltip(new Tooltip("Turn each head alone, by half and twice, and say whom it serves"));
    each.setOnAction(e -> work.heads());
    tools(
        choice(state.scope, SinkState.Scope.values(), SinkState.Scope::title, "Which heads"),
        sweep,
        each);
    invitation.setWrapText(true);
    invitation.setMouseTransparent(true);
    StackPane stack = new StackPane(plot, invitation);
    stack.prefHeightProperty().bind(height.map(h -> 0.7 * h.doubleValue()));
    stack.setMinHeight(USE_PREF_SIZE);
    getChildren().addAll(stack, caption, byHead);
    InvalidationListener update = o -> update();
    state.measured.addListener(update);
    state.curve.addListener(update);
    state.heads.addListener(update);
    update();
  }

  private void update() {
    sweep.setDisable(!work.canTune());
    each.setDisable(!work.canTune());
    SinkTuning.Curve curve = state.curve.get();
    plot.show(curve == null ? null : curves(curve));
    invitation.setText(
        curve != null
            ? ""
            : work.canTune() || state.measured.get() == null
                ? "Sweep runs the prompt with γ from ⅛ to 8."
                : "This needs ten tokens, and a model that predicts a next one.");
    caption.setText(
        curve == null
            ? "γ on the first token's attention · loss on the prompt, nats"
            : "γ on the first token's attention, %s · loss on the prompt, nats; least at γ = %s"
                .formatted(name(curve.heads()), Ticks.label(curve.best())));
    byHead.setText(state.heads.get() == null ? "" : words(state.heads.get()));
    Ui.show(byHead, state.heads.get() != null);
  }

  private static String name(String heads) {
    return heads.equals("L*H*") ? "all heads" : heads;
  }

  private static Plot curves(SinkTuning.Curve curve) {
    double[] gammas = curve.gammas();
    return new Plot(
        new Plot.Axis("γ", true, gammas[0] / ROOM, gammas[gammas.length - 1] * ROOM),
        Plot.Axis.around("loss, nats", false, curve.losses()),
        List.of(new Plot.Series("", gammas, curve.losses(), Plot.Role.MAIN)),
        List.of(),
        List.of(new Plot.Mark("unchanged", 1, curve.baseline())));
  }

  private static String words(HeadEffects effects) {
    return "Up-effective: %s\nDown-effective: %s\nγ = %s of each head alone, change of the loss from %s nats"
        .formatted(
            names(effects.of(Direction.UP)),
            names(effects.of(Direction.DOWN)),
            effects.settings().stream().map(Ticks::label).collect(Collectors.joining(" and ")),
            Ticks.format(effects.baseline()));
  }

  private static String names(List<HeadEffect> heads) {
    String first =
        heads.stream()
            .sorted(Comparator.comparingDouble(h -> Arrays.stream(h.deltas()).min().orElse(0)))
            .limit(NAMED)
            .map(h -> h.head() + " " + Ticks.label(h.deltas()[h.best()]))
            .collect(Collectors.joining(", "));
    int more = heads.size() - NAMED;
    return heads.isEmpty() ? "none" : heads.size() + ": " + first + (more > 0 ? ", …" : "");
  }

  /** The curve, for export. */
  Optional<Plot> figure() {
    return Optional.ofNullable(plot.plot());
  }
}
