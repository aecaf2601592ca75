package dev.headlight.app.view;

import dev.headlight.analysis.job.Job;
import dev.headlight.analysis.text.Tokens;
import dev.headlight.app.engine.HeadMap;
import dev.headlight.app.job.LatestOnly;
import dev.headlight.app.workbench.Cell;
import dev.headlight.app.workbench.Workbench;
import dev.headlight.renderer.LineView;
import dev.headlight.renderer.Theme;
import dev.headlight.renderer.TokenRail;
import java.util.Locale;
import javafx.beans.InvalidationListener;
import javafx.beans.property.DoubleProperty;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.scene.paint.Color;
import javafx.scene.text.TextAlignment;

/**
 * One head as lines from queries (left) to keys (right), their opacity the weight, as BertViz draws
 * it; only lines above a threshold, and never more than a cap.
 */
final class LinesView extends VBox {
  private static final int CAP = 2000;
  private static final double ROW = 16;
  private static final double COLUMN = 110;

  private final Workbench w;
  private final LatestOnly painter;
  private final Canvas canvas = new Canvas();
  private final DoubleProperty threshold;
  private final Label note = Ui.label("", "caption");
  private double scrolled;
  private LineView lines;

  /**
   * @param threshold least weight of a line
   */
  LinesView(Workbench workbench, DoubleProperty threshold, LatestOnly painter) {
    this.w = workbench;
    this.threshold = threshold;
    this.painter = painter;
    setSpacing(8);
    Pane plot = new Pane(canvas);
    plot.setMinHeight(60);
    canvas.widthProperty().bind(plot.widthProperty());
    canvas.heightProperty().bind(plot.heightProperty());
    VBox.setVgrow(plot, Priority.ALWAYS);
    getChildren().addAll(plot, controls());
    setFocusTraversable(true);
    setAccessibleRole(AccessibleRole.NODE);
    setAccessibleText("Lines from queries to keys above a threshold");
    listen();
  }

  private HBox controls() {
    Slider slider = new Slider(0.01, 1, threshold.get());
    slider.setPrefWidth(160);
    slider.setAccessibleText("Least weight of a line");
    slider.valueProperty().bindBidirectional(threshold);
    return Ui.row(
        8,
        Ui.label("Lines of at least", "dim"),
        slider,
        Ui.bound(threshold.map(v -> String.format(Locale.ROOT, "%.2f", v.doubleValue())), "figure"),
        note);
  }

  private void listen() {
    InvalidationListener again = o -> select();
    w.map.addListener(again);
    w.hideSink.addListener(again);
    w.lines.addListener(again);
    threshold.addListener(again);
    InvalidationListener redraw = o -> draw();
    w.query.addListener(redraw);
    w.key.addListener(redraw);
    w.theme.addListener(redraw);
    canvas.widthProperty().addListener(redraw);
    canvas.heightProperty().addListener(redraw);
    canvas.setOnScroll(
        e -> {
          scrolled -= e.getDeltaY();
          draw();
        });
    canvas.setOnMousePressed(this::press);
    setOnKeyPressed(
        e -> {
          switch (e.getCode()) {
            case UP -> w.moveCell(-1, 0);
            case DOWN -> w.moveCell(1, 0);
            case PAGE_UP -> w.moveHead(-1, 0);
            case PAGE_DOWN -> w.moveHead(1, 0);
            case ESCAPE -> w.unlock();
            default -> {
              return;
            }
          }
          e.consume();
        });
  }

  private void press(MouseEvent e) {
    requestFocus();
    HeadMap map = w.map.get();
    if (map == null) {
      return;
    }
    int token = (int) Math.floor((e.getY() + scrolled) / rowHeight());
    if (token >= 0 && token < w.run.get().length()) {
      if (e.getX() < canvas.getWidth() / 2) {
        w.query.set(token);
      } else {
        w.lock(new Cell(w.query.get(), token));
      }
    }
  }

  /** Picks the lines; not on view, nothing is done. */
  private void select() {
    HeadMap map = w.map.get();
    if (map == null || !w.lines.get()) {
      lines = null;
      draw();
    } else {
      double least = threshold.get();
      boolean hide = w.hideSink.get();
      painter.submit(
          this,
          Job.of("Lines", progress -> LineView.above(map.cells(), least, CAP, hide)),
          found -> {
            lines = found;
            draw();
          },
          Density::rethrow);
    }
  }

  private double rowHeight() {
    double fit = canvas.getHeight() / Math.max(1, w.run.get().length());
    return Math.max(ROW * 0.75, Math.min(ROW * 1.5, fit));
  }

  private void draw() {
    GraphicsContext g = canvas.getGraphicsContext2D();
    g.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
    if (lines == null || w.run.get() == null) {
      return;
    }
    int block = w.map.get().block();
    double row = rowHeight();
    double hidden = Math.max(0, row * w.run.get().length() - canvas.getHeight());
    scrolled = Math.max(0, Math.min(hidden, scrolled));
    drawLines(g, row, block);
    drawTokens(g, row);
    String text = Ui.count(lines.segments().size(), "line");
    note.setText(
        text
            + (lines.leftOut() > 0 ? ", " + lines.leftOut() + " weaker ones not drawn" : "")
            + (block > 1 ? ", each the strongest of " + block + " × " + block + " cells" : ""));
  }

  private void drawLines(GraphicsContext g, double row, int block) {
    Color accent = Colours.accent(w.theme.get());
    boolean locked = w.key.get() >= 0;
    double right = canvas.getWidth() - COLUMN;
    g.setLineWidth(1.2);
    for (LineView.Segment s : lines.segments()) {
      int query = s.query() * block;
      int key = s.key() * block;
      double y0 = (query + 0.5) * row - scrolled;
      double y1 = (key + 0.5) * row - scrolled;
      boolean chosen = !locked || w.query.get() / block == s.query();
      boolean seen = Math.max(y0, y1) >= 0 && Math.min(y0, y1) <= canvas.getHeight();
      if (seen) {
        double opacity = Math.min(1, s.weight()) * (chosen ? 1 : 0.15);
        g.setStroke(accent.deriveColor(0, 1, 1, opacity));
        g.strokeLine(COLUMN, y0, right, y1);
      }
    }
  }

  private void drawTokens(GraphicsContext g, double row) {
    Theme theme = w.theme.get();
    Tokens tokens = w.run.get().tokens();
    g.setFont(FxFonts.rail());
    g.setTextBaseline(VPos.CENTER);
    int first = (int) (scrolled / row);
    int last = (int) Math.min(tokens.size() - 1, (scrolled + canvas.getHeight()) / row);
    for (int i = first; i <= last; i++) {
      double y = (i + 0.5) * row - scrolled;
      String text = TokenRail.shorten(tokens.label(i), COLUMN - 14, FxFonts::railWidth);
      g.setFill(i == w.query.get() ? Colours.accent(theme) : Colours.dim(theme));
      g.setTextAlign(TextAlignment.RIGHT);
      g.fillText(text, COLUMN - 6, y);
      g.setFill(i == w.key.get() ? Colours.accent(theme) : Colours.dim(theme));
      g.setTextAlign(TextAlignment.LEFT);
      g.fillText(text, canvas.getWidth() - COLUMN + 6, y);
    }
  }
}
