package dev.headlight.app.view;

import dev.headlight.analysis.circuit.CircuitGraph;
import dev.headlight.analysis.circuit.Edge;
import dev.headlight.analysis.circuit.Node;
import dev.headlight.analysis.job.Job;
import dev.headlight.app.circuits.CircuitLayout;
import dev.headlight.app.job.LatestOnly;
import dev.headlight.renderer.Theme;
import dev.headlight.renderer.Ticks;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;

/**
 * A circuit as nodes and edges, layers from the bottom up, no wider than its room. Edges are
 * coloured by sign and as wide as their score is large; into a head they end at its left for
 * queries, in its middle for keys, at its right for values. Laid out off the JavaFX thread.
 */
final class CircuitDrawing extends Region {
  private static final double LEAST = 220;
  private static final double LETTERS = 26;
  private static final double MARGIN = 12;
  private static final double WIDEST_EDGE = 5;
  private static final double NAME = 11;
  private static final int TOLD = 6;

  private final LatestOnly painter;
  private final ObservableValue<Theme> theme;
  private final Canvas canvas = new Canvas();
  private final Tooltip tip = new Tooltip();
  private CircuitGraph circuit;
  private CircuitLayout layout;
  private double most;

  /** The chosen node; null for none. */
  final ObjectProperty<Node> chosen = new SimpleObjectProperty<>(this, "chosen");

  CircuitDrawing(LatestOnly painter, ObservableValue<Theme> theme) {
    this.painter = painter;
    this.theme = theme;
    getStyleClass().add("circuit-drawing");
    setFocusTraversable(true);
    setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    setAccessibleHelp("Arrow keys go from node to node");
    setMinWidth(0);
    setMinHeight(LEAST);
    canvas.setManaged(false);
    getChildren().add(canvas);
    theme.addListener((o, old, now) -> draw());
    focusedProperty().addListener(o -> draw());
    widthProperty().addListener(o -> high());
    chosen.addListener(
        (o, old, now) -> {
          setAccessibleText(now == null ? "" : words(now));
          draw();
        });
    setOnMousePressed(this::pressed);
    setOnMouseMoved(this::moved);
    setOnMouseExited(e -> tip.hide());
    setOnKeyPressed(this::key);
  }

  /** Shows another circuit; null for none. */
  void show(CircuitGraph now) {
    if (Objects.equals(now, circuit)) {
      return;
    }
    circuit = now;
    if (now == null) {
      painter.cancel(this);
      place(null);
    } else {
      painter.submit(
          this,
          Job.of("Lay out a circuit", p -> CircuitLayout.of(now)),
          this::place,
          Density::rethrow);
    }
  }

  private void place(CircuitLayout now) {
    layout = now;
    most =
        now == null
            ? 0
            : now.lines().stream().mapToDouble(l -> Math.abs(l.edge().score())).max().orElse(0);
    if (chosen.get() != null && placed(chosen.get()).isEmpty()) {
      chosen.set(null);
    }
    high();
    draw();
  }

  /** The circuit shown, else null. */
  CircuitGraph circuit() {
    return circuit;
  }

  /** The layout that is drawn; null before there is one. */
  CircuitLayout arranged() {
    return layout;
  }

  private Optional<CircuitLayout.Placed> placed(Node node) {
    return layout == null
        ? Optional.empty()
        : layout.nodes().stream().filter(p -> p.node().equals(node)).findFirst();
  }

  /** As wide as there is room, and never larger than laid out. */
  private double scale() {
    return layout == null ? 1 : Math.min(1, (getWidth() - 2 * MARGIN) / layout.width());
  }

  private void high() {
    double high = layout == null ? LEAST : Math.max(LEAST, scale() * layout.height() + 2 * MARGIN);
    if (Math.abs(high - getPrefHeight()) > 0.5) {
      setMinHeight(high);
      setPrefHeight(high);
    }
  }

  @Override
  protected void layoutChildren() {
    draw();
  }

  private double x(double x) {
    return (getWidth() - scale() * layout.width()) / 2 + scale() * x;
  }

  private double y(double y) {
    return (getHeight() - scale() * layout.height()) / 2 + scale() * y;
  }

  private void draw() {
    canvas.setWidth(getWidth());
    canvas.setHeight(getHeight());
    GraphicsContext g = canvas.getGraphicsContext2D();
    g.clearRect(0, 0, getWidth(), getHeight());
    if (layout == null || getWidth() <= 2 * MARGIN) {
      return;
    }
    layout.lines().stream()
        .sorted(Comparator.comparingDouble(l -> Math.abs(l.edge().score())))
        .forEach(l -> line(g, l));
    g.setTextAlign(TextAlignment.CENTER);
    g.setTextBaseline(VPos.CENTER);
    layout.nodes().forEach(n -> node(g, n));
  }

