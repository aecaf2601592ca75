package dev.headlight.app.view;

import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.text.TextUnit;
import dev.headlight.app.engine.RunSnapshot;
import dev.headlight.app.export.CopyTable;
import dev.headlight.app.export.FigureContent;
import dev.headlight.app.export.FigureContent.Kind;
import dev.headlight.app.export.FigureRequest;
import dev.headlight.app.workbench.HeadView;
import dev.headlight.app.workbench.Workbench;
import dev.headlight.renderer.figure.FigureStyle;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What figures, tables and commands of one head are of: what the pane that is meant shows. */
final class ShownHead {
  private final Workbench shared;
  private Supplier<Optional<HeadView>> pane = Optional::empty;

  ShownHead(Workbench shared) {
    this.shared = shared;
  }

  /** Names what knows the pane that is meant. */
  void setPane(Supplier<Optional<HeadView>> meant) {
    pane = meant;
  }

  /** Whether there is nothing to draw yet. */
  boolean isEmpty() {
    return shared.run.get() == null || shared.model.get() == null || head() == null;
  }

  /** The state of that pane; its selection is its own when it is pinned. */
  Workbench workbench() {
    return pane.get().map(HeadView::workbench).orElse(shared);
  }

  /** The selected head, also while a mean is shown. */
  Head head() {
    return workbench().head.get();
  }

  /** What is drawn. */
  FigureContent content() {
    Workbench w = workbench();
    TextUnit unit = pane.get().map(view -> view.unit.get()).orElse(TextUnit.TOKEN);
    return w.mean.get() == null
        ? new FigureContent(Kind.HEAD, List.of(w.head.get()), unit)
        : new FigureContent(
            Kind.MEAN, List.copyOf(w.mean.get().resolve(w.model.get().spec())), unit);
  }

  /** A figure with the scales of the window and the usual title. */
  FigureRequest figure(FigureContent content, FigureStyle style) {
    Workbench w = workbench();
    RunSnapshot run = w.run.get();
    return new FigureRequest(
        run.id(),
        content,
        run.tokens(),
        style,
        Optional.empty(),
        Scales.figure(w)::of,
        Scales.grid(w));
  }

  /** The map between words or sentences as a table, where that is what is shown. */
  Optional<String> foldedTable() {
    return pane.get()
        .map(view -> view.folded.get())
        .filter(folded -> folded.map().run() == shared.run.get().id())
        .map(
            folded ->
                CopyTable.weights(
                    folded.map().cells(), folded.spans().labels(shared.run.get().tokens())));
  }
}
