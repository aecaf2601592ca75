package dev.headlight.app.view;

import dev.headlight.analysis.image.Picture;
import dev.headlight.analysis.image.Region;
import dev.headlight.analysis.job.Job;
import dev.headlight.app.visual.OverlayPainter;
import dev.headlight.app.visual.PatchView;
import dev.headlight.app.visual.VisualChoice;
import dev.headlight.app.visual.VisualFigures;
import dev.headlight.app.visual.VisualState;
import dev.headlight.renderer.Ticks;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javafx.geometry.Orientation;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.Cursor;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Label;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.VBox;
import javafx.scene.paint.Color;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;

/** The picture with the map over it; pointing reads a patch, a click chooses it. */
final class VisualPicture extends javafx.scene.layout.Region {
  private static final double TALL = 520;
  private static final double LONG = 1.6;
  private static final double ROUND = 8;
  private static final double DOT = 10;

  /** Colours multiplied by their opacity. */
  private static final int INSIDE = 0x59595959;

  private static final int EDGE = 0xffdc2626;

  private final VisualDesk desk;
  private final VisualBrush brush;
  private final PixelView pixels = new PixelView();
  private final PixelView veil = new PixelView();
  private final Canvas marks = new Canvas();
  private final VBox card = new VBox();
  private final Label where = Ui.label("");
  private final Label value = Ui.label("", "card-value");
  private final Label more = Ui.label("", "dim");
  private final Rectangle clip = new Rectangle();
  private Painted painted;
  private int hovered = -1;

  /** What was painted last: the same is not painted twice. */
  private record Painted(
      Picture picture,
      PatchView view,
      VisualChoice.Style style,
      double alpha,
      int width,
      int height) {}

  VisualPicture(VisualDesk desk, VisualBrush brush) {
    this.desk = desk;
    this.brush = brush;
    getStyleClass().add("visual-picture");
    setMinSize(0, 0);
    setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    marks.setManaged(false);
    marks.setMouseTransparent(true);
    clip.setArcWidth(2 * ROUND);
    clip.setArcHeight(2 * ROUND);
    pixels.setClip(clip);
    card.getStyleClass().add("card");
    card.setManaged(false);
    card.setMouseTransparent(true);
    card.setVisible(false);
    card.getChildren().addAll(where, value, more);
    getChildren().addAll(pixels, veil, marks, card);
    desk.whenChanged(this::update);
    brush.whenPainted(this::draw);
    brush.on.addListener((o, old, now) -> setCursor(now ? Cursor.CROSSHAIR : Cursor.DEFAULT));
    desk.workbench().theme.addListener(o -> draw());
    setOnMouseMoved(this::moved);
    setOnMouseExited(e -> hover(-1, e));
    setOnMousePressed(this::pressed);
    setOnMouseDragged(this::dragged);
    setOnMouseReleased(e -> released());
    update();
  }

  private VisualState state() {
    return desk.state();
  }

  private Picture picture() {
    return state().looked() == null ? null : state().looked().ask().picture();
  }

  private void update() {
    requestLayout();
    paint();
  }

  @Override
  public Orientation getContentBias() {
    return Orientation.HORIZONTAL;
  }

  /** How wide the picture is in a room: long ones fill it and are scrolled. */
  private double across(double room) {
    Picture of = picture();
    if (of == null) {
      return 0;
    }
    double tall = (double) of.height() / of.width();
    return Math.floor(tall > LONG ? Math.min(room, TALL) : Math.min(room, TALL / tall));
  }

  @Override
  protected double computePrefHeight(double width) {
    Picture of = picture();
    double across = across(width < 0 ? getWidth() : width);
    return of == null ? 0 : Math.ceil(across * of.height() / of.width());
  }

  @Override
  protected double computeMinHeight(double width) {
    return computePrefHeight(width);
  }

  @Override
  protected void layoutChildren() {
    marks.setWidth(getWidth());
    marks.setHeight(getHeight());
    paint();
    draw();
  }

  private double scale() {
    return across(getWidth()) / picture().width();
  }

  private void paint() {
    Picture of = picture();
    double across = of == null ? 0 : across(getWidth());
    if (across < 8) {
      return;
    }
    double density = Density.of(this);
    double down = across * of.height() / of.width();
    Optional<PatchView> view = state().view();
    VisualChoice choice = state().choice();
    Painted now =
        new Painted(
            of,
            view.orElse(null),
            choice.style(),
            choice.alpha(),
            (int) Math.round(across * density),
            (int) Math.max(1, Math.round(down * density)));
    if (same(now)) {
      return;
    }
    painted = now;
    view.ifPresent(v -> setAccessibleText(words(v)));
    desk.context()
        .painter()
        .submit(
            this,
            Job.of(
                "Paint the picture",
                p ->
                    new OverlayPainter(now.picture(), now.view(), now.style(), now.alpha())
                        .paint(now.width(), now.height())),
            argb -> {
              pixels.show(argb, now.width(), now.height(), across, down);
              clip.setWidth(across);
              clip.setHeight(down);
            },
            Density::rethrow);
  }

  private boolean same(Painted now) {
    return painted != null
        && painted.picture().equals(now.picture())
        && Objects.equals(painted.view(), now.view())
        && painted.style() == now.style()
        && painted.alpha() == now.alpha()
        && painted.width() == now.width()
        && painted.height() == now.height();
  }

  private String words(PatchView view) {
    int best = -1;
    for (int i = 0; i < view.values().length; i++) {
      boolean larger = best < 0 || view.values()[i] > view.values()[best];
      best = !Float.isNaN(view.values()[i]) && larger ? i : best;
    }
    return best < 0
        ? "Picture without a map"
        : "Picture; most at row %d, column %d: %s"
            .formatted(view.row(best), view.column(best), Ticks.format(view.values()[best]));
  }

