package dev.headlight.app.view;

import dev.headlight.analysis.circuit.CircuitGraph;
import dev.headlight.analysis.circuit.Edge;
import dev.headlight.analysis.circuit.Node;
import dev.headlight.analysis.circuit.Receiver;
import dev.headlight.app.circuits.CircuitLayout;
import dev.headlight.app.circuits.PatchPicture;
import dev.headlight.renderer.Theme;
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
 * A circuit as nodes and edges, layers from the bottom up. Edges are coloured by sign and as wide
 * as their score is large; into a head they end at its left for queries, in its middle for keys, at
 * its right for values.
 */
final class CircuitDrawing extends Region {
  private static final double ROW = 40;
  private static final double LEAST = 220;
  private static final double HIGH = 20;
  private static final double WIDE = 54;
  private static final double LETTERS = 26;
  private static final double ROOMY = 40;
  private static final double MARGIN = 16;
  private static final double WIDEST_EDGE = 5;
  private static final int TOLD = 6;

  private final ObservableValue<Theme> theme;
  private final Canvas canvas = new Canvas();
  private final Tooltip tip = new Tooltip();
  private CircuitGraph circuit;
  private CircuitLayout layout;
  private double most;

  /** The chosen node; null for none. */
  final ObjectProperty<Node> chosen = new SimpleObjectProperty<>(this, "chosen");

  CircuitDrawing(ObservableValue<Theme> theme) {
    this.theme = theme;
    getStyleClass().add("circuit-drawing");
    setFocusTraversable(true);
    setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    setAccessibleHelp("Arrow keys go from node to node");
    setMinWidth(0);
    canvas.setManaged(false);
    getChildren().add(canvas);
    theme.addListener((o, old, now) -> draw());
    focusedProperty().addListener(o -> draw());
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
    layout = now == null ? null : CircuitLayout.of(now);
    most =
        now == null
            ? 0
            : now.edges().stream().mapToDouble(e -> Math.abs(e.score())).max().orElse(0);
    if (layout == null || (chosen.get() != null && !layout.places().containsKey(chosen.get()))) {
      chosen.set(null);
    }
    double high = layout == null ? LEAST : Math.max(LEAST, ROW * layout.rows() + 2 * MARGIN);
    setMinHeight(high);
    setPrefHeight(high);
    draw();
  }

  /** The circuit shown, else null. */
  CircuitGraph circuit() {
    return circuit;
  }

  @Override
  protected void layoutChildren() {
    draw();
  }

  private double x(Node node) {
    return MARGIN + layout.places().get(node).x() * (getWidth() - 2 * MARGIN);
  }

  private double y(Node node) {
    double step = (getHeight() - 2 * MARGIN - HIGH) / Math.max(1, layout.rows() - 1);
    return getHeight() - MARGIN - HIGH / 2 - layout.places().get(node).row() * step;
  }

  private double wide(Node node) {
    int beside = layout.places().get(node).beside();
    return Math.max(6, Math.min(WIDE, (getWidth() - 2 * MARGIN) / beside - 4));
  }

  private void draw() {
    canvas.setWidth(getWidth());
    canvas.setHeight(getHeight());
    GraphicsContext g = canvas.getGraphicsContext2D();
    g.clearRect(0, 0, getWidth(), getHeight());
    if (layout == null || getWidth() <= 2 * MARGIN) {
      return;
    }
    circuit.edges().stream()
        .sorted(Comparator.comparingDouble(e -> Math.abs(e.score())))
        .forEach(e -> edge(g, e));
    g.setTextAlign(TextAlignment.CENTER);
    g.setTextBaseline(VPos.CENTER);
    layout.places().keySet().forEach(n -> node(g, n));
  }

  private void edge(GraphicsContext g, Edge edge) {
    Node to = edge.to().node();
    double share = most == 0 ? 0 : Math.abs(edge.score()) / most;
    Theme now = theme.getValue();
    boolean touches =
        chosen.get() == null || chosen.get().equals(edge.from()) || chosen.get().equals(to);
    Color colour = Colours.of(edge.score() < 0 ? now.positive() : now.negative());
    double opacity = touches ? 0.35 + 0.6 * share : 0.12;
    g.setStroke(Color.color(colour.getRed(), colour.getGreen(), colour.getBlue(), opacity));
    g.setLineWidth(0.75 + (WIDEST_EDGE - 0.75) * share);
    double x0 = x(edge.from());
    double y0 = y(edge.from()) - HIGH / 2;
    double x1 = x(to) + port(edge.to()) * wide(to);
    double y1 = y(to) + HIGH / 2;
    double bend = Math.max(12, (y0 - y1) / 2);
    g.beginPath();
    g.moveTo(x0, y0);
    g.bezierCurveTo(x0, y0 - bend, x1, y1 + bend, x1, y1);
    g.stroke();
  }

  private static double port(Receiver to) {
    return switch (to.input()) {
      case Q -> -0.3;
      case V -> 0.3;
      case K, ONLY -> 0;
    };
  }

  private void node(GraphicsContext g, Node node) {
    Theme now = theme.getValue();
    double wide = wide(node);
    double left = x(node) - wide / 2;
    double top = y(node) - HIGH / 2;
    boolean marked = node.equals(chosen.get());
    g.setFill(Colours.of(now.panel()));
    g.fillRoundRect(left, top, wide, HIGH, 8, 8);
    g.setStroke(marked ? Colours.accent(now) : Colours.faint(now));
    g.setLineWidth(marked ? isFocused() ? 2.5 : 2 : 1);
    g.strokeRoundRect(left, top, wide, HIGH, 8, 8);
    if (wide >= LETTERS) {
      g.setFont(Font.font("Inter", wide < ROOMY ? 9.5 : 11));
      g.setFill(Colours.of(now.text()));
      g.fillText(node.toString(), x(node), y(node), wide - 4);
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
            .map(e -> e.name() + " " + PatchPicture.signed(e.score()))
            .collect(Collectors.joining(", "));
    return edges.size() <= TOLD ? first : first + ", and " + (edges.size() - TOLD) + " more";
  }

  private Optional<Node> at(double x, double y) {
    return layout == null
        ? Optional.empty()
        : layout.places().keySet().stream()
            .filter(
                n -> Math.abs(x - x(n)) <= wide(n) / 2 + 1 && Math.abs(y - y(n)) <= HIGH / 2 + 1)
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
    if (circuit == null || e.isShortcutDown() || e.isAltDown()) {
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
    List<Node> nodes = circuit.nodes();
    if (!nodes.isEmpty()) {
      int from = nodes.indexOf(chosen.get());
      chosen.set(nodes.get(Math.max(0, Math.min(nodes.size() - 1, from + by))));
    }
  }
}
