package dev.headlight.app.view;

import dev.headlight.app.engine.Alignment;
import dev.headlight.app.engine.ComparedMaps;
import dev.headlight.app.engine.RunEffect;
import dev.headlight.app.workbench.Cell;
import dev.headlight.app.workbench.Comparison;
import dev.headlight.app.workbench.Workbench;
import dev.headlight.renderer.ColorMap;
import java.util.Locale;
import javafx.beans.InvalidationListener;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

/** What the comparison says in numbers: the chosen cell, the largest difference, what is next. */
final class CompareReadout extends VBox {
  private final Workbench w;
  private final Comparison comparison;
  private final ObservableValue<Cell> chosen;
  private final ColourBar weights = new ColourBar();
  private final ColourBar signed = new ColourBar();
  private final Label cell = Ui.label("", "compare-cell");
  private final Label words = Ui.label("", "caption");

  CompareReadout(Workbench workbench, Comparison comparison, ObservableValue<Cell> chosen) {
    super(8);
    this.w = workbench;
    this.comparison = comparison;
    this.chosen = chosen;
    setMouseTransparent(true);
    cell.setWrapText(true);
    cell.setMinHeight(USE_PREF_SIZE);
    words.setWrapText(true);
    words.setMinHeight(USE_PREF_SIZE);
    FlowPane bars = new FlowPane(24, 6, legend("A, B", weights), legend("B − A", signed));
    getChildren().addAll(cell, bars, words);
    InvalidationListener update = o -> update();
    comparison.maps.addListener(update);
    comparison.effect.addListener(update);
    chosen.addListener(update);
    w.scale.addListener(update);
    w.theme.addListener(update);
    w.hideSink.addListener(update);
    update();
  }

  private static VBox legend(String name, ColourBar bar) {
    return new VBox(3, Ui.label(name, "caption"), bar);
  }

  private void update() {
    ComparedMaps maps = comparison.maps.get();
    Ui.show(this, maps != null && w.run.get() != null);
    if (maps == null || w.run.get() == null) {
      return;
    }
    weights.show(Scales.grid(w), ColorMap.viridis(), "");
    signed.show(Scales.difference(w, maps.difference()), ColorMap.diverging(w.theme.get()), "");
    Cell at = chosen.getValue();
    int largest = maps.largest();
    int columns = maps.difference().columns();
    if (at != null) {
      cell.setText(say(maps, at));
    } else {
      cell.setText(
          largest < 0
              ? "No cell is in both maps."
              : "Largest difference: " + say(maps, new Cell(largest / columns, largest % columns)));
    }
    words.setText(words(maps));
  }

  private String say(ComparedMaps maps, Cell at) {
    float a = maps.a().get(at.query(), at.key());
    float b = maps.b().get(at.query(), at.key());
    return "%s → %s\nA %s · B %s · B − A %s"
        .formatted(
            token(maps.alignment(), at.query()),
            token(maps.alignment(), at.key()),
            weight(a),
            weight(b),
            Float.isNaN(b - a) ? "N/A" : String.format(Locale.ROOT, "%+.4f", b - a));
  }

  private String token(Alignment alignment, int column) {
    int a = alignment.a()[column];
    int b = alignment.b()[column];
    return a != Alignment.GAP
        ? w.run.get().tokens().label(a) + " (" + a + ")"
        : comparison.runB.get().tokens().label(b) + " (B " + b + ")";
  }

  private static String weight(float value) {
    return Float.isNaN(value) ? "N/A" : String.format(Locale.ROOT, "%.4f", value);
  }

  private String words(ComparedMaps maps) {
    StringBuilder text = new StringBuilder("Rows query · columns key. Blue: more attention in B. ");
    text.append(
        String.format(
            Locale.ROOT,
            "On average a query moves %s of its attention (½ Σ |B − A|).",
            HeadWords.percent(maps.moved())));
    int length = maps.alignment().length();
    int shared = maps.alignment().shared();
    if (shared < length) {
      text.append(
          " %d of %d columns are in both prompts (longest common subsequence of ids)."
              .formatted(shared, length));
    }
    RunEffect effect = comparison.effect.get();
    if (effect != null && comparison.kind.get() != Comparison.Kind.HEADS) {
      text.append(' ').append(next(effect));
    }
    return text.toString();
  }

  private static String next(RunEffect effect) {
    if (effect.unchanged()) {
      return "This changed nothing: every logit after the prompt stayed the same.";
    }
    return String.format(
        Locale.ROOT,
        "Next token: P(%s) %.1f → %.1f %%, KL(A ‖ B) %.3f nats, most probable in B: “%s”.",
        effect.label(),
        100 * effect.before(),
        100 * effect.after(),
        effect.divergence(),
        effect.newTop());
  }
}
