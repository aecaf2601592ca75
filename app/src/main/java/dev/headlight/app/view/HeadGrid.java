package dev.headlight.app.view;

import dev.headlight.analysis.attention.HeadStatistics;
import dev.headlight.analysis.job.Job;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Tensor;
import dev.headlight.app.engine.ModelFacts;
import dev.headlight.app.engine.RunSnapshot;
import dev.headlight.app.job.LatestOnly;
import dev.headlight.app.workbench.Workbench;
import dev.headlight.renderer.Palette;
import dev.headlight.renderer.Ticks;
import java.util.Optional;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;
import javafx.util.Duration;

/** Layers × heads: one thumbnail a head, all in one picture. */
final class HeadGrid extends Region {
  private static final double NUMBERS = 11;

  final DoubleProperty roomHeight = new SimpleDoubleProperty(this, "roomHeight");
  final DoubleProperty scrolled = new SimpleDoubleProperty(this, "scrolled");

  private final Workbench w;
  private final LatestOnly painter;
  private final PixelView pixels = new PixelView();
  private final Canvas rows = new Canvas();
  private final Canvas columns = new Canvas();
  private final Rectangle selection = outline("grid-selection");
  private final Rectangle hovered = outline("grid-hover");
  private final Tooltip tooltip = new Tooltip();
  private GridGeometry geometry;

  HeadGrid(Workbench workbench, LatestOnly painter) {
    this.w = workbench;
    this.painter = painter;
    getStyleClass().add("head-grid");
    setFocusTraversable(true);
    setAccessibleRole(AccessibleRole.NODE);
    setAccessibleRoleDescription("grid of heads, layers down, heads right");
    getChildren().addAll(pixels, rows, hovered, selection, columns);
    rows.setManaged(false);
    columns.setManaged(false);
    columns.layoutYProperty().bind(scrolled);
    tooltip.setShowDelay(Duration.millis(250));
    Tooltip.install(this, tooltip);
    listen();
  }

  private static Rectangle outline(String style) {
    Rectangle rectangle = new Rectangle();
    rectangle.setManaged(false);
    rectangle.setMouseTransparent(true);
    rectangle.getStyleClass().add(style);
    return rectangle;
  }

  private void listen() {
    w.model.addListener((o, old, now) -> changed());
    w.run.addListener((o, old, now) -> changed());
    w.partial.addListener((o, old, now) -> paint());
    w.gridColour.addListener((o, old, now) -> paint());
    w.hideSink.addListener((o, old, now) -> paint());
    w.scale.addListener((o, old, now) -> paint());
    w.theme.addListener((o, old, now) -> changed());
    w.head.addListener((o, old, now) -> placeSelection());
    roomHeight.addListener((o, old, now) -> requestLayout());
    setOnMouseMoved(this::hover);
    setOnMouseExited(e -> hovered.setVisible(false));
    setOnMousePressed(
        e -> {
          requestFocus();
          at(e).ifPresent(w.head::set);
          e.consume(); // Else the scroll pane takes the focus.
        });
    setOnKeyPressed(this::key);
  }

  private void changed() {
    requestLayout();
    geometry = null;
  }

  private Optional<Head> at(MouseEvent e) {
    return geometry == null ? Optional.empty() : geometry.at(e.getX(), e.getY());
  }

  private void key(KeyEvent e) {
    switch (e.getCode()) {
      case LEFT -> w.moveHead(0, -1);
      case RIGHT -> w.moveHead(0, 1);
      case UP, PAGE_UP -> w.moveHead(-1, 0);
      case DOWN, PAGE_DOWN -> w.moveHead(1, 0);
      default -> {
        return;
      }
    }
    e.consume();
  }

  private void hover(MouseEvent e) {
    Optional<Head> head = at(e);
    hovered.setVisible(head.isPresent());
    head.ifPresent(
        h -> {
          place(hovered, h);
          tooltip.setText(describe(h));
        });
  }

  /** What a head is and its numbers, for tool tip and screen readers. */
  private String describe(Head head) {
    ModelSpec spec = w.model.get().spec();
    StringBuilder text = new StringBuilder(head.toString());
    if (spec.kvHeads() < spec.heads()) {
      text.append(" (KV group ").append(spec.kvGroup(head.head())).append(')');
    }
    RunSnapshot run = w.run.get();
    if (run != null) {
      HeadStatistics s = run.statistics();
      text.append("\nentropy ").append(number(s.entropy(), head)).append(" nats");
      text.append("\nfirst token ").append(number(s.firstShare(), head));
      text.append("\nprevious token ").append(number(s.previousShare(), head));
      text.append("\ndistance ").append(number(s.distance(), head)).append(" tokens");
    }
    return text.toString();
  }

  private static String number(Tensor table, Head head) {
    return Ticks.format(HeadStatistics.at(table, head.layer(), head.head()));
  }

