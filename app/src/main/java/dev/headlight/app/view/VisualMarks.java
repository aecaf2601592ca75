package dev.headlight.app.view;

import dev.headlight.analysis.image.Picture;
import dev.headlight.analysis.image.Region;
import dev.headlight.app.visual.PatchView;
import dev.headlight.app.visual.VisualFigures;
import dev.headlight.renderer.Theme;
import java.util.List;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;

/** What is drawn on a picture beside its map: frames of patches, the path of looks, the mask. */
final class VisualMarks {
  private static final double DOT = 10;
  private static final Color INK = Color.rgb(28, 35, 48);

  /** Colours multiplied by their opacity. */
  private static final int INSIDE = 0x59595959;

  private static final int EDGE = 0xffdc2626;

  private final GraphicsContext g;
  private final Theme theme;
  private final double scale;

  /**
   * @param scale of the screen to pixels of the picture
   */
  VisualMarks(GraphicsContext g, Theme theme, double scale) {
    this.g = g;
    this.theme = theme;
    this.scale = scale;
  }

  /** A frame around a part of the picture. */
  void frame(Region cell, double line) {
    double x = cell.x() * scale;
    double y = cell.y() * scale;
    g.setStroke(Color.WHITE);
    g.setLineWidth(line + 1.5);
    g.strokeRect(x, y, cell.width() * scale, cell.height() * scale);
    g.setStroke(Colours.accent(theme));
    g.setLineWidth(line);
    g.strokeRect(x, y, cell.width() * scale, cell.height() * scale);
  }

  /** Numbered looks with a line from one to the next. */
  void path(PatchView view, List<Integer> cells) {
    double[] x = new double[cells.size()];
    double[] y = new double[cells.size()];
    for (int i = 0; i < x.length; i++) {
      Region region = VisualFigures.region(view, cells.get(i));
      x[i] = (region.x() + region.width() / 2) * scale;
      y[i] = (region.y() + region.height() / 2) * scale;
    }
    g.setStroke(INK.deriveColor(0, 1, 1, 0.8));
    g.setLineWidth(4);
    g.strokePolyline(x, y, x.length);
    g.setStroke(Color.WHITE);
    g.setLineWidth(2);
    g.strokePolyline(x, y, x.length);
    g.setFont(Font.font("Inter SemiBold", 11));
    g.setTextAlign(TextAlignment.CENTER);
    g.setTextBaseline(VPos.CENTER);
    for (int i = 0; i < x.length; i++) {
      g.setFill(Color.WHITE);
      g.fillOval(x[i] - DOT, y[i] - DOT, 2 * DOT, 2 * DOT);
      g.setStroke(INK);
      g.setLineWidth(1);
      g.strokeOval(x[i] - DOT, y[i] - DOT, 2 * DOT, 2 * DOT);
      g.setFill(INK);
      g.fillText(Integer.toString(i + 1), x[i], y[i]);
    }
  }

  /** The painted object at a size: lighter inside, with a red edge. */
  static int[] veil(boolean[] inside, Picture of, int wide, int high) {
    int[] argb = new int[wide * high];
    for (int y = 0; y < high; y++) {
      int row = of.width() * (int) ((y + 0.5) * of.height() / high);
      for (int x = 0; x < wide; x++) {
        argb[y * wide + x] = inside[row + (int) ((x + 0.5) * of.width() / wide)] ? INSIDE : 0;
      }
    }
    for (int y = 0; y < high; y++) {
      for (int x = 0; x < wide; x++) {
        int at = y * wide + x;
        boolean edge =
            argb[at] == INSIDE
                && ((x > 0 && argb[at - 1] == 0)
                    || (x + 1 < wide && argb[at + 1] == 0)
                    || (y > 0 && argb[at - wide] == 0)
                    || (y + 1 < high && argb[at + wide] == 0));
        argb[at] = edge ? EDGE : argb[at];
      }
    }
    return argb;
  }
}
