package dev.headlight.renderer.figure;

import dev.headlight.renderer.Palette;
import dev.headlight.renderer.ValueScale;

/** What every figure has beside its maps. */
abstract sealed class StandardFigure implements Figure
    permits HeatmapFigure, GridFigure, PanelFigure, PictureFigure {
  private final String title;
  private final String subtitle;
  private final String caption;
  private final String valueName;
  private final ValueScale scale;
  private final Palette palette;
  private final FigureStyle style;
  private final Provenance provenance;

  StandardFigure(FigureBuilder<?> builder) {
    title = builder.title;
    subtitle = builder.subtitle;
    caption = builder.caption;
    valueName = builder.valueName;
    scale = builder.scale;
    style = builder.style;
    palette = builder.palette();
    provenance = builder.provenance;
  }

  @Override
  public final String title() {
    return title;
  }

  @Override
  public final String subtitle() {
    return subtitle;
  }

  @Override
  public final String caption() {
    return caption;
  }

  /** What a cell is, with its unit, such as "attention weight"; may be empty. */
  public final String valueName() {
    return valueName;
  }

  /** Curve and limits, the same for all maps. */
  public final ValueScale scale() {
    return scale;
  }

  /** Colours. */
  public final Palette palette() {
    return palette;
  }

  @Override
  public final FigureStyle style() {
    return style;
  }

  @Override
  public final Provenance provenance() {
    return provenance;
  }
}
