package dev.headlight.app.view;

import dev.headlight.analysis.ablation.Importance;
import dev.headlight.app.ablation.AblationPictures;
import dev.headlight.app.ablation.AblationPictures.Variant;
import dev.headlight.app.ablation.Part;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.control.MenuButton;

/** What gradients say of each head, by either of two definitions. */
final class AblationGradientPart extends AblationMapPart {
  private static final Kind KIND =
      new Kind(
          Part.GRADIENT,
          false,
          "By gradient",
          "importance",
          "Run takes one forward and one backward pass a prompt; no head is taken away.",
          "Gradients need loss, logit difference or ln P(answer): the others are flat.",
          "Michel et al. 2019, Are Sixteen Heads Really Better than One?; run_bertology.py of"
              + " Hugging Face. Their rankings differ.");

  private final ObjectProperty<Variant> variant;

  AblationGradientPart(AblationDesk desk) {
    this(desk, new SimpleObjectProperty<>(Variant.TOKEN));
  }

  private AblationGradientPart(AblationDesk desk, ObjectProperty<Variant> variant) {
    super(
        desk,
        KIND,
        state -> state.choice().metric().hasGradient(),
        found ->
            AblationPictures.gradient(
                (Importance) found, variant.get(), desk.facts().spec().layers()));
    this.variant = variant;
    getStyleClass().add("ablation-gradient");
    MenuButton which = Ui.tool(new MenuButton());
    which.textProperty().bind(variant.map(v -> Ui.sentence(v.title())));
    which.setAccessibleText("Which definition");
    for (Variant each : Variant.values()) {
      which.getItems().add(Menus.item(Ui.sentence(each.title()), "", () -> variant.set(each)));
    }
    beside(which);
    variant.addListener(o -> redraw());
  }

  /** The definition that is shown. */
  ObjectProperty<Variant> variant() {
    return variant;
  }
}
