package dev.headlight.app.view;

import dev.headlight.analysis.image.Picture;
import dev.headlight.analysis.job.Job;
import dev.headlight.analysis.run.Head;
import dev.headlight.app.visual.HeadOrder;
import dev.headlight.app.visual.Looked;
import dev.headlight.app.visual.Side;
import dev.headlight.app.visual.SmallMap;
import dev.headlight.app.visual.VisualChoice.Order;
import dev.headlight.app.visual.VisualMaps;
import dev.headlight.app.visual.VisualState;
import dev.headlight.renderer.Ticks;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import javafx.geometry.Orientation;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.MenuButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;

/** The maps of all heads, small; a click selects one. */
final class VisualHeads extends VBox {
  private final VisualDesk desk;
  private final MenuButton order = Ui.tool(new MenuButton());
  private final Grid grid = new Grid();

  VisualHeads(VisualDesk desk) {
    super(8);
    this.desk = desk;
    getStyleClass().add("visual-heads");
    for (Order each : Order.values()) {
      order
          .getItems()
          .add(Menus.item(each.title(), "", () -> state().choose(state().choice().with(each))));
    }
    getChildren().addAll(Ui.row(8, Ui.label("All heads", "pane-title"), Ui.spacer(), order), grid);
    desk.whenChanged(this::update);
    desk.workbench().theme.addListener(o -> grid.redraw());
    update();
  }

  private VisualState state() {
    return desk.state();
  }

  private void update() {
    if (state().looked() != null) {
      order.setText(state().choice().order().title());
      grid.update();
    }
  }

  @Override
  public void requestFocus() {
    grid.requestFocus();
  }

  /** The maps themselves. */
  private final class Grid extends Region {
    private static final double LEFT = 22;
    private static final double BELOW = 16;
    private static final double GAP = 3;
    private static final double LEAST = 14;
    private static final double MOST = 56;
    private static final double NAME = 13;

    /** The tokens of a text stand side by side. */
    private static final double STRIP = 12;

    private final PixelView pixels = new PixelView();
    private final Canvas ink = new Canvas();
    private final Tooltip tip = new Tooltip();
    private List<Head> heads = List.of();
    private Object painted;

    Grid() {
      getStyleClass().add("visual-grid");
      setFocusTraversable(true);
      setAccessibleRole(AccessibleRole.TABLE_VIEW);
      ink.setManaged(false);
      ink.setMouseTransparent(true);
      getChildren().addAll(pixels, ink);
      setOnMousePressed(this::pressed);
      setOnMouseMoved(this::moved);
      setOnMouseExited(e -> tip.hide());
      setOnKeyPressed(this::key);
      focusedProperty().addListener(o -> draw());
    }

    void update() {
      heads = HeadOrder.of(state());
      requestLayout();
      paint();
      draw();
    }

    void redraw() {
      draw();
    }

    @Override
    public Orientation getContentBias() {
      return Orientation.HORIZONTAL;
    }

    private boolean byLayer() {
      return HeadOrder.number(state()).isEmpty();
    }

    private int columns(double width) {
      Looked looked = state().looked();
      if (byLayer()) {
        return Math.max(1, Math.min(looked.heads(), (int) ((width - LEFT) / (LEAST + GAP))));
      }
      return Math.max(1, (int) ((width - GAP) / (40 + GAP)));
    }

    private int rows(double width) {
      int columns = columns(width);
      Looked looked = state().looked();
      return byLayer()
          ? looked.layers() * ((looked.heads() + columns - 1) / columns)
          : (heads.size() + columns - 1) / columns;
    }

    private double left() {
      return byLayer() ? LEFT : 0;
    }

    private double cellWidth(double width) {
      int columns = columns(width);
      return Math.floor(Math.min(MOST, (width - left() - (columns - 1) * GAP) / columns));
    }

