package dev.headlight.app.view;

import dev.headlight.renderer.ColorMap;
import dev.headlight.renderer.Palette;
import dev.headlight.renderer.Theme;
import dev.headlight.renderer.ValueScale;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.DoubleFunction;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Point2D;
import javafx.geometry.VPos;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.Text;
import javafx.scene.text.TextAlignment;

/** A table as coloured cells with numbers along its edges; mouse and arrow keys choose a cell. */
final class CellGrid extends Region {
  /** The label of a low first row stands below the upper edge. */
  private static final double HALF_LINE = 6;

  /** Labels of rows nearer than this would touch. */
  private static final double LINE = 13;

  private static final double LABELS = 11;
  private static final double BELOW = 20;
  private static final double SLANT = 55;
  private static final double LONGEST = 72;
  private static final double ASIDE = 30;
  private static final double GAP = 6;
  private static final double ROW = 12;
  private static final double ROUND = 3;

  /** Longest side of a cell unless told otherwise. */
  static final double LARGEST = 64;

  private static final double LARGE_TEXT = 13;

  private final ObservableValue<Theme> theme;
  private final Canvas canvas = new Canvas();
  private final Tooltip tip = new Tooltip();
  private Table table;
  private Set<Place> outlined = Set.of();
  private double left;
  private double below = BELOW;
  private boolean slanted;
  private double widest = LARGEST;
  private double highest = LARGEST;
  private boolean square;

  /** The chosen cell; null for none. */
  final ObjectProperty<Place> chosen = new SimpleObjectProperty<>(this, "chosen");

  /** A cell. */
  record Place(int row, int column) {}

  /**
   * What is shown.
   *
   * @param rows label of each row
   * @param columns label of each column
   * @param values [row][column]; NaN where there is none
   * @param scale from value to colour
   * @param map colours
   * @param text what stands in a cell, else null
   * @param words a cell in words, for the tool tip and screen readers
   */
  record Table(
      List<String> rows,
      List<String> columns,
      double[][] values,
      ValueScale scale,
      ColorMap map,
      DoubleFunction<String> text,
      BiFunction<Integer, Integer, String> words) {}

  CellGrid(ObservableValue<Theme> theme) {
    this.theme = theme;
    getStyleClass().add("cell-grid");
    setFocusTraversable(true);
    setAccessibleRole(AccessibleRole.TABLE_VIEW);
    setMinSize(0, 0);
    canvas.setManaged(false);
    getChildren().add(canvas);
    theme.addListener((o, old, now) -> draw());
    chosen.addListener((o, old, now) -> chosenChanged(now));
    focusedProperty().addListener((o, old, now) -> draw());
    setOnMousePressed(this::pressed);
    setOnMouseMoved(this::moved);
    setOnMouseExited(e -> tip.hide());
    setOnKeyPressed(this::key);
  }

  /** Lets cells grow beyond the usual size, for tables that may have very few. */
  void setMost(double width, double height) {
    widest = width;
    highest = height;
    draw();
  }

  /** Keeps cells as wide as they are high, for tables whose rows are their columns. */
  void setSquare() {
    square = true;
  }

  /** Writes the labels of columns slanted, for words: each column has its own then. */
  void setSlanted(boolean now) {
    slanted = now;
  }

  /** The height at which cells are square, or rows are high enough to be told apart; 0 for none. */
  double suiting(double width) {
    if (table == null) {
      return 0;
    }
    double rows = table.rows().size();
    return below + (square ? Math.min(width, rows * highest) : rows * ROW);
  }

  /** Shows another table; null for none. */
  void show(Table now) {
    table = now;
    if (now == null || (chosen.get() != null && !holds(chosen.get()))) {
      chosen.set(null);
    }
    below = slanted && now != null ? BELOW + deep(widestColumn()) : BELOW;
    draw();
  }

  /** Draws a line around some cells, beside the chosen one. */
  void outline(Set<Place> cells) {
    if (!cells.equals(outlined)) {
      outlined = Set.copyOf(cells);
      draw();
    }
  }

