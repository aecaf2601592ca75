package dev.headlight.app.view;

import dev.headlight.renderer.Fonts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import javafx.scene.text.Font;
import javafx.scene.text.Text;

/** The bundled faces, made known to JavaFX. */
final class FxFonts {
  private static final int MEASURED = 20_000;
  private static final Text RULER = new Text();
  private static final Map<String, Double> WIDTHS =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Double> eldest) {
          return size() > MEASURED;
        }
      };

  /** Widths of a size are those of the rails, as the face is one and grows evenly. */
  private static final double TEXT_SIZE = 13;

  static final double RAIL_SIZE = 9.5;
  private static Font rail;
  private static Font text;

  private FxFonts() {}

  /** Loads the faces; style sheets then find them by family. */
  static void load() {
    if (rail != null) {
      return;
    }
    for (Fonts.Face face : Fonts.Face.values()) {
      try (InputStream in = face.open()) {
        Font.loadFont(in, RAIL_SIZE);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read the font " + face.family(), e);
      }
    }
    // By its family: the font that loading hands out has no fallback for characters it lacks.
    rail = Font.font(Fonts.Face.JETBRAINS_MONO.family(), RAIL_SIZE);
    RULER.setFont(rail);
    text = Font.font(Fonts.Face.JETBRAINS_MONO.family(), TEXT_SIZE);
  }

  /** The face of token rails. */
  static Font rail() {
    return rail;
  }

  /** The face of text that is read token by token. */
  static Font text() {
    return text;
  }

  /** Width of a token in that face, in pixels. */
  static double textWidth(String token) {
    return railWidth(token) * TEXT_SIZE / RAIL_SIZE;
  }

  /** Width of a token in the rails' face, in pixels. */
  static double railWidth(String text) {
    return WIDTHS.computeIfAbsent(
        text,
        t -> {
          RULER.setText(t);
          return RULER.getLayoutBounds().getWidth();
        });
  }
}
