package dev.headlight.app.view;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.app.export.Limits;
import dev.headlight.app.workbench.Notice;
import dev.headlight.app.workbench.Workbench;
import dev.headlight.renderer.ColorMap;
import dev.headlight.renderer.Ticks;
import dev.headlight.renderer.ValueScale;
import java.util.List;
import javafx.application.Platform;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;

/**
 * The colours of the map with a slider for their limits: the bar runs along the whole scale, its
 * two handles are dragged or moved with the arrow keys, and both limits can be typed, as weights or
 * percentiles. A double click brings the scale's own limits back.
 */
final class LimitBar extends Pane {
  static final double WIDTH = 290;
  static final double HEIGHT = 30;
  private static final int BAR = 160;
  private static final int STRIP = 8;
  private static final double FIELD = 54;
  private static final double STEP = 0.02;

  /** Handles come no nearer, in shares of the bar. */
  private static final double LEAST = 0.01;

  private final Workbench w;
  private final PixelView strip = new PixelView();
  private final Pane ticks = new Pane();
  private final Region low = handle("Lower limit of the colours");
  private final Region high = handle("Upper limit of the colours");
  private final TextField lowField = field("Lower limit of the colours");
  private final TextField highField = field("Upper limit of the colours");
  private ValueScale track = ValueScale.weights();
  private ValueScale scale = track;

  LimitBar(Workbench workbench) {
    this.w = workbench;
    getStyleClass().add("limit-bar");
    setOnMousePressed(this::pressed);
    for (Region handle : List.of(low, high)) {
      handle.setOnMouseDragged(
          e -> {
            move(handle, sceneToLocal(e.getSceneX(), e.getSceneY()).getX() / BAR);
            e.consume();
          });
      handle.addEventHandler(KeyEvent.KEY_PRESSED, e -> key(handle, e));
    }
    Label between = Ui.label("–", "dim");
    between.relocate(BAR + 14 + FIELD + 4, 2);
    getChildren().addAll(strip, ticks, low, high, lowField, between, highField);
    typed(lowField);
    typed(highField);
    lowField.relocate(BAR + 14, 0);
    highField.relocate(BAR + 14 + FIELD + 14, 0);
  }

  private static Region handle(String name) {
    Region handle = new Region();
    handle.getStyleClass().add("limit-handle");
    handle.setFocusTraversable(true);
    handle.setAccessibleRole(AccessibleRole.SLIDER);
    handle.setAccessibleText(name);
    handle.resize(8, 16);
    handle.setManaged(false);
    return handle;
  }

  private static TextField field(String name) {
    TextField field = new TextField();
    field.getStyleClass().add("limit-field");
    // The text's colour is the skin's, which a field that is hidden at first would not be told.
    field
        .skinProperty()
        .addListener(o -> Platform.runLater(() -> field.getStyleClass().add("skinned")));
    field.setAccessibleText(name);
    field.setPrefWidth(FIELD);
    field.setMaxWidth(FIELD);
    field.setTooltip(
        new Tooltip(name + ": a weight such as 0.3, or a percentile of the map such as 99%"));
    return field;
  }

  /**
   * Shows a scale.
   *
   * @param whole what the bar runs along
   * @param now the scale with the user's limits
   */
  void show(ValueScale whole, ValueScale now) {
    boolean first = ticks.getChildren().isEmpty();
    boolean sameTrack = !first && whole.equals(track);
    boolean same = sameTrack && now.equals(scale);
    track = whole;
    scale = now;
    if (!same) {
      strip.show(colours(), BAR, STRIP, BAR, STRIP);
      strip.relocate(0, 4);
    }
    if (!sameTrack) {
      label(whole);
    }
    place(low, whole.position(now.min()));
    place(high, whole.position(now.max()));
    Limits limits = w.limits.get();
    write(lowField, limits == null ? Ticks.label(now.min()) : limits.low().toString());
    write(highField, limits == null ? Ticks.label(now.max()) : limits.high().toString());
    setAccessibleText("Colours from " + lowField.getText() + " to " + highField.getText());
  }

  private void label(ValueScale whole) {
    ticks.getChildren().clear();
    for (Ticks.Tick tick : Ticks.of(whole)) {
      Label label = Ui.label(tick.label(), "tick");
      ticks.getChildren().add(label);
      label.applyCss();
      double width = label.prefWidth(-1);
      label.setMinWidth(width);
      label.relocate(tick.position() * (BAR - width), STRIP + 9);
    }
  }

  private static void write(TextField field, String text) {
    if (!field.isFocused()) {
      field.setText(text);
    }
  }

  private static void place(Region handle, double position) {
    handle.relocate(Math.rint(position * BAR) - 4, 0);
  }

  private int[] colours() {
    int[] argb = new int[BAR * STRIP];
    for (int x = 0; x < BAR; x++) {
      double value = track.value(x / (BAR - 1.0));
      int colour = ColorMap.viridis().argb(scale.position(value));
      for (int y = 0; y < STRIP; y++) {
        argb[y * BAR + x] = colour;
      }
    }
    return argb;
  }

  private void pressed(MouseEvent e) {
    if (e.getClickCount() == 2) {
      w.limits.set(null);
    }
  }

  private void key(Region handle, KeyEvent e) {
    double now = track.position(handle == low ? scale.min() : scale.max());
    KeyCode code = e.getCode();
    if (code == KeyCode.LEFT || code == KeyCode.DOWN) {
      move(handle, now - STEP);
    } else if (code == KeyCode.RIGHT || code == KeyCode.UP) {
      move(handle, now + STEP);
    } else if (code == KeyCode.BACK_SPACE || code == KeyCode.DELETE) {
      w.limits.set(null);
    } else {
      return;
    }
    e.consume();
  }

  /** Moves a handle along the bar, never past the other. */
  private void move(Region handle, double to) {
    double from = handle == low ? 0 : Math.min(1, track.position(scale.min()) + LEAST);
    double end = handle == low ? Math.max(0, track.position(scale.max()) - LEAST) : 1;
    double value = track.value(Math.max(from, Math.min(end, to)));
    Limits.Bound moved = new Limits.Bound(value, false);
    set(handle == low ? moved : bound(true), handle == low ? bound(false) : moved);
  }

  private Limits.Bound bound(boolean lower) {
    Limits limits = w.limits.get();
    if (limits != null) {
      return lower ? limits.low() : limits.high();
    }
    return new Limits.Bound(lower ? scale.min() : scale.max(), false);
  }

  private void typed(TextField field) {
    field.setOnAction(
        e -> {
          try {
            Limits.Bound typed = Limits.Bound.parse(field.getText());
            set(field == lowField ? typed : bound(true), field == lowField ? bound(false) : typed);
          } catch (HeadlightException problem) {
            w.notice.set(Notice.of(problem));
          }
        });
    field
        .focusedProperty()
        .addListener(
            (o, old, now) -> {
              if (!now) {
                show(track, scale);
              }
            });
  }

  private void set(Limits.Bound from, Limits.Bound to) {
    try {
      w.limits.set(new Limits(from, to));
    } catch (HeadlightException problem) {
      w.notice.set(Notice.of(problem));
    }
  }
}