  /** Mask, chosen patch, scanpath. */
  private void draw() {
    GraphicsContext g = marks.getGraphicsContext2D();
    g.clearRect(0, 0, getWidth(), getHeight());
    if (picture() == null || getWidth() < 8) {
      return;
    }
    double scale = scale();
    mask();
    Optional<PatchView> view = state().view();
    view.ifPresent(
        v -> {
          int patch = v.looked().patches() ? v.cellOf(state().word()) : state().choice().patch();
          if (patch >= 0 && patch < v.values().length) {
            frame(g, VisualFigures.region(v, patch), scale, 2);
          }
          if (hovered >= 0 && hovered < v.values().length) {
            frame(g, VisualFigures.region(v, hovered), scale, 1);
          }
          if (state().choice().scanpath()) {
            path(g, v, scale);
          }
        });
  }

  /** The painted object: lighter inside, with a red edge. */
  private void mask() {
    boolean[] inside = brush.inside();
    Picture of = picture();
    int wide = (int) Math.round(across(getWidth()));
    if (inside == null || wide < 8 || inside.length != of.width() * of.height()) {
      veil.clear();
      return;
    }
    int high = (int) Math.max(1, Math.round((double) wide * of.height() / of.width()));
    int[] argb = new int[wide * high];
    for (int y = 0; y < high; y++) {
      int row = of.width() * (int) ((y + 0.5) * of.height() / high);
      for (int x = 0; x < wide; x++) {
        argb[y * wide + x] = inside[row + (int) ((x + 0.5) * of.width() / wide)] ? INSIDE : 0;
      }
    }
    edges(argb, wide, high);
    veil.show(argb, wide, high, wide, high);
  }

  private static void edges(int[] argb, int wide, int high) {
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
  }

  private void frame(GraphicsContext g, Region cell, double scale, double line) {
    g.setStroke(Color.WHITE);
    g.setLineWidth(line + 1.5);
    double x = cell.x() * scale;
    double y = cell.y() * scale;
    g.strokeRect(x, y, cell.width() * scale, cell.height() * scale);
    g.setStroke(Colours.accent(desk.workbench().theme.get()));
    g.setLineWidth(line);
    g.strokeRect(x, y, cell.width() * scale, cell.height() * scale);
  }

  private void path(GraphicsContext g, PatchView view, double scale) {
    List<Integer> cells = state().scanpath(view);
    double[] x = new double[cells.size()];
    double[] y = new double[cells.size()];
    for (int i = 0; i < x.length; i++) {
      Region region = VisualFigures.region(view, cells.get(i));
      x[i] = (region.x() + region.width() / 2) * scale;
      y[i] = (region.y() + region.height() / 2) * scale;
    }
    g.setStroke(Color.rgb(28, 35, 48, 0.8));
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
      g.setStroke(Color.rgb(28, 35, 48));
      g.setLineWidth(1);
      g.strokeOval(x[i] - DOT, y[i] - DOT, 2 * DOT, 2 * DOT);
      g.setFill(Color.rgb(28, 35, 48));
      g.fillText(Integer.toString(i + 1), x[i], y[i]);
    }
  }

  private int cell(MouseEvent e) {
    return state().view().map(v -> v.cellAt(e.getX() / scale(), e.getY() / scale())).orElse(-1);
  }

  private void moved(MouseEvent e) {
    hover(picture() == null ? -1 : cell(e), e);
  }

  private void hover(int cell, MouseEvent e) {
    if (cell != hovered) {
      hovered = cell;
      draw();
    }
    card.setVisible(cell >= 0 && !brush.on.get());
    if (cell < 0) {
      return;
    }
    PatchView view = state().view().orElseThrow();
    where.setText(
        "patch (%d, %d)  token %d".formatted(view.row(cell), view.column(cell), view.token(cell)));
    float shown = view.values()[cell];
    value.setText(Float.isNaN(shown) ? "left out" : Ticks.format(shown));
    String rank =
        Float.isNaN(shown)
            ? "visual sink"
            : "rank %d of %d".formatted(view.rank(cell), view.count());
    more.setText("raw " + Ticks.format(view.raw()[cell]) + " · " + rank);
    card.autosize();
    double x =
        e.getX() + 14 + card.getWidth() > getWidth()
            ? e.getX() - 14 - card.getWidth()
            : e.getX() + 14;
    double y =
        Math.max(0, Math.min(getHeight() - card.getHeight(), e.getY() - card.getHeight() - 8));
    card.relocate(Math.max(0, x), y);
  }

  private void pressed(MouseEvent e) {
    if (picture() == null) {
      return;
    }
    if (brush.on.get()) {
      spot(e);
    } else if (e.getButton() == MouseButton.PRIMARY) {
      int cell = cell(e);
      if (cell >= 0 && state().looked().patches()) {
        desk.lookFrom(state().view().orElseThrow().token(cell), cell);
        return;
      }
      state().choose(state().choice().withPatch(cell == state().choice().patch() ? -1 : cell));
    }
    e.consume();
  }

  private void dragged(MouseEvent e) {
    if (brush.on.get() && picture() != null) {
      spot(e);
      e.consume();
    }
  }

  private void spot(MouseEvent e) {
    boolean erase = e.isShiftDown() || e.isSecondaryButtonDown();
    brush.paint(picture(), e.getX() / scale(), e.getY() / scale(), erase);
  }

  private void released() {
    if (brush.on.get()) {
      brush.done();
    }
  }
}
