package dev.headlight.app.workbench;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.scores.HeadScore;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the grid of all heads shows of each: its map, or a score.
 *
 * @param name the score's id, or {@code map}
 */
public record GridColour(String name) {
  /** Thumbnails of the maps. */
  public static final GridColour MAP = new GridColour("map");

  /** The map, and every score. */
  public static GridColour[] values() {
    return Stream.concat(
            Stream.of(MAP), KnownScores.all().ids().stream().map(id -> new GridColour(id)))
        .toArray(GridColour[]::new);
  }

  /**
   * Finds one by its name; upper and lower case are the same.
   *
   * @throws HeadlightException when there is none
   */
  public static GridColour valueOf(String name) {
    return Arrays.stream(values())
        .filter(colour -> colour.name.equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new HeadlightException(
                    Kind.INPUT,
                    "\"%s\" is no colour of the grid; there are %s"
                        .formatted(name, Arrays.toString(values()))));
  }

  /** The score that colours, unless it is the map. */
  public Optional<HeadScore> score() {
    return KnownScores.all().find(name);
  }

  /** Name in the menu. */
  public String title() {
    return score().map(HeadScore::title).orElse("Map");
  }

  /** Unit of the numbers; empty for shares. */
  public String unit() {
    return score().map(HeadScore::unit).orElse("");
  }

  /** What is computed. */
  public String formula() {
    return score().map(HeadScore::formula).orElse("attention, max-pooled");
  }

  @Override
  public String toString() {
    return name;
  }
}
