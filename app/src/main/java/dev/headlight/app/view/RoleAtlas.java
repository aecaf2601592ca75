package dev.headlight.app.view;

import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.scores.HeadScore;
import dev.headlight.analysis.scores.HeadTable;
import dev.headlight.app.workbench.RoleTable;
import dev.headlight.app.workbench.RolesView;
import dev.headlight.app.workbench.Workbench;
import dev.headlight.renderer.Palette;
import dev.headlight.renderer.ValueScale;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.beans.InvalidationListener;
import javafx.geometry.Orientation;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.text.Font;

/**
 * Every head by every role as colours: a small grid for each score, layers down and heads to the
 * right. A click chooses the head and the score.
 */
final class RoleAtlas extends Region {
  private static final Font TITLE = Font.font("Inter", 11);
  private static final Font CHOSEN = Font.font("Inter SemiBold", 11);
  private static final double FAINT = 0.16;

  private final Workbench w;
  private final RolesView view;
  private final Runnable open;
  private final Canvas canvas = new Canvas();
  private final Tooltip tooltip = new Tooltip();
  private AtlasLayout layout;

  /**
   * @param open shows the selected head's map
   */
  RoleAtlas(Workbench workbench, RolesView view, Runnable open) {
    this.w = workbench;
    this.view = view;
    this.open = open;
    getStyleClass().add("role-atlas");
    setMinWidth(0);
    setFocusTraversable(true);
    setAccessibleRole(AccessibleRole.NODE);
    setAccessibleRoleDescription("a small grid of heads for each role, layers down, heads right");
    canvas.setManaged(false);
    getChildren().add(canvas);
    Tooltip.install(this, tooltip);
    InvalidationListener update = o -> requestLayout();
    view.table().addListener(update);
    view.role.addListener(update);
    w.theme.addListener(update);
    w.fitLimits.addListener(update);
    focusedProperty().addListener(update);
    w.head.addListener(
        o -> {
          setAccessibleText("Selected head " + HeadReadout.text(w, w.head.get()));
          requestLayout();
        });
    setOnMousePressed(this::pressed);
    setOnMouseMoved(this::moved);
    setOnKeyPressed(this::typed);
  }

  @Override
  protected double computeMinHeight(double width) {
    RoleTable table = view.table().get();
    double room = width < 0 ? getWidth() : width;
    return table == null
        ? 0
        : AtlasLayout.least(table.columns().size(), w.model.get().spec().layers(), room);
  }

  /** Where it may be as high as it likes. */
  @Override
  protected double computePrefHeight(double width) {
    RoleTable table = view.table().get();
    double room = width < 0 ? getWidth() : width;
    return table == null
        ? 0
        : AtlasLayout.roomy(table.columns().size(), w.model.get().spec().layers(), room);
  }

  @Override
  public Orientation getContentBias() {
    return Orientation.HORIZONTAL;
  }

  @Override
  protected void layoutChildren() {
    canvas.setWidth(getWidth());
    canvas.setHeight(getHeight());
    GraphicsContext g = canvas.getGraphicsContext2D();
    g.clearRect(0, 0, getWidth(), getHeight());
    RoleTable table = view.table().get();
    layout = null;
    if (table == null || getWidth() < 40 || getHeight() < 40) {
      return;
    }
    int layers = w.model.get().spec().layers();
    int heads = w.model.get().spec().heads();
    layout = AtlasLayout.of(table.columns().size(), layers, heads, getWidth(), getHeight());
    Set<Head> clear = new HashSet<>(table.heads());
    for (int i = 0; i < table.columns().size(); i++) {
      draw(g, i, table, clear);
    }
  }

