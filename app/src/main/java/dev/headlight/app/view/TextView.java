package dev.headlight.app.view;

import dev.headlight.analysis.text.Tokens;
import dev.headlight.app.workbench.Cell;
import dev.headlight.app.workbench.HeadView;
import dev.headlight.app.workbench.Workbench;
import dev.headlight.renderer.Ticks;
import dev.headlight.renderer.ValueScale;
import javafx.beans.InvalidationListener;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.scene.paint.Color;
import javafx.scene.text.TextAlignment;

/** The prompt as text, shaded by where the chosen token looks, or by what looks at it. */
final class TextView extends VBox {
  private static final double LINE = 24;
  private static final double PAD = 4;
  private static final double GAP = 2;
  private static final double EDGE = 2;

  /** Shades from here on need the panel's colour as ink. */
  private static final double STRONG = 0.6;

  private static final int NONE = -1;

  private final Workbench w;
  private final HeadView view;
  private final Canvas canvas = new Canvas();
  private final Label readout = Ui.label("", "figure");
  private final Label caption = Ui.label("", "caption");
  private TokenFlow flow;
  private Tokens set;
  private double room;
  private double scrolled;
  private int pointed = NONE;

  TextView(Workbench workbench, HeadView headView) {
    this.w = workbench;
    this.view = headView;
    setSpacing(8);
    getStyleClass().add("text-view");
    Pane plot = new Pane(canvas);
    plot.setMinHeight(60);
    canvas.widthProperty().bind(plot.widthProperty());
    canvas.heightProperty().bind(plot.heightProperty());
    VBox.setVgrow(plot, Priority.ALWAYS);
    caption.setWrapText(true);
    getChildren().addAll(controls(), caption, plot);
    setFocusTraversable(true);
    setAccessibleRole(AccessibleRole.NODE);
    setAccessibleHelp("Arrow keys choose a token; D turns the direction.");
    listen();
  }

  private javafx.scene.layout.HBox controls() {
    ToggleGroup group = new ToggleGroup();
    ToggleButton from = direction("Where it looks", group);
    ToggleButton to = direction("What looks at it", group);
    from.setSelected(!view.lookedAt.get());
    to.setSelected(view.lookedAt.get());
    from.setOnAction(e -> view.lookedAt.set(false));
    to.setOnAction(e -> view.lookedAt.set(true));
    view.lookedAt.addListener(
        (o, old, now) -> {
          from.setSelected(!now);
          to.setSelected(now);
        });
    return Ui.row(8, from, to, readout);
  }

  private static ToggleButton direction(String text, ToggleGroup group) {
    ToggleButton button = Ui.tool(new ToggleButton(text));
    button.setToggleGroup(group);
    button.setTooltip(new javafx.scene.control.Tooltip(text + " (D turns the direction)"));
    return button;
  }

  private void listen() {
    InvalidationListener redraw = o -> draw();
    w.map.addListener(redraw);
    w.row.addListener(redraw);
    view.column.addListener(redraw);
    view.lookedAt.addListener(redraw);
    view.found.addListener(redraw);
    w.text.addListener(redraw);
    w.hideSink.addListener(redraw);
    w.scale.addListener(redraw);
    w.limits.addListener(redraw);
    w.fitLimits.addListener(redraw);
    w.theme.addListener(redraw);
    InvalidationListener chosen = o -> chosen();
    w.query.addListener(chosen);
    w.key.addListener(chosen);
    canvas.widthProperty().addListener(redraw);
    canvas.heightProperty().addListener(redraw);
    canvas.setOnScroll(
        e -> {
          scrolled -= e.getDeltaY();
          draw();
        });
    canvas.setOnMouseMoved(e -> point(tokenAt(e.getX(), e.getY())));
    canvas.setOnMouseExited(e -> point(NONE));
    canvas.setOnMousePressed(
        e -> {
          requestFocus();
          choose(tokenAt(e.getX(), e.getY()));
        });
    setOnKeyPressed(this::key);
  }

  /** The token whose attention is shown: a query, or a key seen by others. */
  private int token() {
    return view.lookedAt.get() ? view.chosenKey() : w.query.get();
  }

  private float[] weights() {
    return view.lookedAt.get() ? view.column(token()) : view.row(token());
  }

  private void choose(int token) {
    if (token == NONE) {
      return;
    }
    if (view.lookedAt.get()) {
      w.lock(new Cell(w.query.get(), token));
    } else {
      w.query.set(token);
    }
  }

  private void point(int token) {
    if (token != pointed) {
      pointed = token;
      say(weights());
    }
  }

  private int tokenAt(double x, double y) {
    int line = (int) Math.floor((y + scrolled) / LINE);
    if (flow == null || line < 0 || line >= flow.lines()) {
      return NONE;
    }
    int token = flow.at(line, x - EDGE);
    boolean on = x - EDGE >= flow.x(token) && x - EDGE <= flow.x(token) + flow.width(token);
    return on ? token : NONE;
  }

  private void key(KeyEvent e) {
    int token = token();
    if (flow == null || token < 0) {
      return;
    }
    int last = w.run.get().length() - 1;
    switch (e.getCode()) {
      case LEFT -> choose(Math.max(0, token - 1));
      case RIGHT -> choose(Math.min(last, token + 1));
      case UP -> choose(flow.moved(token, -1));
      case DOWN -> choose(flow.moved(token, 1));
      case HOME -> choose(0);
      case END -> choose(last);
      case PAGE_UP -> w.moveHead(-1, 0);
      case PAGE_DOWN -> w.moveHead(1, 0);
      case D -> view.lookedAt.set(!view.lookedAt.get());
      case ESCAPE -> w.unlock();
      default -> {
        return;
      }
    }
    e.consume();
  }

