package dev.headlight.app.view;

import dev.headlight.app.ablation.AblationState;
import dev.headlight.app.ablation.Part;
import dev.headlight.renderer.figure.Plot;
import java.util.function.Function;
import java.util.function.Predicate;
import javafx.scene.Node;

/** A part that is curves. */
class AblationPlotPart extends AblationPart {
  /**
   * What such a part is.
   *
   * @param part that is asked
   * @param title of the part
   * @param name of files
   * @param invitation what Run does
   * @param early what is needed first
   * @param sentence what is shown
   * @param source where its definition was published
   */
  record Kind(
      Part part,
      String title,
      String name,
      String invitation,
      String early,
      String sentence,
      String source) {}

  private final PlotView plot;
  private final Kind kind;
  private final Predicate<AblationState> ready;
  private final Function<Object, Plot> curves;

  AblationPlotPart(
      AblationDesk desk, Kind kind, Predicate<AblationState> ready, Function<Object, Plot> curves) {
    super(desk, kind.part(), kind.title(), kind.invitation(), kind.early());
    this.kind = kind;
    this.ready = ready;
    this.curves = curves;
    this.plot = new PlotView(desk.context().painter(), desk.workbench().theme);
    getStyleClass().add("ablation-plot");
    offerTable(kind.name(), false);
    offerFigure(
        kind.name(),
        (exports, file) ->
            exports.figure(question(), plot.plot(), kind.title(), kind.sentence(), file),
        () -> plot.plot() != null);
    follow();
  }

  @Override
  final boolean ready(AblationState state) {
    return ready.test(state);
  }

  @Override
  final Node body() {
    return plot;
  }

  @Override
  final void found(Object answer) {
    plot.show(curves.apply(answer));
    caption(kind.sentence(), kind.source());
  }

  @Override
  final void nothing(AblationState state) {
    caption(kind.sentence(), kind.source());
  }
}
