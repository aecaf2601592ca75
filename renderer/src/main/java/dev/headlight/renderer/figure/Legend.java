package dev.headlight.renderer.figure;

import dev.headlight.renderer.ColorMap;
import dev.headlight.renderer.Fonts.Face;
import dev.headlight.renderer.Palette;
import dev.headlight.renderer.Theme;
import dev.headlight.renderer.Ticks;
import dev.headlight.renderer.Ticks.Tick;
import dev.headlight.renderer.TokenRail;
import dev.headlight.renderer.ValueScale;
import java.util.ArrayList;
import java.util.List;

/** The colour bar with its limits, and beside (or below) it what the axes and colours mean. */
final class Legend {
  private static final double BAR_HEIGHT = 0.75;
  private static final double LINE = 1.45;
  private static final double TICKS = 1.5;

  /** Room above the bar that is not needed without it. */
  private static final double ABOVE = 1;

  private final ValueScale scale;
  private final Palette palette;
  private final Theme theme;
  private final double font;
  private final Box bar;
  private final boolean beside;
  private final List<String> notes;
  private final boolean hasMasked;
  private final double room;
  private final boolean drawn;
  private final TextStyle noteStyle;

  /**
   * @param place left end and top of the bar, and the width up to the right margin
   * @param notes lines of text
   * @param hasMasked whether to explain the masked colour
   */
  Legend(
      Figure figure,
      ValueScale scale,
      Palette palette,
      Box place,
      List<String> notes,
      boolean hasMasked) {
    this.scale = scale;
    this.palette = palette;
    this.theme = figure.style().theme();
    this.font = figure.style().fontSizePt();
    this.drawn = figure.style().colourBar();
    this.noteStyle = TextStyle.of(Face.INTER, 0.9 * font, theme.dim());
    this.notes = notes.stream().filter(note -> !note.isEmpty()).toList();
    this.hasMasked = hasMasked;
    double barWidth = Math.min(place.width(), Math.max(18 * font, 0.42 * place.width()));
    this.bar = new Box(place.x(), place.y(), Math.min(barWidth, 26 * font), BAR_HEIGHT * font);
    double widest = this.notes.stream().mapToDouble(noteStyle::width).max().orElse(0);
    this.beside = bar.width() + 2 * font + widest <= place.width();
    this.room = beside ? place.width() - bar.width() - 2 * font : place.width();
  }

  private int lines() {
    return notes.size() + (hasMasked ? 1 : 0);
  }

  double bottom() {
    if (!drawn) {
      return bar.y() - ABOVE * font;
    }
    double ticks = bar.bottom() + TICKS * font;
    double text =
        beside ? bar.y() + LINE * font * lines() : ticks + 0.4 * font + LINE * font * lines();
    return Math.max(ticks, text);
  }

  void draw(Surface surface) {
    if (!drawn) {
      return;
    }
    surface.image(bar, new Gradient(palette.map()));
    for (Tick tick : Ticks.of(scale)) {
      TextStyle style =
          noteStyle.anchored(
              tick.position() == 0
                  ? TextStyle.Anchor.START
                  : tick.position() == 1 ? TextStyle.Anchor.END : TextStyle.Anchor.MIDDLE);
      double x = bar.x() + tick.position() * bar.width();
      surface.text(x, bar.bottom() + 1.2 * font, tick.label(), style);
    }
    drawNotes(surface);
  }

  private void drawNotes(Surface surface) {
    double x = beside ? bar.right() + 2 * font : bar.x();
    double y = beside ? bar.y() + 0.72 * font : bar.bottom() + (TICKS + 1.4) * font;
    for (String note : notes) {
      surface.text(x, y, TokenRail.shorten(note, room, noteStyle::width), noteStyle);
      y += LINE * font;
    }
    if (hasMasked) {
      Box swatch = new Box(x, y - 0.72 * font, 0.8 * font, 0.8 * font);
      surface.fill(swatch, palette.masked());
      surface.frame(swatch, theme.line(), 0.5);
      surface.text(swatch.right() + 0.5 * font, y, "masked", noteStyle);
    }
  }

  /** The map from left to right. */
  private record Gradient(ColorMap map) implements Pixels {
    @Override
    public int columns() {
      return ColorMap.SIZE;
    }

    @Override
    public int rows() {
      return 1;
    }

    @Override
    public int[] argb(int width, int height, int from, int to) {
      int[] argb = new int[width * (to - from)];
      for (int i = 0; i < argb.length; i++) {
        argb[i] = map.argb((i % width + 0.5) / width);
      }
      return argb;
    }
  }

  /** Collects the words of a caption into one line with middle dots. */
  static String joined(String... parts) {
    List<String> kept = new ArrayList<>();
    for (String part : parts) {
      if (!part.isEmpty()) {
        kept.add(part);
      }
    }
    return String.join(" · ", kept);
  }
}
