package dev.headlight.app.view;

import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.app.engine.ModelFacts;
import dev.headlight.app.workbench.Workbench;
import java.util.Locale;
import javafx.beans.property.StringProperty;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.VBox;

/** What is open. */
final class ModelCard extends VBox {
  private final StringProperty opening;
  private final Label name = Ui.label("", "title");
  private final Label family = Ui.label("", "chip");
  private final Facts facts = new Facts();
  private final Label heads = facts.add("Layers × heads");
  private final Label groups = facts.add("KV groups");
  private final Label width = facts.add("Width");
  private final Label positions = facts.add("Positions");
  private final Label vocabularyHead = facts.add("Head");
  private final Label parameters = facts.add("Parameters");
  private final Label weights = facts.add("Weights");
  private final Tooltip residency = new Tooltip();

  ModelCard(Workbench workbench, Actions actions) {
    super(6);
    opening = workbench.opening;
    vocabularyHead.setTooltip(new Tooltip("What the model says about tokens"));
    ParityBadge.inCard(facts.add("Parity"), workbench);
    Tooltip path = new Tooltip();
    name.setTooltip(path);
    weights.setTooltip(residency);
    getChildren()
        .addAll(
            Ui.section("Model"),
            name,
            Ui.row(6, family),
            facts,
            new CheckpointSlider(workbench, actions));
    workbench.model.addListener((o, old, now) -> show(now, path));
    workbench.opening.addListener((o, old, now) -> show(workbench.model.get(), path));
    show(workbench.model.get(), path);
  }

  private void show(ModelFacts model, Tooltip path) {
    facts.setVisible(model != null);
    family.setVisible(model != null);
    if (model == null) {
      name.setText(opening.get().isEmpty() ? "No model" : "Opening …");
      return;
    }
    ModelSpec spec = model.spec();
    name.setText(model.name());
    path.setText(model.source().reference());
    family.setText(spec.family());
    heads.setText(spec.layers() + " × " + spec.heads());
    groups.setText(
        spec.kvHeads() == spec.heads() ? "one a head" : Integer.toString(spec.kvHeads()));
    width.setText(Integer.toString(spec.width()));
    boolean endless = spec.maxPositions() == Integer.MAX_VALUE;
    positions.setText(endless ? "any" : Integer.toString(spec.maxPositions()));
    vocabularyHead.setText(dev.headlight.app.report.ModelCard.head(spec));
    parameters.setText(size(model.parameters()));
    weights.setText(stored(model.storedType()));
    residency.setText(model.residency().text());
  }

  static String size(long count) {
    if (count >= 1_000_000_000) {
      return String.format(Locale.ROOT, "%.2f B", count / 1e9);
    }
    return count >= 1_000_000
        ? String.format(Locale.ROOT, "%.1f M", count / 1e6)
        : String.format(Locale.ROOT, "%.0f k", count / 1e3);
  }

  /** Half precision is widened before anything is computed. */
  private static String stored(String type) {
    String lower = type.toLowerCase(Locale.ROOT).replace("f16", "fp16").replace("f32", "fp32");
    return lower.equals("fp32") ? lower : lower.replace("bfp16", "bf16") + " → fp32";
  }
}
