package dev.headlight.app.visual;

import java.util.Optional;

/**
 * Which of several pictures is shown, and which of several texts is read.
 *
 * @param picture its number
 * @param tile number of one of its tiles; {@link #TOGETHER} for the parts of a split picture as one
 * @param text number of the text that two towers hold against the picture
 */
public record Shown(int picture, int tile, int text) {
  /** The parts that the processor cut a picture into, put together again. */
  public static final int TOGETHER = -1;

  /** As in a new pane. */
  public static final Shown FIRST = new Shown(0, TOGETHER, 0);

  /** Another picture, its parts together. */
  public static Shown picture(int picture) {
    return new Shown(picture, TOGETHER, 0);
  }

  /** A tile of the same picture. */
  public Shown withTile(int now) {
    return new Shown(picture, now, text);
  }

  /** Another text with the same picture. */
  public Shown withText(int now) {
    return new Shown(picture, tile, now);
  }

  /** As sessions have it: {@code picture/tile/text}. */
  public String written() {
    return picture + "/" + tile + "/" + text;
  }

  /** Reads what {@link #written} wrote; empty for anything else. */
  public static Optional<Shown> parse(String text) {
    if (!text.matches("\\d{1,6}/(-1|\\d{1,6})/\\d{1,6}")) {
      return Optional.empty();
    }
    String[] parts = text.split("/", -1);
    return Optional.of(
        new Shown(
            Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2])));
  }
}
