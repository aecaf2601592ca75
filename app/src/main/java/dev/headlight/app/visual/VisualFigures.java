package dev.headlight.app.visual;

import dev.headlight.analysis.image.Picture;
import dev.headlight.analysis.image.Region;
import dev.headlight.analysis.io.Provenance;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.app.visual.VisualChoice.Style;
import dev.headlight.renderer.ColorMap;
import dev.headlight.renderer.Palette;
import dev.headlight.renderer.ValueScale;
import dev.headlight.renderer.figure.FigureStyle;
import dev.headlight.renderer.figure.PictureFigure;
import java.util.Collection;
import java.util.List;

/** Figures of maps over pictures. */
public final class VisualFigures {
  private VisualFigures() {}

  /**
   * A picture with a map over it.
   *
   * @param token the word whose look it is
   * @param path cells of a scanpath, in order; may be empty
   */
  public static PictureFigure overlay(
      PatchView view,
      Collection<Head> heads,
      String token,
      VisualChoice choice,
      List<Integer> path,
      FigureStyle style,
      Provenance from) {
    Picture picture = view.picture();
    Style drawn = choice.style();
    OverlayPainter painter = new OverlayPainter(picture, view, drawn, choice.alpha());
    String place = view.place();
    String who = who(heads, choice) + (place.isEmpty() ? "" : ", " + place);
    PictureFigure.Builder figure =
        PictureFigure.builder(painter::paint, picture.width(), picture.height())
            .title("Where “" + token + "” looks")
            .subtitle(who)
            .caption(
                "%s, %s: %s (%s)."
                    .formatted(
                        who,
                        choice.mode().title().toLowerCase(java.util.Locale.ROOT),
                        view.formula(),
                        choice.mode().says()))
            .note(view.formula())
            .valueName("attention")
            .scale(
                ValueScale.of(ValueScale.Kind.LINEAR, 0, view.largest() > 0 ? view.largest() : 1))
            .palette(Palette.of(ColorMap.viridis(), style.theme()))
            .style(style)
            .provenance(new dev.headlight.renderer.figure.Provenance(from.toMetadata()));
    for (int cell : path) {
      Region region = region(view, cell);
      figure.mark(region.x() + region.width() / 2, region.y() + region.height() / 2);
    }
    return figure.build();
  }

  /** What a cell shows of the original, cut at its edge. */
  public static Region region(PatchView view, int cell) {
    int part = view.partOf(cell);
    Picture picture = view.picture();
    return view.looked()
        .region(view.looked().parts().get(part), cell - view.first(part))
        .within(picture.width(), picture.height());
  }

  private static String who(Collection<Head> heads, VisualChoice choice) {
    if (!choice.mode().ofHeads()) {
      return choice.mode() == MapMode.ROLLOUT
          ? "up to layer " + heads.iterator().next().layer()
          : "all layers";
    }
    if (heads.size() == 1) {
      return heads.iterator().next().toString();
    }
    return choice.over() == Over.LAYER
        ? "all heads of layer " + heads.iterator().next().layer()
        : choice.over() == Over.CHOSEN ? HeadSet.of(heads).toString() : "all heads";
  }
}
