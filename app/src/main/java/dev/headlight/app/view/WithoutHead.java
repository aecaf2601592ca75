package dev.headlight.app.view;

import dev.headlight.analysis.run.Intervention.Mode;
import dev.headlight.app.engine.HeadEffect;
import dev.headlight.app.workbench.Workbench;
import java.util.Locale;
import javafx.beans.InvalidationListener;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** What the model says after the prompt when the head's output is replaced. */
final class WithoutHead extends VBox {
  private final Workbench w;
  private final Label probabilityName = Ui.label("", "dim");
  private final Label probability = Ui.figure("");
  private final Label divergence = Ui.figure("");
  private final Label remark = Ui.label("", "dim");

  WithoutHead(Workbench workbench, Actions actions) {
    super(6);
    this.w = workbench;
    Ui.wrap(remark);
    Button copy = new Button("Copy as command");
    Ui.tool(copy);
    copy.setTooltip(new Tooltip("Copy the command line that compares with and without this head"));
    copy.setOnAction(e -> actions.copies().without());
    Label kl = Ui.label("KL", "dim");
    kl.setTooltip(new Tooltip("KL(with ‖ without) of the next token after the prompt"));
    getChildren()
        .addAll(
            Ui.section("Without this head"),
            Ui.row(8, probabilityName, Ui.spacer(), probability),
            Ui.row(8, kl, Ui.spacer(), divergence),
            remark,
            modes(),
            copy);
    InvalidationListener update = o -> update();
    w.without.addListener(update);
    w.run.addListener(update);
    w.withoutMode.addListener(update);
    update();
  }

  private HBox modes() {
    ToggleGroup group = new ToggleGroup();
    HBox box = Ui.row(6);
    for (Mode mode : new Mode[] {Mode.ZERO, Mode.MEAN, Mode.UNIFORM}) {
      ToggleButton button = new ToggleButton(name(mode));
      Ui.tool(button);
      button.setToggleGroup(group);
      button.setSelected(w.withoutMode.get() == mode);
      button.setTooltip(new Tooltip(meaning(mode)));
      button.setAccessibleText(name(mode) + ": " + meaning(mode));
      button.setOnAction(
          e -> {
            w.withoutMode.set(mode);
            button.setSelected(true);
          });
      w.withoutMode.addListener((o, old, now) -> button.setSelected(now == mode));
      box.getChildren().add(button);
    }
    return box;
  }

  private void update() {
    HeadEffect effect = w.without.get();
    Ui.show(this, w.run.get() != null);
    remark.setText(meaning(w.withoutMode.get()));
    if (w.run.get() != null && !w.run.get().model().spec().hasLogits()) {
      probabilityName.setText("P(next)");
      probability.setText("N/A");
      divergence.setText("N/A");
      remark.setText("This model has no next-token head, so there is nothing to compare.");
      return;
    }
    if (effect == null) {
      probabilityName.setText("P(next)");
      probability.setText("…");
      divergence.setText("…");
      return;
    }
    probabilityName.setText("P(" + effect.label() + ")");
    probability.setText(
        String.format(Locale.ROOT, "%.1f → %.1f %%", 100 * effect.before(), 100 * effect.after()));
    divergence.setText(String.format(Locale.ROOT, "%.3f nats", effect.divergence()));
    if (effect.unchanged()) {
      remark.setText("This changed nothing: every logit after the prompt stayed the same.");
    } else if (!effect.newTop().equals(effect.label())) {
      remark.setText("Most probable now: " + effect.newTop() + ". " + meaning(effect.mode()));
    }
  }

  static String name(Mode mode) {
    return switch (mode) {
      case ZERO -> "Zero";
      case MEAN -> "Mean";
      case UNIFORM -> "Uniform";
      case RESAMPLE -> "Resample";
    };
  }

  private static String meaning(Mode mode) {
    return switch (mode) {
      case ZERO -> "hook_z = 0 at every position. Off-distribution; compare with Mean.";
      case MEAN -> "hook_z = its mean over the positions of this prompt, at every position.";
      case UNIFORM -> "Attention uniform over the keys the mask allows, at every position.";
      case RESAMPLE -> "hook_z of another prompt.";
    };
  }
}
