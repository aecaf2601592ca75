package dev.headlight.app.view;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.attention.HeadStatistics;
import dev.headlight.analysis.roles.DrawnPattern;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Tensor;
import dev.headlight.app.workbench.RolesView;
import dev.headlight.app.workbench.Workbench;
import dev.headlight.renderer.Palette;
import javafx.beans.InvalidationListener;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;

/**
 * A small causal map to draw a pattern on: the mouse marks cells, or takes marks away when it
 * begins on one; arrows and Space do the same. Below the marks lies the selected head's map.
 */
final class PatternPad extends Region {
  static final int SIZE = 16;
  private static final int CELL = 10;
  private static final double BELOW = 0.45;

  private final Workbench w;
  private final RolesView view;
  private final Canvas canvas = new Canvas(SIZE * CELL + 1, SIZE * CELL + 1);
  private boolean marking;
  private int row;
  private int column;

  PatternPad(Workbench workbench, RolesView view) {
    this.w = workbench;
    this.view = view;
    getStyleClass().add("pattern-pad");
    setFocusTraversable(true);
    setAccessibleRole(AccessibleRole.NODE);
    setAccessibleRoleDescription("a small map to draw on, queries down, keys right");
    setMinSize(SIZE * CELL + 1, SIZE * CELL + 1);
    setPrefSize(SIZE * CELL + 1, SIZE * CELL + 1);
    setMaxSize(SIZE * CELL + 1, SIZE * CELL + 1);
    getChildren().add(canvas);
    InvalidationListener draw = o -> draw();
    view.pattern.addListener(draw);
    w.head.addListener(draw);
    w.run.addListener(draw);
    w.theme.addListener(draw);
    focusedProperty().addListener(draw);
    setOnMousePressed(this::pressed);
    setOnMouseDragged(e -> mark(e.getX(), e.getY()));
    setOnKeyPressed(this::typed);
    draw();
  }

  /** What is drawn now. */
  DrawnPattern drawn() {
    try {
      return view.pattern.get().isEmpty()
          ? DrawnPattern.empty(SIZE)
          : DrawnPattern.parse(view.pattern.get());
    } catch (HeadlightException e) {
      return DrawnPattern.empty(SIZE); // A text that somebody wrote; drawing begins anew.
    }
  }

  private double cell() {
    return (double) SIZE * CELL / drawn().size();
  }

  private void pressed(MouseEvent e) {
    requestFocus();
    int r = (int) (e.getY() / cell());
    int c = (int) (e.getX() / cell());
    marking = r < 0 || r >= drawn().size() || c < 0 || !drawn().marked(r, c);
    mark(e.getX(), e.getY());
    e.consume();
  }

  private void mark(double x, double y) {
    int r = (int) Math.floor(y / cell());
    int c = (int) Math.floor(x / cell());
    if (r >= 0 && r < drawn().size() && c >= 0 && c <= r) {
      row = r;
      column = c;
      view.pattern.set(drawn().with(r, c, marking).toString());
      draw();
    }
  }

  private void typed(KeyEvent e) {
    switch (e.getCode()) {
      case UP -> move(-1, 0);
      case DOWN -> move(1, 0);
      case LEFT -> move(0, -1);
      case RIGHT -> move(0, 1);
      case SPACE -> {
        marking = !drawn().marked(row, column);
        view.pattern.set(drawn().with(row, column, marking).toString());
      }
      default -> {
        return;
      }
    }
    e.consume();
  }

  private void move(int rows, int columns) {
    row = Math.max(0, Math.min(drawn().size() - 1, row + rows));
    column = Math.max(0, Math.min(row, column + columns));
    draw();
  }

  private void draw() {
    GraphicsContext g = canvas.getGraphicsContext2D();
    g.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
    DrawnPattern drawn = drawn();
    double cell = cell();
    Palette palette = Palette.sequential(w.theme.get());
    Tensor map = thumbnail();
    for (int r = 0; r < drawn.size(); r++) {
      for (int c = 0; c <= r; c++) {
        g.setGlobalAlpha(map == null ? 1 : BELOW);
        g.setFill(
            Colours.of(
                map == null
                    ? palette.masked()
                    : palette.map().argb(Math.sqrt(most(map, r, c, drawn.size())))));
        g.fillRect(c * cell, r * cell, cell - 1, cell - 1);
        g.setGlobalAlpha(1);
        if (drawn.marked(r, c)) {
          g.setFill(Colours.accent(w.theme.get()));
          g.fillRect(c * cell, r * cell, cell - 1, cell - 1);
        }
      }
    }
    if (isFocused()) {
      g.setStroke(Colours.accent(w.theme.get()));
      g.strokeRect(column * cell, row * cell, cell - 1, cell - 1);
    }
    setAccessibleText(
        "query row %d, key column %d%s"
            .formatted(row, column, drawn.marked(row, column) ? ", marked" : ""));
  }

  private Tensor thumbnail() {
    Head head = w.head.get();
    HeadStatistics statistics = w.run.get() == null ? null : w.run.get().statistics();
    return head == null || statistics == null
        ? null
        : statistics.thumbnail(head.layer(), head.head());
  }

  /** The largest weight of the map below a cell, 0 to 1. */
  private static double most(Tensor map, int row, int column, int size) {
    int side = map.size(0);
    double most = 0;
    for (int r = row * side / size;
        r < Math.max(row * side / size + 1, (row + 1) * side / size);
        r++) {
      for (int c = column * side / size;
          c < Math.max(column * side / size + 1, (column + 1) * side / size);
          c++) {
        float weight = map.data()[r * side + c];
        most = weight > most ? weight : most; // NaN, hidden, is not.
      }
    }
    return most;
  }
}
