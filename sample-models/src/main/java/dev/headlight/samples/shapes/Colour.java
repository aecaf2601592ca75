package dev.headlight.samples.shapes;

import java.util.Locale;

/** A colour with a name. */
public enum Colour {
  /** As it says. */
  RED(214, 40, 40),
  /** As it says. */
  GREEN(44, 160, 60),
  /** As it says. */
  BLUE(40, 80, 210),
  /** As it says. */
  YELLOW(240, 215, 50),
  /** As it says. */
  PURPLE(140, 60, 180),
  /** As it says. */
  WHITE(245, 245, 245),
  /** As it says. */
  BLACK(20, 20, 20);

  private final int red;
  private final int green;
  private final int blue;

  Colour(int red, int green, int blue) {
    this.red = red;
    this.green = green;
    this.blue = blue;
  }

  /** The name in words. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  Tone tone() {
    return new Tone(red, green, blue);
  }
}