  private void line(GraphicsContext g, CircuitLayout.Line line) {
    Edge edge = line.edge();
    double share = most == 0 ? 0 : Math.abs(edge.score()) / most;
    Theme now = theme.getValue();
    Node marked = chosen.get();
    boolean touches =
        marked == null || marked.equals(edge.from()) || marked.equals(edge.to().node());
    Color colour = Colours.of(edge.score() < 0 ? now.positive() : now.negative());
    double opacity = touches ? 0.35 + 0.6 * share : 0.1;
    g.setStroke(Color.color(colour.getRed(), colour.getGreen(), colour.getBlue(), opacity));
    g.setLineWidth(0.75 + (WIDEST_EDGE - 0.75) * share);
    g.beginPath();
    g.moveTo(x(line.x()[0]), y(line.y()[0]));
    for (int i = 1; i < line.x().length; i++) {
      g.lineTo(x(line.x()[i]), y(line.y()[i]));
    }
    g.stroke();
  }

  private void node(GraphicsContext g, CircuitLayout.Placed placed) {
    Theme now = theme.getValue();
    double wide = scale() * CircuitLayout.WIDE;
    double high = scale() * CircuitLayout.HIGH;
    double left = x(placed.x()) - wide / 2;
    double top = y(placed.y()) - high / 2;
    boolean marked = placed.node().equals(chosen.get());
    g.setFill(Colours.of(now.panel()));
    g.fillRoundRect(left, top, wide, high, 8 * scale(), 8 * scale());
    g.setStroke(marked ? Colours.accent(now) : Colours.faint(now));
    g.setLineWidth(marked ? isFocused() ? 2.5 : 2 : 1);
    g.strokeRoundRect(left, top, wide, high, 8 * scale(), 8 * scale());
    if (wide >= LETTERS) {
      g.setFont(Font.font("Inter", Math.max(7, NAME * Math.min(1, 1.15 * scale()))));
      g.setFill(Colours.of(now.text()));
      g.fillText(placed.node().toString(), x(placed.x()), y(placed.y()), wide - 4 * scale());
    }
  }

  /** A node with the strongest edges that enter and leave it, in words. */
  String words(Node node) {
    String into = told(circuit.edges().stream().filter(e -> e.to().node().equals(node)).toList());
    String out = told(circuit.edges().stream().filter(e -> e.from().equals(node)).toList());
    return node
        + (into.isEmpty() ? "" : "\nreads " + into)
        + (out.isEmpty() ? "" : "\nis read by " + out);
  }

  private static String told(List<Edge> edges) {
    String first =
        edges.stream()
            .sorted(Comparator.comparingDouble((Edge e) -> -Math.abs(e.score())))
            .limit(TOLD)
            .map(e -> e.name() + " " + Ticks.signed(e.score()))
            .collect(Collectors.joining(", "));
    return edges.size() <= TOLD ? first : first + ", and " + (edges.size() - TOLD) + " more";
  }

  private Optional<Node> at(double x, double y) {
    double wide = scale() * CircuitLayout.WIDE / 2 + 1;
    double high = scale() * CircuitLayout.HIGH / 2 + 1;
    return layout == null
        ? Optional.empty()
        : layout.nodes().stream()
            .filter(n -> Math.abs(x - x(n.x())) <= wide && Math.abs(y - y(n.y())) <= high)
            .map(CircuitLayout.Placed::node)
            .findFirst();
  }

  private void pressed(MouseEvent e) {
    requestFocus();
    chosen.set(at(e.getX(), e.getY()).orElse(null));
    e.consume();
  }

  private void moved(MouseEvent e) {
    Optional<Node> node = at(e.getX(), e.getY());
    if (node.isEmpty()) {
      tip.hide();
    } else {
      tip.setText(words(node.get()).replace(", ", "\n  "));
      tip.show(this, e.getScreenX() + 12, e.getScreenY() + 14);
    }
  }

  private void key(KeyEvent e) {
    if (layout == null || e.isShortcutDown() || e.isAltDown()) {
      return;
    }
    switch (e.getCode()) {
      case LEFT, DOWN -> move(-1);
      case RIGHT, UP -> move(1);
      case ESCAPE -> chosen.set(null);
      default -> {
        return;
      }
    }
    e.consume();
  }

  private void move(int by) {
    List<Node> nodes = layout.nodes().stream().map(CircuitLayout.Placed::node).toList();
    if (!nodes.isEmpty()) {
      int from = nodes.indexOf(chosen.get());
      chosen.set(nodes.get(Math.max(0, Math.min(nodes.size() - 1, from + by))));
    }
  }
}
