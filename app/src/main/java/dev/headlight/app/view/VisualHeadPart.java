package dev.headlight.app.view;

import dev.headlight.analysis.run.Head;
import dev.headlight.app.visual.Looked;
import dev.headlight.app.visual.VisualState;
import java.util.List;
import java.util.Locale;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;

/** The selected head: what it is, and where its attention goes. */
final class VisualHeadPart extends VBox {
  private final VisualDesk desk;
  private final Label name = Ui.label("", "title");
  private final FlowPane chips = new FlowPane(6, 4);
  private final VBox shares = new VBox(4);

  VisualHeadPart(VisualDesk desk) {
    super(8);
    this.desk = desk;
    getStyleClass().add("visual-head");
    getChildren()
        .addAll(
            Ui.section("Head"), name, chips, Ui.section("Share of attention, this word"), shares);
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
}