    private double cellHeight(double width) {
      Looked looked = state().looked();
      if (looked.text()) {
        return STRIP;
      }
      Picture of = looked.ask().pictures().get(state().picture());
      double tall = (double) of.height() / of.width();
      return Math.max(8, Math.round(cellWidth(width) * Math.max(0.5, Math.min(1.5, tall))));
    }

    private double stepDown(double width) {
      return cellHeight(width) + GAP + (byLayer() ? 0 : NAME);
    }

    @Override
    protected double computePrefHeight(double given) {
      double width = given < 0 ? getWidth() : given;
      return state().looked() == null ? 0 : rows(width) * stepDown(width) + (byLayer() ? BELOW : 0);
    }

    @Override
    protected double computeMinHeight(double width) {
      return computePrefHeight(width);
    }

    @Override
    protected double computeMinWidth(double height) {
      return 0;
    }

    @Override
    protected void layoutChildren() {
      ink.setWidth(getWidth());
      ink.setHeight(getHeight());
      paint();
      draw();
    }

    private int slot(int index) {
      int columns = columns(getWidth());
      if (!byLayer()) {
        return index;
      }
      int per = (state().looked().heads() + columns - 1) / columns;
      Head head = heads.get(index);
      return (head.layer() * per + head.head() / columns) * columns + head.head() % columns;
    }

    private double x(int index) {
      return left() + slot(index) % columns(getWidth()) * (cellWidth(getWidth()) + GAP);
    }

    private double y(int index) {
      int row = slot(index) / columns(getWidth());
      return row * stepDown(getWidth());
    }

    private void paint() {
      if (state().looked() == null || getWidth() < 60 || heads.isEmpty()) {
        return;
      }
      double density = Density.of(this);
      int width = (int) Math.ceil(getWidth() * density);
      int height = (int) Math.ceil(computePrefHeight(getWidth()) * density);
      Object key =
          List.of(
              System.identityHashCode(state().looked()),
              state().choice().mode(),
              state().maps().query(),
              state().choice().shown(),
              state().choice().baseline(),
              state().blank().isPresent(),
              state().sunk().isPresent(),
              heads,
              width,
              height);
      if (key.equals(painted)) {
        return;
      }
      painted = key;
      VisualMaps maps = state().single();
      int count = heads.size();
      List<Head> now = heads;
      int[] places = IntStream.range(0, count).map(i -> (int) Math.round(x(i) * density)).toArray();
      int[] lines = IntStream.range(0, count).map(i -> (int) Math.round(y(i) * density)).toArray();
      int across = (int) Math.max(1, Math.round(cellWidth(getWidth()) * density));
      int down = (int) Math.max(1, Math.round(cellHeight(getWidth()) * density));
      desk.context()
          .painter()
          .submit(
              this,
              Job.of(
                  "Paint all heads",
                  p -> {
                    int[] argb = new int[width * height];
                    IntStream.range(0, count)
                        .parallel()
                        .forEach(
                            i ->
                                SmallMap.paint(
                                    maps.view(List.of(now.get(i))),
                                    argb,
                                    width,
                                    places[i],
                                    lines[i],
                                    across,
                                    down));
                    return argb;
                  }),
              argb -> pixels.show(argb, width, height, width / density, height / density),
              Density::rethrow);
    }

    private void draw() {
      GraphicsContext g = ink.getGraphicsContext2D();
      g.clearRect(0, 0, getWidth(), getHeight());
      if (state().looked() == null || heads.isEmpty()) {
        return;
      }
      double across = cellWidth(getWidth());
      double down = cellHeight(getWidth());
      g.setFont(Font.font("Inter", 11));
      g.setTextBaseline(VPos.CENTER);
      g.setFill(Colours.dim(desk.workbench().theme.get()));
      if (byLayer()) {
        labels(g, across, down);
      } else {
        names(g, across, down);
      }
      g.setStroke(Colours.accent(desk.workbench().theme.get()));
      g.setLineWidth(isFocused() ? 2.5 : 2);
      int at = heads.indexOf(state().head());
      if (at >= 0) {
        g.strokeRoundRect(x(at) - 1, y(at) - 1, across + 2, down + 2, 5, 5);
      }
      setAccessibleText("Maps of all heads; " + state().head() + " is selected");
    }

