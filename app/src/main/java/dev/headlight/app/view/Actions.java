package dev.headlight.app.view;

import dev.headlight.analysis.run.Head;
import dev.headlight.app.engine.ModelSource;
import dev.headlight.app.engine.RunSnapshot;
import dev.headlight.app.export.CopyCommand;
import dev.headlight.app.export.ExportRequest;
import dev.headlight.app.export.ExportRequest.Format;
import dev.headlight.app.workbench.Notice;
import dev.headlight.app.workbench.Workbench;
import dev.headlight.app.workbench.WorkbenchController;
import dev.headlight.renderer.Theme;
import dev.headlight.renderer.figure.FigureStyle;
import java.io.File;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.Window;

/** What menus and buttons do beyond setting one property. */
final class Actions {
  private final Workbench w;
  private final WorkbenchController controller;
  private final Consumer<String> opened;
  private Window window;

  /**
   * @param opened hears the reference of each model that was opened
   */
  Actions(Workbench workbench, WorkbenchController controller, Consumer<String> opened) {
    this.w = workbench;
    this.controller = controller;
    this.opened = opened;
  }

  /** The window that owns dialogs. */
  void setWindow(Window owner) {
    window = owner;
  }

  /** Light or dark. */
  Theme theme() {
    return w.theme.get();
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

  void openFolder() {
    DirectoryChooser chooser = new DirectoryChooser();
    chooser.setTitle("Open a model folder");
    File folder = chooser.showDialog(window);
    if (folder != null) {
      open(ModelSource.of(folder.toPath()));
    }
  }

  /** Asks for a place, and for a PNG's size, then writes. */
  void export(Format format) {
    RunSnapshot run = w.run.get();
    Head head = w.head.get();
    if (run == null || head == null) {
      w.notice.set(Notice.info("There is no map to export yet."));
      return;
    }
    Optional<FigureStyle> style =
        format == Format.PNG ? FigureDialog.ask(window) : Optional.of(FigureStyle.page());
    style.ifPresent(s -> askFile(run, head, format).ifPresent(f -> export(format, f, s)));
  }

  private Optional<Path> askFile(RunSnapshot run, Head head, Format format) {
    String suffix = format.name().toLowerCase(Locale.ROOT);
    FileChooser chooser = new FileChooser();
    chooser.setTitle("Export " + head);
    chooser.setInitialFileName(run.model().name() + "-" + head + "." + suffix);
    chooser
        .getExtensionFilters()
        .add(new FileChooser.ExtensionFilter(format.name(), "*." + suffix));
    return Optional.ofNullable(chooser.showSaveDialog(window)).map(File::toPath);
  }

  /** Writes the selected head's map as it is shown. */
  void export(Format format, Path file, FigureStyle style) {
    controller.export(
        new ExportRequest(
            w.run.get().id(),
            w.head.get(),
            w.run.get().tokens(),
            format,
            file,
            style,
            Scales.figure(w)));
  }

  void copyCommand() {
    if (w.run.get() != null && w.head.get() != null) {
      NoticeBar.copy(
          CopyCommand.capture(w.run.get(), w.head.get(), w.bos.get(), w.written.get() != null));
      w.notice.set(Notice.info("Copied the command that captures this head's map."));
    }
  }
}
