package dev.headlight.app.view;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.app.engine.ModelSource;
import dev.headlight.app.export.ExportRequest;
import dev.headlight.app.export.ExportRequest.Format;
import dev.headlight.app.export.FigureContent;
import dev.headlight.app.export.FigureContent.Kind;
import dev.headlight.app.export.FigureRequest;
import dev.headlight.app.help.GuideBook;
import dev.headlight.app.settings.UserFolders;
import dev.headlight.app.workbench.HeadView;
import dev.headlight.app.workbench.Notice;
import dev.headlight.app.workbench.Workbench;
import dev.headlight.app.workbench.WorkbenchController;
import dev.headlight.renderer.figure.FigureStyle;
import dev.headlight.samples.SampleVersion;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.value.ObservableDoubleValue;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.Window;

/** What menus and buttons do beyond setting one property. */
final class Actions {
  private final Workbench w;
  private final WorkbenchController controller;
  private final Consumer<String> opened;
  private final ShownHead shown;
  private final Copies copies;
  private Window window;
  private FileAsker files =
      (chooser, save) -> save ? chooser.showSaveDialog(window) : chooser.showOpenDialog(window);
  private ObservableDoubleValue textSize = new SimpleDoubleProperty(1);
  private Runnable editPrompt = () -> {};
  private Consumer<String> openPane = pane -> {};
  private Consumer<String> browser = page -> {};
  private SessionActions sessions;

  /**
   * @param opened hears the reference of each model that was opened
   */
  Actions(Workbench workbench, WorkbenchController controller, Consumer<String> opened) {
    this.w = workbench;
    this.controller = controller;
    this.opened = opened;
    this.shown = new ShownHead(workbench);
    this.copies = new Copies(workbench, controller, shown);
  }

  /** What goes to the clipboard. */
  Copies copies() {
    return copies;
  }

  /** Asks for a file. */
  interface FileAsker {
    /**
     * Asks.
     *
     * @param save whether it is to be written
     * @return null for none
     */
    File ask(FileChooser chooser, boolean save);
  }

  /** Names another way to ask for files than the system's dialogs. */
  void setFiles(FileAsker asker) {
    files = asker;
  }

  /** Asks for a file to read. */
  Optional<Path> openFile(FileChooser chooser) {
    return Optional.ofNullable(files.ask(chooser, false)).map(File::toPath);
  }

  /** Asks for a place to write to. */
  Optional<Path> saveFile(FileChooser chooser) {
    return Optional.ofNullable(files.ask(chooser, true)).map(File::toPath);
  }

  /** The window that owns dialogs. */
  void setWindow(Window owner) {
    window = owner;
  }

  /** Names the factor of the size of everything, which dialogs follow. */
  void setTextSize(ObservableDoubleValue factor) {
    textSize = factor;
  }

  /** Factor of the size of everything. */
  ObservableDoubleValue textSize() {
    return textSize;
  }

  /** Names what puts the caret into the prompt. */
  void setEditPrompt(Runnable edit) {
    editPrompt = edit;
  }

  /** Names what opens a pane. */
  void setOpenPane(Consumer<String> open) {
    openPane = open;
  }

  /** Names what knows the pane whose head is meant. */
  void setShown(Supplier<Optional<HeadView>> pane) {
    shown.setPane(pane);
  }

  /** Names what opens and saves sessions. */
  void setSessions(SessionActions all) {
    sessions = all;
  }

  SessionActions sessions() {
    return sessions;
  }

  /** Opens a pane of a kind, or brings it to the front. */
  void openPane(String kind) {
    openPane.accept(kind);
  }

  /** Names what shows a page in the system's browser. */
  void setBrowser(Consumer<String> show) {
    browser = show;
  }

  /** Selects a head by its name; a notice says what is wrong with it. */
  boolean goTo(String text) {
    try {
      Head head = Head.parse(text.strip());
      if (w.model.get() == null) {
        w.notice.set(Notice.info("Open a model first."));
        return false;
      }
      HeadSet.of(head).resolve(w.model.get().spec());
      w.head.set(head);
      return true;
    } catch (HeadlightException e) {
      w.notice.set(Notice.of(e));
      return false;
    }
  }

  /** Shows the user guide, which needs no network. */
  void openGuide() {
    Background.ask(
        () -> GuideBook.write(UserFolders.cache().resolve("guide")),
        page -> {
          w.notice.set(Notice.info("The user guide is " + page));
          browser.accept(page.toUri().toString());
        },
        e -> w.notice.set(Notice.of(e)));
  }

