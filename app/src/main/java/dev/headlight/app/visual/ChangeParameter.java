package dev.headlight.app.visual;

import java.util.Locale;
import java.util.regex.Pattern;

/** A number or choice that a change of a pass takes. Its text is how it is kept and written. */
public enum ChangeParameter {
  /** First and last layer. */
  LAYERS("layers", "layers", "all", "First and last layer that is changed, such as 2-5, or all"),
  /** Which heads, where single ones are meant. */
  HEADS(
      "heads",
      "heads",
      "one",
      "one (the selected head), chosen (all that are chosen) or layers (every head of the layers)"),
  /** What outputs are multiplied by. */
  FACTOR("factor", "×", "2", "What the output is multiplied by; 1 changes nothing"),
  /** What sinks keep. */
  KEPT(
      "p",
      "p",
      "0.6",
      "Share of its attention that a sink keeps, 0 to 1; 1 changes nothing. Papers that call the"
          + " moved share p mean 1 − p"),
  /** How much of a head's attention to the picture must lie off the sinks. */
  RHO(
      "rho",
      "ρ",
      "0.8",
      "A row is changed where at least this share of its attention to the picture lies on no sink,"
          + " 0 to 1 (the paper: 0.5, 0.8 or 0.9)"),
  /** The last layer that has all image tokens. */
  LAYER("layer", "behind layer", "2", "The last layer that still sees all image tokens"),
  /** How many image tokens stay. */
  KEEP("keep", "keep", "0.5", "Share of the image tokens that stays, 0 to 1; 1 changes nothing"),
  /** How far patches look. */
  RADIUS("radius", "radius", "1", "How many patches far a patch looks, up, down and to the sides"),
  /** Side of a window. */
  SIZE("size", "side", "2", "Patches on each side of a window"),
  /** How many keys are left. */
  COUNT("k", "k", "4", "How many keys each patch keeps: those with the largest scores");

  private static final Pattern RANGE = Pattern.compile("\\d{1,4}(-\\d{1,4})?");

  private final String option;
  private final String title;
  private final String usual;
  private final String says;

  ChangeParameter(String option, String title, String usual, String says) {
    this.option = option;
    this.title = title;
    this.usual = usual;
    this.says = says;
  }

  /** Its name on the command line. */
  public String option() {
    return option;
  }

  /** Short, for beside a field. */
  public String title() {
    return title;
  }

  /** What it is when nothing is said. */
  public String usual() {
    return usual;
  }

  /** What it means, with its range. */
  public String says() {
    return says;
  }

  /**
   * Checks a value and writes it the usual way.
   *
   * @throws IllegalArgumentException that says what is expected
   */
  String checked(String text) {
    String value = text.strip().toLowerCase(Locale.ROOT);
    boolean right =
        switch (this) {
          case LAYERS -> value.equals("all") || range(value);
          case HEADS -> value.matches("one|chosen|layers");
          case FACTOR -> Double.isFinite(number(value));
          case KEPT, RHO, KEEP -> number(value) >= 0 && number(value) <= 1;
          case LAYER, RADIUS -> value.matches("\\d{1,4}");
          case SIZE, COUNT -> value.matches("\\d{1,7}") && Integer.parseInt(value) >= 1;
        };
    if (!right) {
      throw new IllegalArgumentException("%s: %s; found \"%s\"".formatted(option, says, text));
    }
    return switch (this) {
      case FACTOR, KEPT, RHO, KEEP -> written(number(value));
      case LAYER, RADIUS, SIZE, COUNT -> "" + Integer.parseInt(value);
      case LAYERS, HEADS -> value;
    };
  }

  private static boolean range(String value) {
    if (!RANGE.matcher(value).matches()) {
      return false;
    }
    String[] ends = value.split("-", -1);
    return Integer.parseInt(ends[0]) <= Integer.parseInt(ends[ends.length - 1]);
  }

  private static double number(String value) {
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** 2 and not 2.0. */
  private static String written(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
