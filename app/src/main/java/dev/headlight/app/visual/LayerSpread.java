package dev.headlight.app.visual;

import java.util.List;
import java.util.Locale;

/**
 * In which layers a change is made, one bar a layer.
 *
 * @param form which layers belong to a layer's bar
 * @param width layers of a window, 1 or more; 1 for the other forms
 */
public record LayerSpread(Form form, int width) {
  /** Which layers belong to a layer's bar. */
  public enum Form {
    /** A window of layers around it, cut at the ends of the model. */
    WINDOW,
    /** It and all behind it. */
    FROM,
    /** It and all before it. */
    UP_TO
  }

  /** Each layer alone. */
  public static final LayerSpread ONE = new LayerSpread(Form.WINDOW, 1);

  /** From each layer on. */
  public static final LayerSpread FROM = new LayerSpread(Form.FROM, 1);

  /** Up to each layer. */
  public static final LayerSpread UP_TO = new LayerSpread(Form.UP_TO, 1);

  /** What menus offer. */
  public static final List<LayerSpread> OFFERED =
      List.of(ONE, window(3), window(5), window(9), FROM, UP_TO);

  /** Checks the width. */
  public LayerSpread {
    if (width < 1 || (form != Form.WINDOW && width != 1)) {
      throw new IllegalArgumentException(form + " of " + width);
    }
  }

  /** Windows of some layers. */
  public static LayerSpread window(int width) {
    return new LayerSpread(Form.WINDOW, width);
  }

  /**
   * Reads the text form: one, from, up-to, or a number of layers.
   *
   * @throws IllegalArgumentException that says what is expected
   */
  public static LayerSpread parse(String text) {
    String value = text.strip().toLowerCase(Locale.ROOT);
    return switch (value) {
      case "one" -> ONE;
      case "from" -> FROM;
      case "up-to" -> UP_TO;
      default -> {
        if (!value.matches("[1-9]\\d{0,3}")) {
          throw new IllegalArgumentException(
              "expected one, from, up-to or the number of layers of a window, found \""
                  + text
                  + "\"");
        }
        yield window(Integer.parseInt(value));
      }
    };
  }

  /** The text form. */
  public String text() {
    return switch (form) {
      case WINDOW -> width == 1 ? "one" : "" + width;
      case FROM -> "from";
      case UP_TO -> "up-to";
    };
  }

  /** For menus. */
  public String title() {
    return switch (form) {
      case WINDOW -> width == 1 ? "each layer alone" : width + " layers around each";
      case FROM -> "from each layer on";
      case UP_TO -> "up to each layer";
    };
  }

  /** First layer of a bar. */
  public int from(int layer) {
    return switch (form) {
      case WINDOW -> Math.max(0, layer - (width - 1) / 2);
      case FROM -> layer;
      case UP_TO -> 0;
    };
  }

  /** Last layer of a bar, included. */
  public int to(int layer, int layers) {
    return switch (form) {
      case WINDOW -> Math.min(layers - 1, layer + width / 2);
      case FROM -> layers - 1;
      case UP_TO -> layer;
    };
  }

  @Override
  public String toString() {
    return text();
  }
}
