package dev.headlight.analysis.vision;

import dev.headlight.analysis.image.PatchGrid;
import dev.headlight.analysis.image.PictureTile;
import dev.headlight.analysis.image.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a segmenter that takes points and a box (as SAM does) is asked, read off a map. Pixels of
 * the original picture.
 *
 * @param points the strongest patches' centres, strongest first, then the weakest patch's
 * @param box around the patches of the strongest region; empty where no patch is above 0
 */
public record SegmenterPrompt(List<Point> points, Optional<Region> box) {
  /**
   * A point.
   *
   * @param x from the left, in pixels
   * @param y from the top, in pixels
   * @param inside whether the object is there (label 1) or not (label 0)
   */
  public record Point(double x, double y, boolean inside) {}

  /** Copies the list. */
  public SegmenterPrompt {
    points = List.copyOf(points);
  }

  /**
   * Reads points and box off a map.
   *
   * @param tile the map's tile
   * @param width pixels of the original, which regions are cut at
   * @param height pixels of the original
   * @param peaks how many points on the object at most; none touches another
   */
  public static SegmenterPrompt of(
      PatchMap map, PictureTile tile, int width, int height, int peaks) {
    if (!(map.largest() > 0)) {
      return new SegmenterPrompt(List.of(), Optional.empty());
    }
    List<Point> points = new ArrayList<>();
    List<Integer> taken = new ArrayList<>();
    int[] ranked = map.ranked();
    float level = (float) (Grounding.LEVEL * map.largest());
    for (int patch : ranked) {
      boolean free = taken.stream().noneMatch(t -> touch(t, patch, map.grid()));
      if (free && taken.size() < peaks && map.values()[patch] >= level) {
        taken.add(patch);
        points.add(centre(region(tile, patch).within(width, height), true));
      }
    }
    int weakest = ranked[ranked.length - 1];
    if (map.values()[weakest] < level) {
      points.add(centre(region(tile, weakest).within(width, height), false));
    }
    return new SegmenterPrompt(points, Optional.of(box(map, tile, level).within(width, height)));
  }

  private static boolean touch(int a, int b, PatchGrid grid) {
    return Math.abs(a / grid.columns() - b / grid.columns()) <= 1
        && Math.abs(a % grid.columns() - b % grid.columns()) <= 1;
  }

  private static Region region(PictureTile tile, int patch) {
    int columns = tile.tokens().columns();
    return tile.tokenRegion(patch / columns, patch % columns);
  }

  private static Point centre(Region r, boolean inside) {
    return new Point(r.x() + r.width() / 2, r.y() + r.height() / 2, inside);
  }

  /** Around the patches above the level that hang together with the strongest. */
  private static Region box(PatchMap map, PictureTile tile, float level) {
    PatchGrid grid = map.grid();
    List<Integer> reached = new ArrayList<>(List.of(map.argmax()));
    for (int i = 0; i < reached.size(); i++) {
      for (int patch = 0; patch < grid.size(); patch++) {
        boolean strong = map.values()[patch] >= level;
        if (strong && touch(reached.get(i), patch, grid) && !reached.contains(patch)) {
          reached.add(patch);
        }
      }
    }
    Region box = region(tile, reached.get(0));
    for (int patch : reached) {
      box = around(box, region(tile, patch));
    }
    return box;
  }

  private static Region around(Region a, Region b) {
    double left = Math.min(a.x(), b.x());
    double top = Math.min(a.y(), b.y());
    double right = Math.max(a.x() + a.width(), b.x() + b.width());
    double bottom = Math.max(a.y() + a.height(), b.y() + b.height());
    return new Region(left, top, right - left, bottom - top);
  }

  /**
   * As JSON with the names that SAM's predictor takes: {@code point_coords [[x, y], …],
   * point_labels [1, …, 0], box [x0, y0, x1, y1]}.
   */
  public String json() {
    String coords =
        points.stream().map(p -> pair(p.x, p.y)).collect(Collectors.joining(", ", "[", "]"));
    String labels =
        points.stream().map(p -> p.inside ? "1" : "0").collect(Collectors.joining(", ", "[", "]"));
    String corners =
        box.map(
                b ->
                    "[%s, %s, %s, %s]"
                        .formatted(
                            number(b.x()),
                            number(b.y()),
                            number(b.x() + b.width()),
                            number(b.y() + b.height())))
            .orElse("null");
    return "{\"point_coords\": %s, \"point_labels\": %s, \"box\": %s}"
        .formatted(coords, labels, corners);
  }

  private static String pair(double x, double y) {
    return "[" + number(x) + ", " + number(y) + "]";
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
