package dev.headlight.renderer.figure;

/** Something that {@link FigureWriter} can write. */
public sealed interface Figure permits StandardFigure, PlotFigure, GraphFigure {
  /** Title at the top left; may be empty. */
  String title();

  /** A line below the title; may be empty. */
  String subtitle();

  /**
   * Whole sentences that say what is drawn, ready to stand below it in a paper; written into the
   * file, not drawn. May be empty.
   */
  String caption();

  /** Theme, width, font size and resolution. */
  FigureStyle style();

  /** Where the numbers come from; written into the file. */
  Provenance provenance();
}
