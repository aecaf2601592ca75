package dev.headlight.app.view;

import dev.headlight.analysis.run.Head;
import dev.headlight.app.visual.Effect;
import dev.headlight.app.visual.Looked;
import dev.headlight.app.visual.VisualChoice.Change;
import dev.headlight.app.visual.VisualState;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;

/** The selected head: where its attention goes, and the answer without it. */
final class VisualHeadPart extends VBox {
  private final VisualDesk desk;
  private final Label name = Ui.label("", "title");
  private final FlowPane chips = new FlowPane(6, 4);
  private final VBox shares = new VBox(4);
  private final Label effectTitle = Ui.section("Without this head");
  private final VBox effect = new VBox(4);
  private final Map<Change, ToggleButton> buttons = new EnumMap<>(Change.class);
  private final Button run = Ui.tool(new Button("Run"));
  private final FlowPane changes = new FlowPane(6, 6);

  VisualHeadPart(VisualDesk desk) {
    super(8);
    this.desk = desk;
    getStyleClass().add("visual-head");
    for (Change change : Change.values()) {
      ToggleButton button = Ui.tool(new ToggleButton(change.title()));
      button.setTooltip(new Tooltip(Ui.sentence(change.says()) + "."));
      button.setOnAction(
          e -> {
            state().choose(state().choice().with(change));
            button.setSelected(true);
            if (state().effect().isEmpty()) {
              desk.effect();
            }
          });
      buttons.put(change, button);
      changes.getChildren().add(button);
    }
    run.setOnAction(e -> desk.effect());
    changes.getChildren().add(run);
    getChildren()
        .addAll(
            Ui.section("Head"),
            name,
            chips,
            Ui.section("Share of attention, this word"),
            shares,
            effectTitle,
            effect,
            changes);
    desk.whenChanged(this::update);
    update();
  }

  private VisualState state() {
    return desk.state();
  }

  private void update() {
    Looked looked = state().looked();
    if (looked == null) {
      return;
    }
    Head head = state().head();
    name.setText(head.toString());
    chips(looked, head);
    shares(looked, head);
    boolean speaks = desk.speaks();
    Ui.show(effectTitle, speaks);
    Ui.show(effect, speaks);
    Ui.show(changes, speaks);
    buttons.forEach((c, b) -> b.setSelected(c == state().choice().change()));
    Ui.show(buttons.get(Change.VAR), !looked.patches());
    Ui.show(buttons.get(Change.VHR), !looked.patches());
    effectTitle.setText(
        switch (state().choice().change()) {
          case ZERO -> "Without this head";
          case TWICE -> "This head twice";
          case VAR -> "Attention moved from sinks to the picture";
          case VHR -> "Heads that need the picture twice";
        });
    effect();
  }

  private void chips(Looked looked, Head head) {
    chips.getChildren().clear();
    float share = looked.rows().shares(head, state().maps().query())[0];
    if (share >= 0.5 && !looked.patches()) {
      chips.getChildren().add(Ui.label("image head", "chip", "visual-chip"));
    }
    state()
        .divergence()
        .ifPresent(
            d -> {
              float vhd = d.divergence().data()[head.layer() * looked.heads() + head.head()];
              Label chip = Ui.label(String.format(Locale.ROOT, "VHD %.2f", vhd), "chip");
              chip.setTooltip(
                  new Tooltip("‖z with the picture − z without‖₂ at the row that writes the word"));
              chips.getChildren().add(chip);
              if (d.vhr().contains(head)) {
                chips.getChildren().add(Ui.label("VHR", "chip"));
              }
            });
    state()
        .sunk()
        .ifPresent(
            s -> {
              double sunk = s.share(head, state().maps().query(), looked);
              if (!Double.isNaN(sunk) && sunk >= 0.005) {
                chips
                    .getChildren()
                    .add(Ui.label(String.format(Locale.ROOT, "sinks %.0f %%", 100 * sunk), "chip"));
              }
            });
    Ui.show(chips, !chips.getChildren().isEmpty());
  }

  private void shares(Looked looked, Head head) {
    float[] now = looked.rows().shares(head, state().maps().query());
    GridPane table = ScoreRow.table();
    List<String> groups = looked.groups();
    for (int i = 0; i < groups.size(); i++) {
      new ScoreRow(table, i, groups.get(i), "Sum of A over these keys in the row of the word")
          .set(now[i], 1, "");
    }
    shares.getChildren().setAll(table);
  }

  private void effect() {
    Optional<Effect> known = state().effect();
    boolean asked = desk.job(VisualDesk.Ask.EFFECT).isPresent();
    Ui.show(run, known.isEmpty() && !asked);
    effect.getChildren().clear();
    if (known.isEmpty()) {
      effect
          .getChildren()
          .add(Ui.label(asked ? "Being asked …" : "Run asks the model again.", "caption"));
      return;
    }
    Effect e = known.get();
    if (!e.note().isEmpty()) {
      effect.getChildren().add(Ui.wrap(Ui.label("Nothing to do: " + e.note() + ".", "problem")));
      return;
    }
    String what = e.score() ? "score" : "P(" + e.token() + ")";
    String numbers =
        e.score()
            ? String.format(Locale.ROOT, "%.3f → %.3f", e.before(), e.after())
            : String.format(Locale.ROOT, "%.1f → %.1f %%", 100 * e.before(), 100 * e.after());
    effect.getChildren().add(Ui.row(8, Ui.label(what, "dim"), Ui.spacer(), Ui.figure(numbers)));
    if (!e.score()) {
      Label top = Ui.token(e.top());
      if (!e.top().equals(e.token())) {
        top.getStyleClass().add("visual-other");
      }
      effect.getChildren().add(Ui.row(8, Ui.label("most probable", "dim"), Ui.spacer(), top));
    }
    if (!e.text().isEmpty()) {
      Label text = Ui.wrap(Ui.label(e.text(), "token"));
      if (!e.text().equals(e.baseline())) {
        text.getStyleClass().add("visual-other");
      }
      effect.getChildren().addAll(Ui.label("answer", "dim"), text);
      if (!e.text().equals(e.baseline())) {
        effect
            .getChildren()
            .addAll(Ui.label("before", "dim"), Ui.wrap(Ui.label(e.baseline(), "token")));
      }
    }
  }
}
