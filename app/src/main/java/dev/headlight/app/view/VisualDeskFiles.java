package dev.headlight.app.view;

import dev.headlight.analysis.image.Picture;
import dev.headlight.analysis.job.Job;
import dev.headlight.app.engine.ModelQuestion;
import dev.headlight.app.export.CopyCommand;
import dev.headlight.app.pictures.PictureShelf;
import dev.headlight.app.pictures.PromptPicture;
import dev.headlight.app.visual.MaskFile;
import dev.headlight.app.visual.VisualArguments;
import dev.headlight.app.visual.VisualExports;
import dev.headlight.app.visual.VisualState;
import dev.headlight.app.workbench.Notice;
import dev.headlight.app.workbench.Workbench;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javafx.stage.FileChooser;
import javafx.stage.FileChooser.ExtensionFilter;

/** Files that the visual pane reads and writes, and its command line. */
final class VisualDeskFiles {
  private final VisualDesk desk;

  /** A mask to load behind the next look. */
  private Optional<Path> awaited = Optional.empty();

  VisualDeskFiles(VisualDesk desk) {
    this.desk = desk;
  }

  private VisualState state() {
    return desk.state();
  }

  private Workbench workbench() {
    return desk.workbench();
  }

  /** Loads a mask as soon as its picture was looked at. */
  void awaitMask(Optional<Path> file) {
    awaited = file;
  }

  void loadAwaited() {
    awaited.ifPresent(this::loadMask);
    awaited = Optional.empty();
  }

  /** Asks for another picture in place of the one that is shown. */
  void changePicture() {
    FileChooser chooser = new FileChooser();
    chooser.setTitle("Change the picture");
    chooser
        .getExtensionFilters()
        .add(new ExtensionFilter("Pictures", "*.png", "*.jpg", "*.jpeg", "*.webp", "*.gif"));
    desk.context().actions().openFile(chooser).ifPresent(this::changePicture);
  }

  private void changePicture(Path file) {
    int at = state().picture();
    desk.context()
        .painter()
        .submit(
            "changed picture",
            Job.of("Picture " + file.getFileName(), p -> PictureShelf.ofUser().take(file)),
            picture -> {
              List<PromptPicture> all = new ArrayList<>(workbench().pictures.get());
              if (at < all.size()) {
                all.set(at, picture);
                workbench().pictures.set(List.copyOf(all));
              }
            },
            failure -> workbench().notice.set(Notice.of(failure)));
  }

  /** Reads a mask of the picture that is shown. */
  void loadMask(Path file) {
    if (state().looked() == null) {
      return;
    }
    Picture of = state().looked().ask().pictures().get(state().picture());
    desk.context()
        .painter()
        .submit(
            "mask file",
            Job.of("Read " + file.getFileName(), p -> MaskFile.read(file, of)),
            state()::mask,
            failure -> workbench().notice.set(Notice.of(failure)));
  }

  /** The command line that finds the same. */
  String command() {
    return CopyCommand.of(
        "visual",
        desk.facts(),
        VisualArguments.of(
            state(), desk.pictures().stream().map(p -> p.file().toString()).toList()));
  }

  /** Copies that line. */
  void copy() {
    if (state().looked() != null) {
      NoticeBar.copy(command());
      workbench().notice.set(Notice.info("Copied the command that finds the same."));
    }
  }

  /** Writes a file of what is shown and says so. */
  void write(Function<VisualExports, ModelQuestion<Path>> file) {
    if (state().looked() == null || state().view().isEmpty()) {
      workbench().notice.set(Notice.info("There is no map to export yet."));
      return;
    }
    desk.ask(
        VisualDesk.Ask.FILE,
        "Export",
        file.apply(new VisualExports(state())),
        path -> workbench().notice.set(Notice.info("Saved " + path)));
  }
}