  @Override
  protected double computePrefHeight(double width) {
    ModelFacts model = w.model.get();
    return model == null ? 0 : fit(model.spec(), width).height();
  }

  @Override
  protected double computeMinWidth(double height) {
    ModelFacts model = w.model.get();
    return model == null ? 0 : fit(model.spec(), 0).width();
  }

  private GridGeometry fit(ModelSpec spec, double width) {
    return GridGeometry.fit(spec.layers(), spec.heads(), width, roomHeight.get());
  }

  @Override
  protected void layoutChildren() {
    ModelFacts model = w.model.get();
    if (model == null) {
      pixels.clear();
      selection.setVisible(false);
      return;
    }
    GridGeometry now = fit(model.spec(), getWidth());
    if (!now.equals(geometry)) {
      geometry = now;
      pixels.relocate(GridGeometry.LEFT, GridGeometry.TOP);
      drawNumbers(model.spec());
      placeSelection();
      paint();
    }
  }

  private void paint() {
    HeadStatistics statistics = shown();
    if (statistics == null || geometry == null) {
      pixels.clear();
      return;
    }
    GridPainter.Order order =
        new GridPainter.Order(
            statistics,
            geometry,
            Density.of(this),
            w.gridColour.get(),
            Scales.grid(w),
            Palette.sequential(w.theme.get()));
    painter.submit(
        this,
        Job.of("Paint all heads", progress -> GridPainter.paint(order, progress)),
        picture ->
            pixels.show(
                picture.argb(),
                picture.width(),
                picture.height(),
                picture.width() / order.density(),
                picture.height() / order.density()),
        Density::rethrow);
  }

  /** What there is of the newest pass. */
  private HeadStatistics shown() {
    RunSnapshot run = w.run.get();
    return w.partial.get() != null ? w.partial.get() : run == null ? null : run.statistics();
  }

  private void placeSelection() {
    Head head = w.head.get();
    boolean there = head != null && geometry != null;
    selection.setVisible(there);
    if (there) {
      place(selection, head);
      setAccessibleText("Selected head " + describe(head).replace('\n', ','));
    }
  }

  private void place(Rectangle rectangle, Head head) {
    rectangle.setX(geometry.x(head.head()) - 1.5);
    rectangle.setY(geometry.y(head.layer()) - 1.5);
    rectangle.setWidth(geometry.cellWidth() + 3);
    rectangle.setHeight(geometry.cellHeight() + 3);
  }

  private void drawNumbers(ModelSpec spec) {
    GraphicsContext g = sized(rows, GridGeometry.LEFT, geometry.height());
    g.setTextAlign(TextAlignment.RIGHT);
    int every = geometry.labelledEvery(geometry.cellHeight() + GridGeometry.GAP, 16);
    for (int layer = 0; layer < geometry.layers(); layer += every) {
      double y = geometry.y(layer) + geometry.cellHeight() / 2.0;
      g.fillText(Integer.toString(layer), GridGeometry.LEFT - 8, y);
    }
    g = sized(columns, geometry.width(), GridGeometry.TOP - 2);
    g.setFill(Colours.of(w.theme.get().panel()));
    g.fillRect(0, 0, geometry.width(), GridGeometry.TOP - 2);
    g.setFill(Colours.dim(w.theme.get()));
    g.setTextAlign(TextAlignment.CENTER);
    every = geometry.labelledEvery(geometry.cellWidth() + GridGeometry.GAP, 18);
    for (int head = 0; head < geometry.heads(); head += every) {
      g.fillText(Integer.toString(head), geometry.x(head) + geometry.cellWidth() / 2.0, 9);
    }
    drawGroups(g, spec);
  }

  /** A thin line over the heads that share keys and values. */
  private void drawGroups(GraphicsContext g, ModelSpec spec) {
    int size = spec.heads() / spec.kvHeads();
    if (size == 1) {
      return;
    }
    g.setStroke(Colours.faint(w.theme.get()));
    for (int first = 0; first < spec.heads(); first += size) {
      double from = geometry.x(first) + 0.5;
      double to = geometry.x(first + size - 1) + geometry.cellWidth() - 0.5;
      g.strokePolyline(new double[] {from, from, to, to}, new double[] {21, 18.5, 18.5, 21}, 4);
    }
  }

  private GraphicsContext sized(Canvas canvas, double width, double height) {
    canvas.setWidth(width);
    canvas.setHeight(height);
    GraphicsContext g = canvas.getGraphicsContext2D();
    g.clearRect(0, 0, width, height);
    g.setFont(Font.font("Inter", NUMBERS));
    g.setTextBaseline(VPos.CENTER);
    Color dim = Colours.dim(w.theme.get());
    g.setFill(dim);
    return g;
  }
}
