package dev.headlight.renderer.figure;

import java.util.Objects;

/**
 * A {@link Graph} for a paper. Immutable.
 *
 * @param graph what is drawn; it fills the width of the page, or less where it is small
 * @param note a line below it that says what colours mean; may be empty
 */
public record GraphFigure(
    Graph graph,
    String note,
    String title,
    String subtitle,
    String caption,
    FigureStyle style,
    Provenance provenance)
    implements Figure {
  /** Checks that nothing is missing. */
  public GraphFigure {
    Objects.requireNonNull(graph, "graph");
    Objects.requireNonNull(note, "note");
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(subtitle, "subtitle");
    Objects.requireNonNull(caption, "caption");
    Objects.requireNonNull(style, "style");
    Objects.requireNonNull(provenance, "provenance");
  }
}