  /** How far a slanted label reaches down. */
  private static double deep(double wide) {
    return Math.sin(Math.toRadians(SLANT)) * Math.min(LONGEST, wide);
  }

  private double widestColumn() {
    return table.columns().stream().mapToDouble(CellGrid::width).max().orElse(0);
  }

  private boolean holds(Place place) {
    return place.row() < table.rows().size() && place.column() < table.columns().size();
  }

  private void chosenChanged(Place now) {
    setAccessibleText(now == null || table == null ? "" : word(now));
    notifyAccessibleAttributeChanged(AccessibleAttribute.TEXT);
    draw();
  }

  private String word(Place place) {
    return table.words().apply(place.row(), place.column());
  }

  @Override
  protected void layoutChildren() {
    // Cells end on whole pixels only where the picture begins on one.
    Point2D at = localToScene(0, 0);
    canvas.relocate(Math.rint(at.getX()) - at.getX(), Math.rint(at.getY()) - at.getY());
    draw();
  }

  private double cellWidth() {
    return square ? Math.min(fittingWidth(), fittingHeight()) : fittingWidth();
  }

  private double cellHeight() {
    return square ? cellWidth() : fittingHeight();
  }

  private double fittingWidth() {
    return Math.min(widest, (getWidth() - left) / table.columns().size());
  }

  private double fittingHeight() {
    return Math.min(highest, (getHeight() - below) / table.rows().size());
  }

  private void draw() {
    canvas.setWidth(getWidth());
    canvas.setHeight(getHeight());
    GraphicsContext g = canvas.getGraphicsContext2D();
    g.clearRect(0, 0, getWidth(), getHeight());
    if (table == null || getWidth() <= 0 || getHeight() <= below) {
      return;
    }
    g.setFont(Font.font("Inter", LABELS));
    g.setTextBaseline(VPos.CENTER);
    left = table.rows().stream().mapToDouble(CellGrid::width).max().orElse(0) + GAP;
    left = Math.max(left, slanted ? ASIDE : 0);
    cells(g);
    labels(g);
    mark(g);
  }

  private static double width(String text) {
    Text node = new Text(text);
    node.setFont(Font.font("Inter", LABELS));
    return Math.ceil(node.getLayoutBounds().getWidth());
  }

  private void cells(GraphicsContext g) {
    double wide = cellWidth();
    double high = cellHeight();
    double space = Math.min(wide, high) > 6 ? 1 : 0;
    double round = Math.min(wide, high) > 12 ? ROUND : 0;
    Palette palette = Palette.of(table.map(), theme.getValue());
    for (int r = 0; r < table.rows().size(); r++) {
      for (int c = 0; c < table.columns().size(); c++) {
        double value = table.values()[r][c];
        int argb =
            Double.isNaN(value)
                ? palette.masked()
                : palette.map().argb(table.scale().position(value));
        double x = Math.rint(left + c * wide);
        double y = Math.rint(r * high);
        g.setFill(Colours.of(argb));
        double right = Math.rint(left + (c + 1) * wide) - space;
        double low = Math.rint((r + 1) * high) - space;
        g.fillRoundRect(x, y, right - x, low - y, round, round);
        number(g, value, argb, left + (c + 0.5) * wide, (r + 0.5) * high);
      }
    }
  }

  private void number(GraphicsContext g, double value, int argb, double x, double y) {
    if (table.text() == null || Double.isNaN(value)) {
      return;
    }
    String text = table.text().apply(value);
    g.setFont(Font.font("Inter", cellHeight() > LARGEST / 2 ? LARGE_TEXT : LABELS));
    if (width(text) + 4 < cellWidth() && cellHeight() >= 13) {
      Color ground = Colours.of(argb);
      g.setFill(
          0.3 * ground.getRed() + 0.59 * ground.getGreen() + 0.11 * ground.getBlue() > 0.5
              ? Color.gray(0.1)
              : Color.gray(0.95));
      g.setTextAlign(TextAlignment.CENTER);
      g.fillText(text, x, y);
    }
  }

