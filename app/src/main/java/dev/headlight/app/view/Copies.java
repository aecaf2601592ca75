package dev.headlight.app.view;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.sinks.HeadEffects;
import dev.headlight.app.engine.RunSnapshot;
import dev.headlight.app.engine.SinkTexts;
import dev.headlight.app.export.CopyCommand;
import dev.headlight.app.export.CopyTable;
import dev.headlight.app.export.ExportRequest.Format;
import dev.headlight.app.export.FigureRequest;
import dev.headlight.app.session.Changes;
import dev.headlight.app.workbench.CellRange;
import dev.headlight.app.workbench.Notice;
import dev.headlight.app.workbench.SinkState;
import dev.headlight.app.workbench.Workbench;
import dev.headlight.app.workbench.WorkbenchController;
import dev.headlight.renderer.figure.FigureStyle;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javafx.scene.image.Image;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;

/** What goes to the clipboard: figures, tables, and the command line of each result. */
final class Copies {
  private static final int CLIPBOARD_DPI = 192;
  private static final long MOST_COPIED = 1_000_000;

  private final Workbench w;
  private final WorkbenchController controller;
  private final ShownHead shown;

  Copies(Workbench workbench, WorkbenchController controller, ShownHead shown) {
    this.w = workbench;
    this.controller = controller;
    this.shown = shown;
  }

  private boolean nothing() {
    boolean nothing = shown.isEmpty();
    if (nothing) {
      w.notice.set(Notice.info("There is no map to copy yet."));
    }
    return nothing;
  }

  /** The selected head's figure to the clipboard, as it would be exported. */
  void image() {
    if (!nothing()) {
      FigureStyle style = FigureStyle.page().withDpi(CLIPBOARD_DPI).withTheme(w.theme.get());
      controller.picture(
          shown.figure(shown.content(), style),
          png -> {
            ClipboardContent content = new ClipboardContent();
            content.putImage(new Image(new ByteArrayInputStream(png)));
            Clipboard.getSystemClipboard().setContent(content);
            w.notice.set(Notice.info("Copied the figure of " + shown.workbench().shown() + "."));
          },
          failure -> w.notice.set(Notice.of(failure)));
    }
  }

  /** The weights on view to the clipboard. */
  void table() {
    CellRange part = shown.workbench().visible.get();
    if (nothing() || part == null) {
      return;
    }
    Optional<String> folded = shown.foldedTable();
    if (folded.isPresent()) {
      NoticeBar.copy(folded.get());
      w.notice.set(Notice.info("Copied the map of " + shown.workbench().shown() + "."));
      return;
    }
    long cells = (long) (part.row1() - part.row0()) * (part.column1() - part.column0());
    if (cells > MOST_COPIED) {
      w.notice.set(
          Notice.info(
              "%,d cells are too many for the clipboard, at most %,d; zoom in or export a CSV."
                  .formatted(cells, MOST_COPIED)));
      return;
    }
    RunSnapshot run = w.run.get();
    controller.weights(
        run.id(),
        shown.workbench().shown(),
        part,
        map -> {
          NoticeBar.copy(CopyTable.weights(map.cells(), map.row0(), map.column0(), run.tokens()));
          w.notice.set(
              Notice.info(
                  "Copied the weights of %s: %d queries × %d keys."
                      .formatted(map.of(), map.cells().rows(), map.cells().columns())));
        });
  }

  /** The scores of all heads to the clipboard. */
  void scores() {
    if (!nothing()) {
      NoticeBar.copy(CopyTable.scores(w.run.get()));
      w.notice.set(Notice.info("Copied the scores of all heads on this prompt."));
    }
  }

  /** The command line of the selected head's map. */
  void map() {
    copy(c -> c.map(shown.content(), w.hideSink.get()), "captures the numbers of this map");
  }

  /** The command line of the selected head's figure as the window draws it. */
  void shownFigure() {
    if (!nothing()) {
      FigureStyle style = FigureStyle.page().withTheme(w.theme.get());
      figure(shown.figure(shown.content(), style), Format.PDF);
    }
  }

  /** The command line of a figure. */
  void figure(FigureRequest figure, Format format) {
    copy(c -> c.figure(figure, format, Scales.figure(w)), "draws this figure");
  }

  /** The command line of the next tokens after the selected position. */
  void next() {
    copy(c -> c.next(w.next.get()), "says what comes next");
  }

  /** The command line of what the model says without the selected head. */
  void without() {
    copy(c -> c.without(w.head.get(), w.withoutMode.get()), "compares with and without this head");
  }

  /** The command line of a pass with changes, beside the one at hand. */
  void changes(String changes) {
    copy(
        c -> c.changed(Changes.parse(Changes.expand(changes, w.groups.get()))),
        "compares the two passes");
  }

  /** The command line that measures sinks at the settings of their pane. */
  void sinks(SinkState sinks) {
    SinkTexts texts = sinks.texts.get();
    if (texts.kind() == SinkTexts.Kind.LIBRARY) {
      w.notice.set(
          Notice.info("The command line reads no library; save its texts to a file, one a line."));
      return;
    }
    HeadEffects heads = sinks.heads.get();
    copy(
        c ->
            c.sinks(
                Optional.ofNullable(texts.file()),
                sinks.epsilon.get(),
                sinks.theta.get(),
                sinks.key.get(),
                sinks.length.get(),
                heads == null ? List.of() : heads.settings()),
        "measures these sinks");
  }

  private void copy(Function<CopyCommand, String> line, String does) {
    if (w.run.get() == null || w.head.get() == null) {
      w.notice.set(Notice.info("There is no result to copy yet."));
      return;
    }
    try {
      NoticeBar.copy(line.apply(new CopyCommand(w.run.get(), w.bos.get(), w.chatShown())));
      w.notice.set(Notice.info("Copied the command that " + does + "."));
    } catch (HeadlightException e) {
      w.notice.set(Notice.of(e));
    }
  }
}
