package dev.headlight.app.view;

import dev.headlight.app.engine.ModelSource;
import dev.headlight.app.models.CachedModel;
import java.util.List;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;

/** Models to open again, those that come with Headlight, and those other programs fetched. */
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

  /**
   * Models of the local Hugging Face cache. They are looked up beforehand, since a menu that is
   * open does not take other items, and again each time it opens, for the next time.
   */
  static Menu cached(ModelChoices choices, Actions actions) {
    Menu cached = new Menu("Hugging Face cache");
    cached.getItems().setAll(note("Looking …"));
    Runnable look =
        () ->
            Background.ask(
                choices.cached(),
                models -> show(cached, models, actions),
                failure -> cached.getItems().setAll(note("The cache cannot be read.")));
    cached.setOnShowing(e -> look.run());
    look.run();
    return cached;
  }

  private static void show(Menu menu, List<CachedModel> models, Actions actions) {
    List<MenuItem> items = models.stream().map(m -> item(m, actions)).toList();
    menu.getItems().setAll(items.isEmpty() ? List.of(note("No models there")) : items);
  }

  private static MenuItem item(CachedModel model, Actions actions) {
    String title = model.openable() ? model.title() : model.title() + " (no safetensors)";
    MenuItem item = Menus.item(title, "", () -> actions.open(ModelSource.of(model.folder())));
    item.setMnemonicParsing(false);
    item.setDisable(!model.openable());
    return item;
  }

  private static MenuItem note(String text) {
    MenuItem item = new MenuItem(text);
    item.setDisable(true);
    return item;
  }
}
