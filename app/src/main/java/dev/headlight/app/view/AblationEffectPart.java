package dev.headlight.app.view;

import dev.headlight.analysis.ablation.AblationMetric;
import dev.headlight.app.ablation.AblationState;
import dev.headlight.app.ablation.Effect;
import dev.headlight.app.view.AblationDesk.Ask;
import dev.headlight.renderer.Ticks;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** What the heads take together by every metric, and each alone. */
final class AblationEffectPart extends RetrievalPart {
  private static final int MOST_ALONE = 24;

  private final AblationDesk desk;
  private final ScrollPane scroll = new ScrollPane();
  private final PaneMessage nothing =
      PaneMessage.empty("", "Take a head away to see what the model loses.");
  private final PaneMessage waiting = PaneMessage.busy("Measuring");
  private Effect shown;

  AblationEffectPart(AblationDesk desk) {
    super("Effect");
    this.desk = desk;
    getStyleClass().add("ablation-effect");
    scroll.setFitToWidth(true);
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    scroll.setMinSize(0, 0);
    scroll.getStyleClass().add("edge-free");
    desk.whenChanged(this::update);
    update();
  }

  private void update() {
    AblationState state = desk.state();
    if (state == null) {
      return;
    }
    Effect effect = state.effect();
    if (effect == null) {
      shown = null;
      caption("", "");
      show(desk.job(Ask.EFFECT).isPresent() ? waiting : nothing);
      return;
    }
    if (!effect.equals(shown)) {
      shown = effect;
      scroll.setContent(new VBox(12, metrics(effect), alone(effect, state.choice().metric())));
      caption(effect.adding(), "");
    }
    show(scroll);
  }

  private static GridPane metrics(Effect effect) {
    GridPane table = table("metric", "baseline", "without", "Δ");
    int line = 1;
    for (Effect.Row row : effect.rows()) {
      boolean share = row.metric() == AblationMetric.LOGPROB;
      double before = share ? 100 * Math.exp(row.baseline()) : row.baseline();
      double after = share ? 100 * Math.exp(row.without()) : row.without();
      String unit = share ? " %" : "";
      String first = row.metric() == AblationMetric.KL ? "" : Ticks.format(before) + unit;
      row(
          table,
          line++,
          name(row.metric(), effect),
          first,
          Ticks.format(after) + unit,
          row.metric() == AblationMetric.KL ? "" : signed(after - before) + unit);
    }
    return table;
  }

  private static String name(AblationMetric metric, Effect effect) {
    return switch (metric) {
      case LOGIT_DIFF -> "logit difference " + effect.answer() + " − " + effect.wrong();
      case LOGPROB -> "P(" + effect.answer() + ")";
      case KL -> "KL(baseline ‖ without), nats";
      default -> "loss on the prompt, nats";
    };
  }

  private static GridPane alone(Effect effect, AblationMetric metric) {
    GridPane table = table("alone, with partners", "Δ " + metric);
    int line = 1;
    for (int i = 0; i < Math.min(MOST_ALONE, effect.heads().size()); i++) {
      row(table, line++, effect.heads().get(i).toString(), signed(effect.alone()[i]));
    }
    if (effect.heads().size() > 1) {
      row(table, line++, "all " + effect.heads().size(), signed(effect.together()));
      row(table, line, "sum of single", signed(effect.sum()));
    }
    return table;
  }

  private static GridPane table(String... columns) {
    GridPane table = new GridPane();
    table.getStyleClass().add("ablation-table");
    table.setHgap(12);
    table.setVgap(4);
    for (int c = 0; c < columns.length; c++) {
      ColumnConstraints width = new ColumnConstraints();
      width.setHgrow(c == 0 ? Priority.ALWAYS : Priority.NEVER);
      width.setHalignment(c == 0 ? javafx.geometry.HPos.LEFT : javafx.geometry.HPos.RIGHT);
      table.getColumnConstraints().add(width);
      table.add(Ui.label(columns[c], "caption"), c, 0);
    }
    return table;
  }

  private static void row(GridPane table, int line, String name, String... numbers) {
    Label first = Ui.label(name);
    first.setMinWidth(0);
    table.add(first, 0, line);
    for (int c = 0; c < numbers.length; c++) {
      table.add(Ui.figure(numbers[c]), c + 1, line);
    }
  }

  private static String signed(double value) {
    return (value > 0 ? "+" : "") + Ticks.format(value);
  }
}
