package dev.headlight.app.view;

import dev.headlight.analysis.text.Chat;
import dev.headlight.app.prompts.PromptLibrary;
import dev.headlight.app.prompts.PromptLibrary.Listing;
import dev.headlight.app.prompts.SavedPrompt;
import dev.headlight.app.workbench.Notice;
import dev.headlight.app.workbench.Workbench;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TextInputDialog;

/** Prompts that are kept: load one, save the present one, delete one. */
final class LibraryMenu extends MenuButton {
  private final Workbench w;
  private final PromptLibrary library;
  private final Consumer<String> plain;

  /**
   * @param plain puts a plain text into the editor
   */
  LibraryMenu(Workbench workbench, PromptLibrary library, Consumer<String> plain) {
    super("Library");
    this.w = workbench;
    this.library = library;
    this.plain = plain;
    Ui.tool(this);
    setAccessibleText("Prompt library");
    show(new Listing(PromptLibrary.builtIn(), List.of(), List.of()));
    setOnShowing(e -> refresh());
  }

  private void refresh() {
    Background.ask(library::list, this::show, e -> w.notice.set(Notice.of(e)));
  }

  private void show(Listing listing) {
    Menu delete = new Menu("Delete");
    delete.getItems().setAll(listing.own().stream().map(p -> item(p, this::delete)).toList());
    delete.setDisable(listing.own().isEmpty());
    getItems().setAll(listing.builtIn().stream().map(p -> item(p, this::load)).toList());
    getItems().add(new SeparatorMenuItem());
    getItems().addAll(listing.own().stream().map(p -> item(p, this::load)).toList());
    for (String problem : listing.problems()) {
      MenuItem note = new MenuItem(problem);
      note.setMnemonicParsing(false);
      note.setDisable(true);
      getItems().add(note);
    }
    getItems().addAll(Menus.item("Save as …", "", this::askName), delete);
  }

  private static MenuItem item(SavedPrompt prompt, Consumer<SavedPrompt> action) {
    MenuItem item = Menus.item(prompt.name(), "", () -> action.accept(prompt));
    item.setMnemonicParsing(false);
    return item;
  }

  /** Looks every readable prompt up, those that come with Headlight first. */
  void prompts(Consumer<List<SavedPrompt>> found) {
    Background.ask(
        library::list,
        listing -> {
          List<SavedPrompt> all = new ArrayList<>(listing.builtIn());
          all.addAll(listing.own());
          found.accept(all);
        },
        e -> found.accept(PromptLibrary.builtIn()));
  }

  /** Puts a prompt into the editor. */
  void load(SavedPrompt prompt) {
    w.bos.set(prompt.bos());
    boolean template = w.model.get() != null && w.model.get().hasChatTemplate();
    if (prompt.chat() && template) {
      w.chat.set(Chat.of(prompt.messages()));
      return;
    }
    w.chat.set(null);
    plain.accept(prompt.text());
    if (prompt.chat()) {
      w.notice.set(
          Notice.info(
              "This model has no chat template: the prompt's plain text is used, without roles."));
    }
  }

  private void askName() {
    TextInputDialog dialog = new TextInputDialog("");
    dialog.initOwner(getScene().getWindow());
    dialog.setTitle("Save prompt");
    dialog.setHeaderText(null);
    dialog.setContentText("Name");
    dialog.showAndWait().ifPresent(this::save);
  }

  /** Saves what the editor holds under a name. */
  void save(String name) {
    Chat chat = w.chat.get();
    SavedPrompt prompt =
        new SavedPrompt(
            name.strip(),
            w.prompt.get(),
            chat == null ? List.of() : chat.messages(),
            w.bos.get(),
            "");
    Background.ask(
        () -> library.save(prompt),
        file -> w.notice.set(Notice.info("Saved " + file)),
        e -> w.notice.set(Notice.of(e)));
  }

  private void delete(SavedPrompt prompt) {
    Background.ask(
        () -> {
          library.delete(prompt.name());
          return prompt.name();
        },
        name -> w.notice.set(Notice.info("Deleted the prompt " + name + ".")),
        e -> w.notice.set(Notice.of(e)));
  }
}
