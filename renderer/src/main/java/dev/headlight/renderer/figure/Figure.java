package dev.headlight.renderer.figure;

/** Something that {@link FigureWriter} can write. */
public sealed interface Figure permits HeatmapFigure, GridFigure {
  /** Title at the top left; may be empty. */
  String title();

  /** A line below the title; may be empty. */
  String subtitle();

  /** Theme, width, font size and resolution. */
  FigureStyle style();

  /** Where the numbers come from; written into the file. */
  Provenance provenance();
}
