package dev.headlight.renderer.figure;

import dev.headlight.renderer.Fonts.Face;
import dev.headlight.renderer.Theme;
import dev.headlight.renderer.TokenRail;

/** Title and subtitle at the top left; the room they need starts at the margin. */
final class Header {
  private final Figure figure;
  private final double font;
  private final double margin;
  private final TextStyle titleStyle;
  private final TextStyle subtitleStyle;

  Header(Figure figure) {
    this.figure = figure;
    this.font = figure.style().fontSizePt();
    this.margin = margin(figure);
    Theme theme = figure.style().theme();
    this.titleStyle = TextStyle.of(Face.INTER_SEMIBOLD, 1.3 * font, theme.text());
    this.subtitleStyle = TextStyle.of(Face.INTER, font, theme.dim());
  }

  /** White around a figure. */
  static double margin(Figure figure) {
    return 1.75 * figure.style().fontSizePt();
  }

  /** Where the body may start. */
  double bottom() {
    double bottom = margin;
    bottom += figure.title().isEmpty() ? 0 : 1.5 * font;
    bottom += figure.subtitle().isEmpty() ? 0 : 1.5 * font;
    return bottom > margin ? bottom + 0.75 * font : margin;
  }

  void draw(Surface surface) {
    double y = margin;
    if (!figure.title().isEmpty()) {
      surface.text(margin, y + 1.1 * font, fitted(figure.title(), titleStyle), titleStyle);
      y += 1.5 * font;
    }
    if (!figure.subtitle().isEmpty()) {
      surface.text(margin, y + 1.1 * font, fitted(figure.subtitle(), subtitleStyle), subtitleStyle);
    }
  }

  private String fitted(String text, TextStyle style) {
    return TokenRail.shorten(text, figure.style().widthPt() - 2 * margin, style::width);
  }
}
