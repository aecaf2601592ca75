package dev.headlight.app.view;

import dev.headlight.renderer.ColorMap;
import dev.headlight.renderer.Ticks;
import dev.headlight.renderer.ValueScale;
import javafx.scene.control.Label;
import javafx.scene.layout.Pane;
import javafx.scene.shape.Rectangle;

/** The colours of a scale with its limits below, the unit behind the last. */
final class ColourBar extends Pane {
  private static final int WIDTH = 200;
  private static final int HEIGHT = 8;
  private static final int BELOW = HEIGHT + 3;
  private static final int GAP = 4;

  private final PixelView strip = new PixelView();
  private Shown shown;

  /** What is drawn; labels are dear, so the same is not drawn twice. */
  private record Shown(ValueScale scale, ColorMap map, String unit) {}

  ColourBar() {
    getStyleClass().add("colour-bar");
    Rectangle clip = new Rectangle(WIDTH, HEIGHT);
    clip.setArcWidth(HEIGHT);
    clip.setArcHeight(HEIGHT);
    strip.setClip(clip);
    setMinSize(WIDTH, HEIGHT + 18);
    setMaxSize(USE_PREF_SIZE, HEIGHT + 18);
  }

  /** Shows a scale; the unit follows the last limit. */
  void show(ValueScale scale, ColorMap map, String unit) {
    Shown now = new Shown(scale, map, unit);
    if (now.equals(shown)) {
      return;
    }
    shown = now;
    strip.show(colours(map), ColorMap.SIZE, HEIGHT, WIDTH, HEIGHT);
    getChildren().setAll(strip);
    for (Ticks.Tick tick : Ticks.of(scale)) {
      Label label = label(tick.label());
      label.relocate(tick.position() * (WIDTH - label.getMinWidth()), BELOW);
    }
    double room = WIDTH;
    if (!unit.isEmpty()) {
      Label label = label(unit);
      label.relocate(WIDTH + GAP, BELOW);
      room += GAP + label.getMinWidth();
    }
    setPrefSize(room, HEIGHT + 18);
    setAccessibleText("Colour scale from " + scale.value(0) + " to " + scale.value(1) + " " + unit);
  }

  private Label label(String text) {
    Label label = Ui.label(text);
    label.getStyleClass().add("tick");
    getChildren().add(label);
    label.applyCss();
    label.setMinWidth(label.prefWidth(-1));
    return label;
  }

  /** As many equal rows as the strip is high, so that nothing is stretched. */
  private static int[] colours(ColorMap map) {
    int[] row = map.toArray();
    int[] argb = new int[row.length * HEIGHT];
    for (int y = 0; y < HEIGHT; y++) {
      System.arraycopy(row, 0, argb, y * row.length, row.length);
    }
    return argb;
  }
}
