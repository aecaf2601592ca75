package dev.headlight.app.view;

import dev.headlight.app.workbench.Cell;
import dev.headlight.app.workbench.Workbench;
import dev.headlight.renderer.Theme;
import dev.headlight.renderer.TokenRail;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.VPos;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.text.TextAlignment;

/** The tokens along both axes of a map; as many as are legible, the chosen ones always. */
final class Rails extends Canvas {
  private static final double GAP = 5;
  private final Workbench w;

  Rails(Workbench workbench) {
    this.w = workbench;
    setManaged(false);
    setMouseTransparent(true);
  }

  void draw(List<String> labels, MapLayout at, MapWindow window) {
    draw(labels, at, window, chosen(true), chosen(false));
  }

  /**
   * @param queries rows whose labels are drawn in the accent, whatever the room
   * @param keys columns likewise
   */
  void draw(
      List<String> labels,
      MapLayout at,
      MapWindow window,
      List<Integer> queries,
      List<Integer> keys) {
    GraphicsContext g = getGraphicsContext2D();
    g.clearRect(0, 0, getWidth(), getHeight());
    g.setFont(FxFonts.rail());
    g.setTextBaseline(VPos.CENTER);
    double perToken = at.side() / window.span();
    TokenRail rows =
        TokenRail.rows(
            labels,
            axis(window.row0(), perToken, at, MapLayout.ROW_LINE),
            queries,
            FxFonts::railWidth);
    g.setTextAlign(TextAlignment.RIGHT);
    for (TokenRail.Label label : rows.labels()) {
      colour(g, label);
      g.fillText(label.text(), at.x() - GAP, at.y() + label.offset());
    }
    TokenRail columns =
        TokenRail.columns(
            labels,
            axis(window.column0(), perToken, at, MapLayout.COLUMN_LINE),
            keys,
            FxFonts::railWidth);
    g.setTextAlign(columns.rotation() == 0 ? TextAlignment.CENTER : TextAlignment.LEFT);
    for (TokenRail.Label label : columns.labels()) {
      colour(g, label);
      g.save();
      g.translate(at.x() + label.offset(), at.y() - GAP - (columns.rotation() == 0 ? 3 : 0));
      g.rotate(columns.rotation());
      g.fillText(label.text(), 0, 0);
      g.restore();
    }
  }

  private static TokenRail.Axis axis(double first, double perToken, MapLayout at, double line) {
    return new TokenRail.Axis(first, perToken, at.side(), line, MapLayout.LONGEST);
  }

  private void colour(GraphicsContext g, TokenRail.Label label) {
    Theme theme = w.theme.get();
    g.setFill(label.chosen() ? Colours.accent(theme) : Colours.dim(theme));
  }

  private List<Integer> chosen(boolean query) {
    List<Integer> chosen = new ArrayList<>();
    Cell cell = w.shownCell();
    if (cell != null) {
      chosen.add(query ? cell.query() : cell.key());
    }
    if (query && w.query.get() >= 0 && !chosen.contains(w.query.get())) {
      chosen.add(w.query.get());
    }
    return chosen;
  }
}
