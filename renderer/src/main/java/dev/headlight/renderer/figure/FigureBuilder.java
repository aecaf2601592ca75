package dev.headlight.renderer.figure;

import dev.headlight.renderer.Palette;
import dev.headlight.renderer.ValueScale;
import java.util.Objects;

/**
 * The parts that every figure has, with their defaults.
 *
 * @param <B> the builder itself
 */
public abstract class FigureBuilder<B extends FigureBuilder<B>> {
  String title = "";
  String subtitle = "";
  String caption = "";
  String valueName = "";
  ValueScale scale = ValueScale.weights();
  FigureStyle style = FigureStyle.page();
  Provenance provenance = Provenance.none();
  private Palette palette;

  FigureBuilder() {}

  abstract B self();

  /** Title, such as "L5H3". */
  public B title(String text) {
    title = Objects.requireNonNull(text, "title");
    return self();
  }

  /** A line below the title. */
  public B subtitle(String text) {
    subtitle = Objects.requireNonNull(text, "subtitle");
    return self();
  }

  /** Whole sentences for below the figure; not drawn. */
  public B caption(String text) {
    caption = Objects.requireNonNull(text, "caption");
    return self();
  }

  /** What a cell is, with its unit. */
  public B valueName(String text) {
    valueName = Objects.requireNonNull(text, "value name");
    return self();
  }

  /** Curve and limits; square root over 0..1 if not given. */
  public B scale(ValueScale value) {
    scale = Objects.requireNonNull(value, "scale");
    return self();
  }

  /** Colours; viridis or, for a signed scale, the diverging map of the theme if not given. */
  public B palette(Palette value) {
    palette = Objects.requireNonNull(value, "palette");
    return self();
  }

  /** Theme, width, font size and resolution. */
  public B style(FigureStyle value) {
    style = Objects.requireNonNull(value, "style");
    return self();
  }

  /** Where the numbers come from. */
  public B provenance(Provenance value) {
    provenance = Objects.requireNonNull(value, "provenance");
    return self();
  }

  /** The palette given, or the one that suits scale and theme. */
  final Palette palette() {
    if (palette != null) {
      return palette;
    }
    return scale.signed() ? Palette.diverging(style.theme()) : Palette.sequential(style.theme());
  }
}
