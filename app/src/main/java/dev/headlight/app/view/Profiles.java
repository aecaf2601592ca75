package dev.headlight.app.view;

import dev.headlight.app.workbench.Workbench;
import dev.headlight.renderer.Ticks;
import javafx.geometry.VPos;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.text.TextAlignment;

/** The chosen query's weights under the map, those on the chosen key at its right. */
final class Profiles extends Canvas {
  /** Room a curve takes beside the map. */
  static final double ROOM = 44;

  private static final double GAP = 6;
  private static final double HEIGHT = ROOM - 2 * GAP;
  private final Workbench w;

  Profiles(Workbench workbench) {
    this.w = workbench;
    setManaged(false);
    setMouseTransparent(true);
  }

  /**
   * Draws both curves.
   *
   * @param hideSink whether the first key is left out
   * @param row weights of the chosen query over all keys; null where there are none
   * @param query its name
   * @param column weights of all queries on the chosen key; null where there are none
   * @param key its name
   */
  void draw(
      MapLayout at,
      MapWindow window,
      boolean hideSink,
      float[] row,
      String query,
      float[] column,
      String key) {
    GraphicsContext g = getGraphicsContext2D();
    g.clearRect(0, 0, getWidth(), getHeight());
    g.setFont(FxFonts.rail());
    g.setTextBaseline(VPos.CENTER);
    int pixels = (int) at.side();
    double bottom = at.y() + at.side() + GAP + HEIGHT;
    double right = at.x() + at.side() + GAP;
    g.setStroke(Colours.of(w.theme.get().line()));
    g.strokeLine(at.x(), bottom + 0.5, at.x() + pixels, bottom + 0.5);
    g.strokeLine(right - 0.5, at.y(), right - 0.5, at.y() + pixels);
    if (row != null) {
      Profile profile = Profile.of(row, window.column0(), window.span(), pixels, hideSink);
      bars(g, profile, at.x(), bottom, true);
      g.setTextAlign(TextAlignment.RIGHT);
      text(g, "query " + query, profile, at.x() - 5, bottom - HEIGHT / 2);
    }
    if (column != null) {
      Profile profile = Profile.of(column, window.row0(), window.span(), pixels, false);
      bars(g, profile, right, at.y(), false);
      g.setTextAlign(TextAlignment.LEFT);
      text(g, "key " + key, profile, right, bottom - HEIGHT / 2);
    }
  }

  private void text(GraphicsContext g, String name, Profile profile, double x, double y) {
    g.setFill(Colours.dim(w.theme.get()));
    g.fillText(name, x, y - 6);
    g.fillText("≤ " + Ticks.format(profile.max()), x, y + 6);
  }

  /** One bar a pixel: upwards from a base line, or to the right of one. */
  private void bars(GraphicsContext g, Profile profile, double x, double y, boolean up) {
    g.setFill(Colours.accent(w.theme.get()));
    for (int p = 0; p < profile.values().length && profile.max() > 0; p++) {
      float value = profile.values()[p];
      double length = Float.isNaN(value) ? 0 : value / profile.max() * HEIGHT;
      if (length > 0 && up) {
        g.fillRect(x + p, y - length, 1, length);
      } else if (length > 0) {
        g.fillRect(x, y + p, length, 1);
      }
    }
  }
}