  /** Keeps the chosen token in sight. */
  private void chosen() {
    int token = token();
    if (flow != null && token >= 0 && w.run.get() != null && token < w.run.get().length()) {
      double top = flow.line(token) * LINE;
      scrolled = Math.min(top, Math.max(top + LINE - canvas.getHeight(), scrolled));
    }
    draw();
  }

  /** Sets the text anew where prompt or width have changed. */
  private boolean set() {
    if (w.run.get() == null || w.map.get() == null || canvas.getWidth() < 20) {
      return false;
    }
    Tokens tokens = w.run.get().tokens();
    double width = canvas.getWidth() - 2 * EDGE;
    if (!tokens.equals(set) || width != room) {
      set = tokens;
      room = width;
      flow =
          TokenFlow.of(
              tokens.size(),
              i -> FxFonts.textWidth(tokens.label(i)) + 2 * PAD,
              i -> tokens.label(i).endsWith("↵"),
              width,
              GAP);
    }
    return true;
  }

  private void draw() {
    GraphicsContext g = canvas.getGraphicsContext2D();
    g.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
    if (!w.text.get() || !set()) {
      return;
    }
    double hidden = Math.max(0, flow.lines() * LINE - canvas.getHeight());
    scrolled = Math.max(0, Math.min(hidden, scrolled));
    float[] weights = weights();
    ValueScale scale = scale(weights);
    g.setFont(FxFonts.text());
    g.setTextBaseline(VPos.CENTER);
    g.setTextAlign(TextAlignment.LEFT);
    int first = flow.first((int) (scrolled / LINE));
    int lastLine = (int) Math.min(flow.lines(), Math.ceil((scrolled + canvas.getHeight()) / LINE));
    for (int i = first; i < flow.first(lastLine); i++) {
      drawToken(g, i, weights, scale);
    }
    say(weights);
  }

  /** That of the map; the one row or column by itself, where rows are. */
  private ValueScale scale(float[] weights) {
    ValueScale scale = Scales.map(w, w.map.get());
    return scale.kind() == ValueScale.Kind.PER_ROW
        ? Scales.ofLargest(weights, scale.hideColumn0())
        : scale;
  }

  private void drawToken(GraphicsContext g, int i, float[] weights, ValueScale scale) {
    double x = EDGE + flow.x(i);
    double y = flow.line(i) * LINE - scrolled;
    boolean hidden = i == 0 && w.hideSink.get() && !view.lookedAt.get();
    float weight = weights == null || hidden ? Float.NaN : weights[i];
    double share = Float.isNaN(weight) ? 0 : scale.position(weight);
    Color accent = Colours.accent(w.theme.get());
    g.setFill(accent.deriveColor(0, 1, 1, share));
    g.fillRoundRect(x, y + 2, flow.width(i), LINE - 4, 6, 6);
    if (i == token()) {
      g.setStroke(accent);
      g.setLineWidth(2);
      g.strokeRoundRect(x + 1, y + 3, flow.width(i) - 2, LINE - 6, 6, 6);
    }
    if (view.found.get().contains(i)) {
      g.setFill(accent);
      g.fillRect(x + 2, y + LINE - 3, flow.width(i) - 4, 2);
    }
    boolean masked = Float.isNaN(weight) && weights != null;
    int ink = share > STRONG ? w.theme.get().panel() : w.theme.get().text();
    g.setFill(masked ? Colours.faint(w.theme.get()) : Colours.of(ink));
    g.fillText(set.label(i), x + PAD, y + LINE / 2);
  }

  /** The weight under the pointer, and what is shown, in words. */
  private void say(float[] weights) {
    int token = token();
    if (set == null || token < 0 || token >= set.size()) {
      return;
    }
    String name = set.label(token) + " (" + token + ")";
    ValueScale scale = scale(weights);
    String curve = scale.caption();
    caption.setText(
        (view.lookedAt.get()
                ? "Shaded by how much each later token looks at " + name
                : "Shaded by how much " + name + " looks at each token")
            + (curve.isEmpty() ? "" : ", " + curve)
            + ", "
            + Ticks.label(scale.min())
            + " to "
            + Ticks.label(scale.max())
            + ", "
            + w.map.get().of());
    int at = pointed == NONE ? largest(weights) : pointed;
    String value = weights == null || at < 0 || at >= weights.length ? "…" : number(weights[at]);
    String which = at < 0 || at >= set.size() ? "" : set.label(at) + " (" + at + ") ";
    readout.setText((pointed == NONE ? "most: " : "") + which + value);
    setAccessibleText(caption.getText() + "; " + readout.getText());
  }

  private static String number(float value) {
    return Float.isNaN(value) ? "masked" : Ticks.format(value);
  }

  private int largest(float[] weights) {
    int best = NONE;
    int start = w.hideSink.get() && !view.lookedAt.get() ? 1 : 0;
    for (int i = start; weights != null && i < weights.length; i++) {
      if (!Float.isNaN(weights[i]) && (best == NONE || weights[i] > weights[best])) {
        best = i;
      }
    }
    return best;
  }
}
