package dev.headlight.renderer.figure;

import dev.headlight.renderer.Fonts.Face;
import java.util.ArrayList;
import java.util.List;

/** Places and draws a {@link PictureFigure}. */
final class PictureDrawing extends StandardDrawing {
  private static final double TALLEST = 1.4;
  private static final int FINEST = 1024;
  private static final int WHITE = 0xffffffff;
  private static final int DARK = 0xff1c2330;

  private final PictureFigure figure;
  private final Box box;

  PictureDrawing(PictureFigure figure) {
    super(figure);
    this.figure = figure;
    double room = figure.style().widthPt() - 2 * margin;
    double scale =
        Math.min(room / figure.width(), TALLEST * figure.style().widthPt() / figure.height());
    this.box = new Box(margin, header.bottom(), scale * figure.width(), scale * figure.height());
    List<String> notes = new ArrayList<>(figure.notes());
    notes.add(Legend.joined(figure.valueName(), figure.scale().caption()));
    placeLegend(margin, box.bottom() + 1.5 * font, notes, false);
  }

  @Override
  void drawMaps(Surface surface) {
    surface.image(box, new Painted(figure));
    surface.frame(box, theme.line(), 0.5);
    drawPath(surface);
  }

  private void drawPath(Surface surface) {
    int count = figure.path().size();
    double[] x = new double[count];
    double[] y = new double[count];
    for (int i = 0; i < count; i++) {
      x[i] = box.x() + figure.path().get(i).x() / figure.width() * box.width();
      y[i] = box.y() + figure.path().get(i).y() / figure.height() * box.height();
    }
    if (count > 1) {
      surface.polyline(x, y, DARK, 0.3 * font);
      surface.polyline(x, y, WHITE, 0.15 * font);
    }
    double size = 1.5 * font;
    TextStyle number =
        TextStyle.of(Face.INTER_SEMIBOLD, 0.85 * font, DARK).anchored(TextStyle.Anchor.MIDDLE);
    for (int i = 0; i < count; i++) {
      Box mark = new Box(x[i] - size / 2, y[i] - size / 2, size, size);
      surface.fill(mark, WHITE);
      surface.frame(mark, DARK, 0.5);
      surface.text(x[i], y[i] + 0.3 * font, Integer.toString(i + 1), number);
    }
  }

  /** The picture as surfaces take it; small ones are painted larger, so that maps stay smooth. */
  private record Painted(PictureFigure figure) implements Pixels {
    private int times() {
      return Math.max(1, FINEST / Math.max(figure.width(), figure.height()));
    }

    @Override
    public int columns() {
      return times() * figure.width();
    }

    @Override
    public int rows() {
      return times() * figure.height();
    }

    @Override
    public int[] argb(int width, int height, int from, int to) {
      return figure.painter().argb(width, height, from, to);
    }
  }
}
