package dev.headlight.app.view;

import dev.headlight.app.engine.ModelFacts;
import dev.headlight.app.job.FxJobRunner;
import dev.headlight.app.session.RecentSessions;
import dev.headlight.app.session.SessionFile;
import dev.headlight.app.session.Shelf;
import dev.headlight.app.workbench.Keeper;
import dev.headlight.app.workbench.Notice;
import dev.headlight.app.workbench.SessionController;
import dev.headlight.app.workbench.SessionOpener;
import dev.headlight.app.workbench.Undo;
import dev.headlight.app.workbench.Workbench;
import dev.headlight.app.workbench.WorkbenchController;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.value.ObservableDoubleValue;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Alert;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.Window;

/** What menus, keys and drops do with sessions. */
final class SessionActions implements SessionOpener.Asker, AutoCloseable {
  private final Workbench w;
  private final SessionController controller;
  private final SessionOpener opener;
  private final Optional<Shelf> shelf;
  private final Optional<RecentSessions> recent;
  private Window window;
  private ObservableDoubleValue textSize = new SimpleDoubleProperty(1);

  /**
   * @param unsaved folder where sessions are kept that are not saved; empty to keep none
   */
  SessionActions(
      Workbench workbench,
      WorkbenchController models,
      Undo undo,
      ModelChoices choices,
      Optional<Path> unsaved) {
    this.w = workbench;
    this.shelf = unsaved.map(Shelf::new);
    this.recent = unsaved.map(folder -> new RecentSessions(folder.resolve("recent.txt")));
    FxJobRunner files = new FxJobRunner("headlight-sessions");
    Keeper keeper =
        new Keeper(shelf, failure -> files.tell(() -> w.notice.set(Notice.of(failure))));
    this.controller = new SessionController(w, models, undo, files, keeper, this::remember);
    this.opener = new SessionOpener(w, models, controller, files, choices.resolve(), shelf, this);
  }

  private void remember(Path file) {
    recent.ifPresent(
        r ->
            Background.ask(
                () -> {
                  r.add(file);
                  return file;
                },
                done -> {},
                e -> w.notice.set(Notice.of(e))));
  }

  void setWindow(Window owner) {
    window = owner;
  }

  /** Names the factor of the size of everything, which dialogs follow. */
  void setTextSize(ObservableDoubleValue factor) {
    textSize = factor;
  }

  SessionController controller() {
    return controller;
  }

  /** Session, model, and a mark where something is not saved. */
  ObservableValue<String> title() {
    return Bindings.createStringBinding(
        () -> {
          Path file = controller.file().get();
          ModelFacts model = w.model.get();
          List<String> parts = new ArrayList<>();
          if (file != null) {
            String only = controller.writable() ? "" : " (read only)";
            parts.add(SessionFile.title(file) + only);
          }
          if (model != null) {
            parts.add(model.name());
          }
          parts.add("Headlight");
          return (controller.dirty().get() ? "• " : "") + String.join(" · ", parts);
        },
        controller.file(),
        controller.dirty(),
        w.model);
  }

  BooleanBinding canUndo() {
    Undo undo = controller.undo();
    return Bindings.createBooleanBinding(() -> undo.history().canUndo(), undo.revision());
  }

  BooleanBinding canRedo() {
    Undo undo = controller.undo();
    return Bindings.createBooleanBinding(() -> undo.history().canRedo(), undo.revision());
  }

  void undo() {
    controller.undo().undo();
  }

  void redo() {
    controller.undo().redo();
  }

  void begin() {
    controller.begin();
  }

  void open(Path file) {
    opener.open(file);
  }

  void recover() {
    opener.recover();
  }

  void openFile() {
    File file = chooser("Open session").showOpenDialog(window);
    if (file != null) {
      open(file.toPath());
    }
  }

  /** To its own file; asks for one where there is none, or it may only be read. */
  void save() {
    if (controller.writable()) {
      save(controller.file().get());
    } else {
      saveAs();
    }
  }

  void save(Path file) {
    controller.save(file);
  }

  void saveAs() {
    FileChooser chooser = chooser("Save session");
    Path now = controller.file().get();
    String name =
        now != null
            ? SessionFile.title(now)
            : w.model.get() == null ? "session" : w.model.get().name();
    chooser.setInitialFileName(name + "." + SessionFile.SUFFIX);
    File file = chooser.showSaveDialog(window);
    if (file != null) {
      Path path = file.toPath();
      save(
          SessionFile.named(path)
              ? path
              : path.resolveSibling(path.getFileName() + "." + SessionFile.SUFFIX));
    }
  }

  private FileChooser chooser(String title) {
    FileChooser chooser = new FileChooser();
    chooser.setTitle(title);
    chooser
        .getExtensionFilters()
        .add(new FileChooser.ExtensionFilter("Headlight session", "*." + SessionFile.SUFFIX));
    return chooser;
  }

  /** Sessions to open again, and those that windows left unsaved. */
  Menu recent() {
    Menu menu = new Menu("Recent sessions");
    menu.getItems().setAll(note("Looking …"));
    Runnable look =
        () ->
            Background.ask(
                this::look,
                found -> menu.getItems().setAll(found.items(this::open)),
                e -> menu.getItems().setAll(note("They cannot be read.")));
    menu.setOnShowing(e -> look.run());
    look.run();
    return menu;
  }

  /** What there is to open. */
  private record Found(List<Path> recent, List<Shelf.Left> left) {
    List<MenuItem> items(java.util.function.Consumer<Path> open) {
      List<MenuItem> items = new ArrayList<>();
      for (Path file : recent) {
        items.add(item(file.toString(), () -> open.accept(file)));
      }
      if (!left.isEmpty() && !items.isEmpty()) {
        items.add(new SeparatorMenuItem());
      }
      for (Shelf.Left one : left) {
        items.add(item(one.title() + ", " + Times.text(one.time()), () -> open.accept(one.file())));
      }
      return items.isEmpty() ? List.of(note("No sessions yet")) : items;
    }
  }

  private Found look() {
    return new Found(
        recent.map(RecentSessions::list).orElse(List.of()),
        shelf.map(Shelf::left).orElse(List.of()));
  }

  private static MenuItem item(String text, Runnable action) {
    MenuItem item = Menus.item(text, "", action);
    item.setMnemonicParsing(false);
    return item;
  }

  private static MenuItem note(String text) {
    MenuItem item = new MenuItem(text);
    item.setDisable(true);
    return item;
  }

  @Override
  public Optional<Path> model(String why) {
    ButtonType choose = new ButtonType("Choose its folder …");
    if (alert(why + " Where is it now?", choose) != choose) {
      return Optional.empty();
    }
    DirectoryChooser chooser = new DirectoryChooser();
    chooser.setTitle("The model of the session");
    return Optional.ofNullable(chooser.showDialog(window)).map(File::toPath);
  }

  @Override
  public boolean otherWeights(String why) {
    ButtonType use = new ButtonType("Use it all the same");
    return alert(why, use) == use;
  }

  private ButtonType alert(String text, ButtonType action) {
    Alert alert = new Alert(Alert.AlertType.NONE, text, action, ButtonType.CANCEL);
    alert.initOwner(window);
    alert.setTitle("Open session");
    Runnable stop = Themes.follow(alert.getDialogPane().getScene(), w, textSize);
    ButtonType answer = alert.showAndWait().orElse(ButtonType.CANCEL);
    stop.run();
    return answer;
  }

  @Override
  public void close() {
    controller.close();
  }
}