  private void draw(GraphicsContext g, int grid, RoleTable table, Set<Head> clear) {
    HeadScore score = table.columns().get(grid);
    double x0 = Math.round(layout.x(grid));
    double y0 = Math.round(layout.y(grid));
    boolean chosen = score.id().equals(view.role.get());
    g.setFont(chosen ? CHOSEN : TITLE);
    g.setFill(chosen ? Colours.accent(w.theme.get()) : Colours.dim(w.theme.get()));
    List<String> lines = lines(score.title(), (int) ((layout.stepX() - 6) / 5.7));
    for (int line = 0; line < lines.size(); line++) {
      // The last line stands next to its grid.
      g.fillText(lines.get(line), x0, y0 + AtlasLayout.TITLE - 6 - 13 * (lines.size() - 1 - line));
    }
    Palette palette = GridFill.palette(score, w.theme.get());
    Optional<HeadTable> numbers = table.numbers().table(score);
    ValueScale scale = numbers.map(t -> GridFill.scale(score, t, w.fitLimits.get())).orElse(null);
    double gap = Math.min(layout.cellWidth(), layout.cellHeight()) >= 5 ? 1 : 0;
    for (int layer = 0; layer < layout.layers(); layer++) {
      for (int h = 0; h < layout.heads(); h++) {
        Head head = new Head(layer, h);
        double value = numbers.map(t -> t.at(head)).orElse(Double.NaN);
        int argb =
            Double.isNaN(value) ? palette.masked() : palette.map().argb(scale.position(value));
        g.setGlobalAlpha(clear.contains(head) ? 1 : FAINT);
        g.setFill(Colours.of(argb));
        double x = x0 + Math.round(h * layout.cellWidth());
        double y = y0 + AtlasLayout.TITLE + Math.round(layer * layout.cellHeight());
        double right = x0 + Math.round((h + 1) * layout.cellWidth());
        double low = y0 + AtlasLayout.TITLE + Math.round((layer + 1) * layout.cellHeight());
        g.fillRect(x, y, right - x - gap, low - y - gap);
      }
    }
    g.setGlobalAlpha(1);
    select(g, x0, y0);
  }

  private void select(GraphicsContext g, double x0, double y0) {
    Head head = w.head.get();
    if (head != null && head.layer() < layout.layers() && head.head() < layout.heads()) {
      g.setStroke(Colours.accent(w.theme.get()));
      g.setLineWidth(isFocused() ? 2 : 1.5);
      g.strokeRect(
          x0 + Math.round(head.head() * layout.cellWidth()) - 1,
          y0 + AtlasLayout.TITLE + Math.round(head.layer() * layout.cellHeight()) - 1,
          Math.max(3, layout.cellWidth() + 1),
          Math.max(3, layout.cellHeight() + 1));
    }
  }

  /** A title in at most two lines of so many letters, cut at its end. */
  static List<String> lines(String title, int letters) {
    if (title.length() <= letters) {
      return List.of(title);
    }
    int space = title.lastIndexOf(' ', letters);
    if (space <= 0) {
      return List.of(cut(title, letters));
    }
    return List.of(title.substring(0, space), cut(title.substring(space + 1), letters));
  }

  private static String cut(String text, int letters) {
    return text.length() <= letters ? text : text.substring(0, Math.max(1, letters - 1)) + "…";
  }

  private void pressed(MouseEvent e) {
    requestFocus();
    AtlasLayout.Place place = layout == null ? null : layout.at(e.getX(), e.getY());
    int grid = layout == null ? -1 : layout.grid(e.getX(), e.getY());
    if (grid >= 0) {
      view.role.set(columns().get(grid).id());
    }
    if (place != null) {
      w.head.set(place.head());
      if (e.getClickCount() == 2) {
        open.run();
      }
    }
    e.consume();
  }

  private void moved(MouseEvent e) {
    AtlasLayout.Place place = layout == null ? null : layout.at(e.getX(), e.getY());
    int grid = layout == null ? -1 : layout.grid(e.getX(), e.getY());
    RoleTable table = view.table().get();
    if (grid < 0 || table == null) {
      tooltip.setText("");
      tooltip.hide();
      return;
    }
    HeadScore score = columns().get(grid);
    String cell =
        place == null
            ? ""
            : place.head() + "  " + RoleColumns.text(table.cell(place.head(), score)) + "\n";
    tooltip.setText(cell + RoleColumns.about(score, view.conditions().get(score.id())));
  }

  private List<HeadScore> columns() {
    return view.table().get().columns();
  }

  private void typed(KeyEvent e) {
    switch (e.getCode()) {
      case LEFT -> w.moveHead(0, -1);
      case RIGHT -> w.moveHead(0, 1);
      case UP -> w.moveHead(-1, 0);
      case DOWN -> w.moveHead(1, 0);
      case ENTER -> open.run();
      default -> {
        return;
      }
    }
    e.consume();
  }
}
