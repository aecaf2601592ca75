package dev.headlight.app.view;

import dev.headlight.analysis.ablation.AblationMetric;
import dev.headlight.app.ablation.AblationState;
import dev.headlight.app.ablation.Effect;
import dev.headlight.app.ablation.Part;
import dev.headlight.renderer.Ticks;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.VBox;

/** What the heads take together by every metric, and each alone. */
final class AblationEffectPart extends AblationPart {
  private static final int MOST_ALONE = 24;

  private final ScrollPane scroll = AblationTable.scrolled();

  AblationEffectPart(AblationDesk desk) {
    super(
        desk,
        Part.EFFECT,
        "Effect",
        "Run measures what the model loses.",
        "Take a head away to see what the model loses.");
    getStyleClass().add("ablation-effect");
    withoutRun();
    offerTable("effect", false);
    follow();
  }

  @Override
  boolean ready(AblationState state) {
    return !state.taken().isEmpty();
  }

  @Override
  Node body() {
    return scroll;
  }

  @Override
  void found(Object answer) {
    Effect effect = (Effect) answer;
    scroll.setContent(
        new VBox(12, metrics(effect), alone(effect, desk().state().choice().metric())));
    String on = effect.sequences() > 1 ? "Means over " + effect.sequences() + " sequences. " : "";
    caption((on + effect.adding()).strip(), "");
  }

  private static AblationTable metrics(Effect effect) {
    AblationTable table = new AblationTable("metric", "baseline", "without", "Δ");
    for (Effect.Row row : effect.rows()) {
      double before = shown(row.metric(), row.baseline());
      double after = shown(row.metric(), row.without());
      String unit = percent(row.metric()) ? " %" : "";
      boolean kl = row.metric() == AblationMetric.KL;
      table.row(
          name(row.metric(), effect),
          kl ? "" : Ticks.format(before) + unit,
          Ticks.format(after) + unit,
          kl ? "" : Ticks.signed(after - before) + unit);
    }
    return table;
  }

  private static boolean percent(AblationMetric metric) {
    return metric == AblationMetric.LOGPROB || metric == AblationMetric.ACCURACY;
  }

  private static double shown(AblationMetric metric, double value) {
    return switch (metric) {
      case LOGPROB -> 100 * Math.exp(value);
      case ACCURACY -> 100 * value;
      default -> value;
    };
  }

  private static String name(AblationMetric metric, Effect effect) {
    return switch (metric) {
      case LOGIT_DIFF -> "logit difference " + effect.answer() + " − " + effect.wrong();
      case LOGPROB ->
          (effect.sequences() > 1 ? "geometric mean of P(" : "P(") + effect.answer() + ")";
      case ACCURACY -> "accuracy, " + effect.answer() + " above " + effect.wrong();
      case KL -> "KL(baseline ‖ without), nats";
      case LOSS -> "loss on the prompt" + (effect.sequences() > 1 ? "s" : "") + ", nats";
    };
  }

  private static AblationTable alone(Effect effect, AblationMetric metric) {
    AblationTable table = new AblationTable("alone, with partners", "Δ " + metric);
    for (int i = 0; i < Math.min(MOST_ALONE, effect.heads().size()); i++) {
      table.row(effect.heads().get(i).toString(), Ticks.signed(effect.alone()[i]));
    }
    if (effect.heads().size() > 1) {
      table.row("all " + effect.heads().size(), Ticks.signed(effect.together()));
      table.row("sum of single", Ticks.signed(effect.sum()));
    }
    return table;
  }
}
