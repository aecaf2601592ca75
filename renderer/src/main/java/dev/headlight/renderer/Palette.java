package dev.headlight.renderer;

import java.util.Objects;

/**
 * All colours a heatmap needs.
 *
 * @param map colours of numbers
 * @param masked 0xAARRGGBB of masked cells ({@code NaN}, −∞); never a colour of the map
 * @param outside 0xAARRGGBB of pixels beyond the matrix; transparent by default
 */
public record Palette(ColorMap map, int masked, int outside) {

  /** Checks that there is a map. */
  public Palette {
    Objects.requireNonNull(map, "map");
  }

  /** A map over the masked colour of a theme, transparent outside. */
  public static Palette of(ColorMap map, Theme theme) {
    return new Palette(map, theme.masked(), 0);
  }

  /** Viridis, the default for weights. */
  public static Palette sequential(Theme theme) {
    return of(ColorMap.viridis(), theme);
  }

  /** Red–neutral–blue for signed values, where "no effect" has the colour of the panel. */
  public static Palette diverging(Theme theme) {
    return of(ColorMap.diverging(theme), theme);
  }
}