  private void labels(GraphicsContext g) {
    g.setFont(Font.font("Inter", LABELS));
    g.setFill(Colours.dim(theme.getValue()));
    g.setTextAlign(TextAlignment.RIGHT);
    int everyRow = GridGeometry.labelledEvery(Math.max(1, cellHeight()), 14);
    double last = -LINE;
    for (int r = 0; r < table.rows().size(); r += everyRow) {
      double y = Math.max(HALF_LINE, (r + 0.5) * cellHeight());
      if (y - last >= LINE) {
        g.fillText(table.rows().get(r), left - GAP, y);
        last = y;
      }
    }
    if (slanted) {
      slanted(g);
      return;
    }
    g.setTextAlign(TextAlignment.CENTER);
    int every = GridGeometry.labelledEvery(Math.max(1, cellWidth()), widestColumn() + 8);
    double y = cellHeight() * table.rows().size() + 10;
    for (int c = 0; c < table.columns().size(); c += every) {
      g.fillText(table.columns().get(c), left + (c + 0.5) * cellWidth(), y);
    }
  }

  private void slanted(GraphicsContext g) {
    int every = GridGeometry.labelledEvery(Math.max(1, cellWidth()), 15);
    double y = cellHeight() * table.rows().size() + 8;
    for (int c = 0; c < table.columns().size(); c += every) {
      g.save();
      g.translate(left + (c + 0.5) * cellWidth() + 2, y);
      g.rotate(-SLANT);
      g.fillText(table.columns().get(c), 0, 0, LONGEST);
      g.restore();
    }
  }

  private void mark(GraphicsContext g) {
    g.setStroke(Colours.accent(theme.getValue()));
    g.setLineWidth(1.5);
    outlined.stream().filter(this::holds).forEach(place -> mark(g, place));
    if (chosen.get() != null) {
      g.setLineWidth(isFocused() ? 2.5 : 2);
      mark(g, chosen.get());
    }
  }

  private void mark(GraphicsContext g, Place place) {
    g.strokeRoundRect(
        left + place.column() * cellWidth() - 0.5,
        Math.max(1, place.row() * cellHeight() - 0.5),
        cellWidth(),
        cellHeight(),
        ROUND + 1,
        ROUND + 1);
  }

  private Place at(double x, double y) {
    if (table == null || x < left) {
      return null;
    }
    int row = (int) Math.floor(y / cellHeight());
    int column = (int) Math.floor((x - left) / cellWidth());
    Place place = new Place(row, column);
    return row >= 0 && column >= 0 && holds(place) ? place : null;
  }

  private void pressed(MouseEvent e) {
    requestFocus();
    Place place = at(e.getX(), e.getY());
    if (place != null) {
      chosen.set(place);
      e.consume();
    }
  }

  private void moved(MouseEvent e) {
    Place place = at(e.getX(), e.getY());
    if (place == null) {
      tip.hide();
      return;
    }
    tip.setText(word(place));
    tip.show(this, e.getScreenX() + 12, e.getScreenY() + 14);
  }

  private void key(KeyEvent e) {
    if (table == null || e.isShortcutDown() || e.isAltDown()) {
      return;
    }
    switch (e.getCode()) {
      case LEFT -> move(0, -1);
      case RIGHT -> move(0, 1);
      case UP -> move(-1, 0);
      case DOWN -> move(1, 0);
      default -> {
        return;
      }
    }
    e.consume();
  }

  private void move(int rows, int columns) {
    Place from = chosen.get() == null ? new Place(0, 0) : chosen.get();
    Place to = new Place(from.row() + rows, from.column() + columns);
    if (to.row() >= 0 && to.column() >= 0 && holds(to)) {
      chosen.set(to);
    }
  }
}
