package dev.headlight.app.view;

import dev.headlight.analysis.text.TokenSpans;
import dev.headlight.app.workbench.Cell;
import dev.headlight.app.workbench.HeadView;
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

  /** Least size of a token beside which words are marked. */
  private static final double BRACKETED = 5;

  private static final double MARK = 4;
  private final Workbench w;
  private boolean rowsLabelled = true;

  Rails(Workbench workbench) {
    this.w = workbench;
    setManaged(false);
    setMouseTransparent(true);
  }

  /** Whether tokens stand beside the rows; a map beside another of the same tokens needs none. */
  void setRowsLabelled(boolean labelled) {
    rowsLabelled = labelled;
  }

  /** With the words that several tokens make, and what was found. */
  void draw(PlotMap map, MapLayout at, MapWindow window, HeadView view) {
    draw(map.labels(), at, window, chosen(map, true), chosen(map, false));
    double perToken = at.side() / window.span();
    if (map.spans() == null && view.words.get() != null && perToken >= BRACKETED) {
      brackets(at, window, view.words.get());
    }
    getGraphicsContext2D().setFill(Colours.accent(w.theme.get()));
    for (int token : view.found.get()) {
      found(at, window, map.of(token), Math.max(2, perToken));
    }
  }

  /** A line beside the tokens of each word that has several. */
  private void brackets(MapLayout at, MapWindow window, TokenSpans words) {
    GraphicsContext g = getGraphicsContext2D();
    g.setStroke(Colours.faint(w.theme.get()));
    int last = (int) Math.min(words.tokens(), Math.ceil(window.row0() + window.span()));
    for (int i = words.of((int) window.row0()); i < words.size() && words.start(i) < last; i++) {
      if (words.count(i) > 1) {
        double y0 = Math.max(at.y(), at.yOf(window, words.start(i)) + 1);
        double y1 = Math.min(at.y() + at.side(), at.yOf(window, words.end(i)) - 1);
        g.strokeLine(at.x() - 2.5, y0, at.x() - 2.5, Math.max(y0, y1));
      }
    }
    last = (int) Math.min(words.tokens(), Math.ceil(window.column0() + window.span()));
    for (int i = words.of((int) window.column0()); i < words.size() && words.start(i) < last; i++) {
      if (words.count(i) > 1) {
        double x0 = Math.max(at.x(), at.xOf(window, words.start(i)) + 1);
        double x1 = Math.min(at.x() + at.side(), at.xOf(window, words.end(i)) - 1);
        g.strokeLine(x0, at.y() - 2.5, Math.max(x0, x1), at.y() - 2.5);
      }
    }
  }

  /** A mark on both rails, however far the map is zoomed out. */
  private void found(MapLayout at, MapWindow window, int row, double size) {
    GraphicsContext g = getGraphicsContext2D();
    double y = at.yOf(window, row);
    if (y >= at.y() - 0.5 && y < at.y() + at.side()) {
      g.fillRect(at.x() - MARK, y, MARK, Math.min(size, at.y() + at.side() - y));
    }
    double x = at.xOf(window, row);
    if (x >= at.x() - 0.5 && x < at.x() + at.side()) {
      g.fillRect(x, at.y() - MARK, Math.min(size, at.x() + at.side() - x), MARK);
    }
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
    if (at.longest() == 0) {
      return;
    }
    g.setFont(FxFonts.rail());
    g.setTextBaseline(VPos.CENTER);
    double perToken = at.side() / window.span();
    if (rowsLabelled) {
      rows(g, labels, axis(window.row0(), perToken, at, MapLayout.ROW_LINE), queries, at);
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

  private void rows(
      GraphicsContext g,
      List<String> labels,
      TokenRail.Axis axis,
      List<Integer> queries,
      MapLayout at) {
    TokenRail rows = TokenRail.rows(labels, axis, queries, FxFonts::railWidth);
    g.setTextAlign(TextAlignment.RIGHT);
    for (TokenRail.Label label : rows.labels()) {
      colour(g, label);
      g.fillText(label.text(), at.x() - GAP, at.y() + label.offset());
    }
  }

  private static TokenRail.Axis axis(double first, double perToken, MapLayout at, double line) {
    return new TokenRail.Axis(first, perToken, at.side(), line, at.longest());
  }

  private void colour(GraphicsContext g, TokenRail.Label label) {
    Theme theme = w.theme.get();
    g.setFill(label.chosen() ? Colours.accent(theme) : Colours.dim(theme));
  }

  private List<Integer> chosen(PlotMap map, boolean query) {
    List<Integer> chosen = new ArrayList<>();
    Cell cell = map.of(w.shownCell());
    if (cell != null) {
      chosen.add(query ? cell.query() : cell.key());
    }
    int selected = map.of(w.query.get());
    if (query && selected >= 0 && !chosen.contains(selected)) {
      chosen.add(selected);
    }
    return chosen;
  }
}
