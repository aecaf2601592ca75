package dev.headlight.app.circuits;

import dev.headlight.analysis.pairs.TokenPair;
import dev.headlight.analysis.patching.Direction;
import dev.headlight.analysis.patching.PatchGrid;
import dev.headlight.analysis.patching.PatchMap;
import dev.headlight.analysis.patching.PatchRequest;
import dev.headlight.analysis.patching.Places;
import dev.headlight.analysis.run.Site;
import java.util.Arrays;
import java.util.Locale;

/**
 * What a patching map shows, as the pane's controls say it.
 *
 * @param site whose values are moved
 * @param grid what a cell is
 * @param places at which positions
 * @param direction which prompt is changed
 * @param method a pass a cell, or first order
 */
public record PatchChoice(
    Site site, PatchGrid grid, Places places, Direction direction, PatchMap.Method method) {
  /** The stream by layer and position, exactly. */
  public static final PatchChoice STREAM =
      new PatchChoice(
          Site.RESID_PRE,
          PatchGrid.LAYER_POSITION,
          Places.ALL,
          Direction.DENOISING,
          PatchMap.Method.EXACT);

  /** Every head's output, to first order. */
  public static final PatchChoice HEADS =
      new PatchChoice(
          Site.Z, PatchGrid.HEAD, Places.ALL, Direction.DENOISING, PatchMap.Method.ATTRIBUTION);

  /**
   * Reads {@link #text}.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static PatchChoice parse(String text) {
    String[] part = text.split(" ", -1);
    if (part.length != 5) {
      throw new IllegalArgumentException(text);
    }
    Site site = Site.parse(part[0]).orElseThrow(() -> new IllegalArgumentException(text));
    PatchGrid grid =
        Arrays.stream(PatchGrid.values())
            .filter(g -> g.toString().equals(part[1]) && g.fits(site))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException(text));
    return new PatchChoice(
        site,
        grid,
        Places.parse(part[2]),
        Direction.valueOf(part[3].toUpperCase(Locale.ROOT)),
        PatchMap.Method.valueOf(part[4].toUpperCase(Locale.ROOT)));
  }

  /** One line, such as {@code resid_pre layer-position all denoising exact}. */
  public String text() {
    return String.join(
            " ",
            site.shortName(),
            grid.toString(),
            places.toString(),
            direction.name(),
            method.name())
        .toLowerCase(Locale.ROOT);
  }

  /** At another site; a grid that does not fit it becomes layer by position. */
  public PatchChoice withSite(Site other) {
    return new PatchChoice(
        other, grid.fits(other) ? grid : PatchGrid.LAYER_POSITION, places, direction, method);
  }

  /** With other cells. */
  public PatchChoice withGrid(PatchGrid other) {
    return new PatchChoice(site, other, places, direction, method);
  }

  /** At other positions. */
  public PatchChoice withPlaces(Places other) {
    return new PatchChoice(site, grid, other, direction, method);
  }

  /** In another direction. */
  public PatchChoice withDirection(Direction other) {
    return new PatchChoice(site, grid, places, other, method);
  }

  /** By another method. */
  public PatchChoice withMethod(PatchMap.Method other) {
    return new PatchChoice(site, grid, places, direction, other);
  }

  /**
   * For a pair.
   *
   * @throws dev.headlight.analysis.HeadlightException when the pair, or the positions, do not fit
   */
  public PatchRequest request(TokenPair pair) {
    return new PatchRequest(pair, site, grid, places, direction);
  }
}
