package dev.headlight.renderer.figure;

import java.util.Objects;

/**
 * A {@link Plot} for a paper. Immutable.
 *
 * @param plot the curves
 * @param proportion height of the plot by its width, above 0
 */
public record PlotFigure(
    Plot plot,
    double proportion,
    String title,
    String subtitle,
    String caption,
    FigureStyle style,
    Provenance provenance)
    implements Figure {
  /** Checks that nothing is missing. */
  public PlotFigure {
    Objects.requireNonNull(plot, "plot");
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(subtitle, "subtitle");
    Objects.requireNonNull(caption, "caption");
    Objects.requireNonNull(style, "style");
    Objects.requireNonNull(provenance, "provenance");
    if (!(proportion > 0 && proportion <= 10)) {
      throw new IllegalArgumentException(
          "the height of a plot by its width lies in 0..10, found " + proportion);
    }
  }
}
