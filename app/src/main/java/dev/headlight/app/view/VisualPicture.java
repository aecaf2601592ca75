package dev.headlight.app.view;

import dev.headlight.analysis.image.Picture;
import dev.headlight.analysis.job.Job;
import dev.headlight.app.visual.OverlayPainter;
import dev.headlight.app.visual.PatchView;
import dev.headlight.app.visual.VisualChoice;
import dev.headlight.app.visual.VisualFigures;
import dev.headlight.app.visual.VisualState;
import dev.headlight.renderer.Theme;
import dev.headlight.renderer.Ticks;
import java.util.Objects;
import java.util.Optional;
import javafx.geometry.Orientation;
import javafx.scene.AccessibleRole;
import javafx.scene.Cursor;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.shape.Rectangle;

/**
 * The picture with the map over it; pointing reads a patch, a click or the arrow keys choose one.
 */
final class VisualPicture extends javafx.scene.layout.Region {
  private static final double TALL = 520;

  /** Part of the window's height that a picture may take where that is more. */
  private static final double OF_WINDOW = 0.55;

  private static final double LONG = 1.6;
  private static final double ROUND = 8;

  private final VisualDesk desk;
  private final VisualBrush brush;
  private final PixelView pixels = new PixelView();
  private final PixelView veil = new PixelView();
  private final Canvas marks = new Canvas();
  private final VisualCard card = new VisualCard();
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
    setFocusTraversable(true);
    setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    marks.setManaged(false);
    marks.setMouseTransparent(true);
    clip.setArcWidth(2 * ROUND);
    clip.setArcHeight(2 * ROUND);
    pixels.setClip(clip);
    getChildren().addAll(pixels, veil, marks, card);
    desk.whenChanged(this::update);
    brush.whenPainted(this::draw);
    brush.on.addListener((o, old, now) -> setCursor(now ? Cursor.CROSSHAIR : Cursor.DEFAULT));
    desk.workbench().theme.addListener(o -> draw());
    focusedProperty().addListener(o -> draw());
    setOnMouseMoved(this::moved);
    setOnMouseExited(e -> hover(-1, e));
    setOnMousePressed(this::pressed);
    setOnMouseDragged(this::dragged);
    setOnMouseReleased(e -> released());
    setOnKeyPressed(this::key);
    update();
  }

  private VisualState state() {
    return desk.state();
  }

  private Picture picture() {
    return state().looked() == null
        ? null
        : state().looked().ask().pictures().get(state().picture());
  }

  /** The map over the picture; a text has none. */
  private Optional<PatchView> view() {
    return state().view().filter(v -> !v.looked().text());
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
    double most = getScene() == null ? TALL : Math.max(TALL, OF_WINDOW * getScene().getHeight());
    return Math.floor(Math.min(room, tall > LONG ? TALL : most / tall));
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
    Optional<PatchView> view = view();
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
    setAccessibleText(view.map(VisualPicture::words).orElse("Picture without a map"));
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

  private static String words(PatchView view) {
    int best = view.strongest();
    String place = view.place().isEmpty() ? "Picture" : Ui.sentence(view.place());
    return best < 0
        ? place + " without a map"
        : "%s; most at row %d, column %d: %s"
            .formatted(place, view.row(best), view.column(best), Ticks.format(view.values()[best]));
  }

  /** Mask, tile, chosen patch, scanpath. */
  private void draw() {
    GraphicsContext g = marks.getGraphicsContext2D();
    g.clearRect(0, 0, getWidth(), getHeight());
    if (picture() == null || getWidth() < 8) {
      return;
    }
    mask();
    Theme theme = desk.workbench().theme.get();
    VisualMarks drawn = new VisualMarks(g, theme, scale());
    view().ifPresent(v -> draw(drawn, v));
    if (isFocused()) {
      Picture of = picture();
      g.setStroke(Colours.accent(theme));
      g.setLineWidth(2);
      g.strokeRoundRect(
          1, 1, of.width() * scale() - 2, of.height() * scale() - 2, 2 * ROUND, 2 * ROUND);
    }
  }

  private void draw(VisualMarks drawn, PatchView view) {
    if (view.tiled() && !view.cut()) {
      drawn.frame(
          view.tile(view.parts().get(0)).source().within(picture().width(), picture().height()), 1);
    }
    int patch = chosen(view);
    if (patch >= 0 && patch < view.values().length) {
      drawn.frame(VisualFigures.region(view, patch), 2);
    }
    if (hovered >= 0 && hovered < view.values().length) {
      drawn.frame(VisualFigures.region(view, hovered), 1);
    }
    if (state().choice().scanpath()) {
      drawn.path(view, view.scanpath());
    }
  }

  private int chosen(PatchView view) {
    return view.looked().patches() ? view.cellOf(state().word()) : state().choice().patch();
  }

  private void mask() {
    boolean[] inside = brush.inside();
    Picture of = picture();
    int wide = (int) Math.round(across(getWidth()));
    if (inside == null || wide < 8 || inside.length != of.width() * of.height()) {
      veil.clear();
      return;
    }
    int high = (int) Math.max(1, Math.round((double) wide * of.height() / of.width()));
    veil.show(VisualMarks.veil(inside, of, wide, high), wide, high, wide, high);
  }

  private int cell(MouseEvent e) {
    return view().map(v -> v.cellAt(e.getX() / scale(), e.getY() / scale())).orElse(-1);
  }

  private void moved(MouseEvent e) {
    hover(picture() == null ? -1 : cell(e), e);
  }

  private void hover(int cell, MouseEvent e) {
    if (cell != hovered) {
      hovered = cell;
      draw();
    }
    if (cell < 0 || brush.on.get()) {
      card.setVisible(false);
    } else {
      card.show(view().orElseThrow(), cell, e.getX(), e.getY(), getWidth(), getHeight());
    }
  }

  private void pressed(MouseEvent e) {
    requestFocus();
    if (picture() == null) {
      return;
    }
    if (brush.on.get()) {
      spot(e);
    } else if (e.getButton() == MouseButton.PRIMARY && view().isPresent()) {
      choose(cell(e));
    }
    e.consume();
  }

  /** Chooses a patch, or lets the chosen one go. */
  private void choose(int cell) {
    if (cell >= 0 && state().looked().patches()) {
      desk.lookFrom(view().orElseThrow().token(cell), cell);
    } else {
      state().choose(state().choice().withPatch(cell == state().choice().patch() ? -1 : cell));
    }
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

  private void key(KeyEvent e) {
    if (view().isEmpty() || e.isShortcutDown() || e.isAltDown()) {
      return;
    }
    switch (e.getCode()) {
      case LEFT -> step(-1, 0);
      case RIGHT -> step(1, 0);
      case UP -> step(0, -1);
      case DOWN -> step(0, 1);
      case PAGE_UP -> desk.moveHead(-1, 0);
      case PAGE_DOWN -> desk.moveHead(1, 0);
      case ESCAPE -> letGo();
      default -> {
        return;
      }
    }
    e.consume();
  }

  /** Lets the chosen patch go. */
  void letGo() {
    state().choose(state().choice().withPatch(-1));
  }

  /** Goes from the chosen patch to its neighbour; the strongest one is chosen first. */
  void step(int across, int down) {
    if (view().isEmpty()) {
      return;
    }
    PatchView view = view().orElseThrow();
    int from = chosen(view);
    boolean there = from >= 0 && view.parts().contains(view.partOf(from));
    int to = there ? view.beside(from, across, down) : view.strongest();
    if (to >= 0 && to != from) {
      choose(to);
    }
  }
}
