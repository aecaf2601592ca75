package dev.headlight.app.view;

import dev.headlight.app.engine.ModelSource;
import java.util.List;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;

/** Models to open again, and those that come with Headlight. */
final class OpenMenu {
  private OpenMenu() {}

  static Menu recent(Menu owner, ModelChoices choices, Actions actions) {
    Menu recent = new Menu("Open recent");
    recent.getItems().add(new MenuItem("…"));
    owner.setOnShowing(
        e -> {
          List<MenuItem> items =
              choices.recent().get().stream()
                  .map(r -> Menus.item(r, "", () -> actions.open(choices.resolve().apply(r))))
                  .toList();
          recent.getItems().setAll(items);
          recent.setDisable(items.isEmpty());
        });
    return recent;
  }

  static Menu samples(ModelChoices choices, Actions actions) {
    Menu samples = new Menu("Samples");
    for (ModelSource sample : choices.samples()) {
      samples.getItems().add(Menus.item(sample.reference(), "", () -> actions.open(sample)));
    }
    samples.setDisable(choices.samples().isEmpty());
    return samples;
  }
}