    private void labels(GraphicsContext g, double across, double down) {
      Looked looked = state().looked();
      int columns = columns(getWidth());
      int per = (looked.heads() + columns - 1) / columns;
      double step = stepDown(getWidth());
      int everyRow = GridGeometry.labelledEvery(step * per, 13);
      g.setTextAlign(TextAlignment.RIGHT);
      for (int l = 0; l < looked.layers(); l += everyRow) {
        g.fillText("" + l, LEFT - 7, l * per * step + down / 2);
      }
      g.setTextAlign(TextAlignment.CENTER);
      int every = GridGeometry.labelledEvery(across + GAP, 18);
      for (int h = 0; h < columns && per == 1; h += every) {
        g.fillText("" + h, LEFT + h * (across + GAP) + across / 2, looked.layers() * step + 6);
      }
    }

    private void names(GraphicsContext g, double across, double down) {
      g.setTextAlign(TextAlignment.CENTER);
      g.setFont(Font.font("Inter", 9.5));
      for (int i = 0; i < heads.size(); i++) {
        g.fillText(heads.get(i).toString(), x(i) + across / 2, y(i) + down + NAME / 2);
      }
    }

    private int at(double px, double py) {
      double across = cellWidth(getWidth());
      double down = cellHeight(getWidth());
      for (int i = 0; i < heads.size(); i++) {
        if (px >= x(i) && px < x(i) + across && py >= y(i) && py < y(i) + down) {
          return i;
        }
      }
      return -1;
    }

    private void pressed(MouseEvent e) {
      requestFocus();
      int at = state().looked() == null ? -1 : at(e.getX(), e.getY());
      if (at < 0) {
        return;
      }
      if (e.isShortcutDown() && state().choice().side() == Side.MAIN) {
        TreeSet<Head> all = new TreeSet<>(desk.workbench().chosen.get());
        if (!all.remove(heads.get(at))) {
          all.add(heads.get(at));
        }
        desk.workbench().choose(all);
      } else {
        desk.select(heads.get(at));
      }
      e.consume();
    }

    private void moved(MouseEvent e) {
      int at = state().looked() == null ? -1 : at(e.getX(), e.getY());
      if (at < 0) {
        tip.hide();
        return;
      }
      Head head = heads.get(at);
      Optional<ToDoubleFunction<Head>> number = HeadOrder.number(state());
      String more =
          number
              .map(
                  n ->
                      "\n"
                          + state().choice().order().title().substring(3)
                          + " "
                          + Ticks.format(n.applyAsDouble(head)))
              .orElse("");
      tip.setText(
          head
              + ": "
              + Ticks.format(100 * state().maps().share(head))
              + " % on "
              + (state().looked().text() ? "other tokens" : "the picture")
              + more);
      tip.show(this, e.getScreenX() + 12, e.getScreenY() + 14);
    }

    private void key(KeyEvent e) {
      if (state().looked() == null || e.isShortcutDown() || e.isAltDown()) {
        return;
      }
      int columns = byLayer() ? state().looked().heads() : columns(getWidth());
      int step =
          switch (e.getCode()) {
            case LEFT -> -1;
            case RIGHT -> 1;
            case UP -> -columns;
            case DOWN -> columns;
            default -> 0;
          };
      int layers = e.getCode() == KeyCode.PAGE_UP ? -1 : e.getCode() == KeyCode.PAGE_DOWN ? 1 : 0;
      if (layers != 0) {
        desk.moveHead(layers, 0);
        e.consume();
      }
      int to = heads.indexOf(state().head()) + step;
      if (step != 0 && to >= 0 && to < heads.size()) {
        desk.select(heads.get(to));
      }
      if (step != 0) {
        e.consume();
      }
    }
  }
}