  void editPrompt() {
    editPrompt.run();
  }

  /** The state. */
  Workbench workbench() {
    return w;
  }

  /** The window that owns dialogs, or null. */
  Window window() {
    return window;
  }

  void open(ModelSource source) {
    open(source, () -> {});
  }

  /**
   * @param refused runs when the model cannot be opened
   */
  void open(ModelSource source, Runnable refused) {
    w.notice.set(null);
    controller.open(source, () -> opened.accept(source.reference()), refused);
  }

  /** Opens a model and leaves the notice that stands. */
  void openInstead(ModelSource source) {
    controller.open(source, () -> {}, () -> {});
  }

  /**
   * Opens a checkpoint of the model at hand; the list of recent models stays as it is.
   *
   * @param refused runs when it cannot be opened
   */
  void openCheckpoint(SampleVersion version, Runnable refused) {
    controller.open(ModelSource.of(version), () -> {}, refused);
  }

  /** Opens the checkpoint so many places further in the training; at its ends nothing happens. */
  void stepCheckpoint(int places) {
    ModelSource now = w.model.get() == null ? null : w.model.get().source();
    int at = now == null ? -1 : now.version().map(now.training()::indexOf).orElse(-1);
    if (at >= 0 && at + places >= 0 && at + places < now.training().size()) {
      openCheckpoint(now.training().get(at + places), () -> {});
    }
  }

  void openFolder() {
    DirectoryChooser chooser = new DirectoryChooser();
    chooser.setTitle("Open a model folder");
    File folder = chooser.showDialog(window);
    if (folder != null) {
      open(ModelSource.of(folder.toPath()));
    }
  }

  /** Asks how the shown head's figure looks, and for a place, then writes; a table at once. */
  void export(Format format) {
    if (nothingToExport()) {
      return;
    }
    FigureContent content = shown.content();
    if (format == Format.CSV) {
      askFile(content.name(), format).ifPresent(file -> export(format, file, page()));
    } else {
      ask(content.kind(), format);
    }
  }

  /** Asks what is drawn and how, starting from the selected head. */
  void exportFigure() {
    if (!nothingToExport()) {
      ask(shown.content().kind(), Format.PDF);
    }
  }

  /** Asks how a figure of all heads looks. */
  void exportGrid() {
    if (!nothingToExport()) {
      ask(Kind.GRID, Format.PDF);
    }
  }

  private boolean nothingToExport() {
    boolean nothing = shown.isEmpty();
    if (nothing) {
      w.notice.set(Notice.info("There is no map to export yet."));
    }
    return nothing;
  }

  private void ask(Kind kind, Format format) {
    dialog(kind, format)
        .showAndWait()
        .ifPresent(
            choice ->
                askFile(choice.name(), choice.format())
                    .ifPresent(file -> write(choice.figure(), choice.format(), file)));
  }

  FigureDialog dialog(Kind kind, Format format) {
    FigureDialog dialog =
        new FigureDialog(
            window, figure(kind, page()), format, controller, shown.workbench(), textSize);
    dialog.setCopy(copies::figure);
    return dialog;
  }

  private Optional<Path> askFile(String name, Format format) {
    FileChooser chooser = new FileChooser();
    chooser.setTitle("Export " + name);
    String model = w.run.get().model().name();
    chooser.setInitialFileName(model + "-" + name + "." + format.suffix());
    chooser
        .getExtensionFilters()
        .add(new FileChooser.ExtensionFilter(format.name(), "*." + format.suffix()));
    return saveFile(chooser);
  }

  /** Writes the map as it is shown. */
  void export(Format format, Path file, FigureStyle style) {
    write(shown.figure(shown.content(), style), format, file);
  }

  /** Writes a figure of the pass at hand. */
  void write(FigureRequest figure, Format format, Path file) {
    controller.export(new ExportRequest(figure, format, file));
  }

  /** A figure with the scales of the window. */
  FigureRequest figure(Kind kind, FigureStyle style) {
    FigureContent content = shown.content();
    return shown.figure(
        content.kind() == kind ? content : new FigureContent(kind, List.of(shown.head())), style);
  }

  private static FigureStyle page() {
    return FigureStyle.page();
  }
}
