package dev.headlight.app.view;

import dev.headlight.renderer.Theme;
import javafx.scene.paint.Color;

/** The renderer's theme as JavaFX colours, for what is drawn rather than styled. */
final class Colours {
  private Colours() {}

  static Color of(int argb) {
    return Color.rgb(argb >> 16 & 0xff, argb >> 8 & 0xff, argb & 0xff, (argb >>> 24) / 255.0);
  }

  static Color dim(Theme theme) {
    return of(theme.dim());
  }

  static Color faint(Theme theme) {
    return of(theme.faint());
  }

  static Color accent(Theme theme) {
    return of(theme.accent());
  }
}
