package dev.headlight.analysis.image;

import dev.headlight.analysis.checkpoint.Config;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * Idefics3 and SmolVLM: the long edge is brought to a length, the picture is cut into tiles, and
 * the whole picture follows as the last tile. Smaller tiles are padded at the right and below, and
 * {@code pixel_attention_mask} says where.
 */
final class TileProcessor extends ImageProcessor {
  /** The reference never makes a picture longer than this. */
  private static final int LONGEST = 4096;

  private final Optional<Config> size;
  private final int longEdge;
  private final boolean split;
  private final int side;
  private final Resampling resampling;
  private final Normalisation normalisation;

  TileProcessor(
      ProcessorKind kind, Config config, PatchGeometry geometry, Optional<String> notice) {
    super(kind.reference(), notice, geometry);
    boolean resize = config.bool("do_resize", true);
    Optional<Config> given = config.object("size");
    Optional<Config> both = given.filter(s -> !s.hasValue("longest_edge"));
    size = resize ? both : Optional.empty();
    longEdge =
        resize && size.isEmpty()
            ? given.map(s -> s.requirePositive("longest_edge")).orElse(kind.size())
            : 0;
    split = config.bool("do_image_splitting", true);
    side =
        config
            .object("max_image_size")
            .map(s -> s.requirePositive("longest_edge"))
            .orElse(geometry.imageSize());
    resampling = kind.resampling(config);
    normalisation = kind.normalisation(config);
  }

  @Override
  public String steps() {
    String edge = longEdge > 0 ? "long edge to " + longEdge + ", " : "";
    String rest = split ? "tiles of %1$d × %1$d and the whole picture" : "squash to %1$d × %1$d";
    return edge + resampling.name().toLowerCase(Locale.ROOT) + ", " + rest.formatted(side);
  }

  /** One picture's tiles, with where they are from. */
  private record Tiles(int rows, int columns, List<Picture> pictures, List<PictureTile> places) {}

  @Override
  public PreparedPictures prepare(List<Picture> pictures) {
    List<Tiles> all = pictures.stream().map(this::tiles).toList();
    int count = all.stream().mapToInt(t -> t.pictures.size()).sum();
    if (count == 0) {
      throw bad("there is no picture to prepare; give at least one.");
    }
    int width = most(all, Picture::width);
    int height = most(all, Picture::height);
    int plane = width * height;
    float[] values = new float[Math.multiplyExact(3 * count, plane)];
    boolean[] mask = new boolean[count * plane];
    List<PictureLayout> layouts = new ArrayList<>();
    int tile = 0;
    for (int p = 0; p < all.size(); p++) {
      List<PictureTile> places = new ArrayList<>();
      for (int i = 0; i < all.get(p).pictures.size(); i++, tile++) {
        Picture picture = all.get(p).pictures.get(i);
        normalisation.write(picture, values, 3 * tile * plane, width, plane);
        mark(mask, tile * plane, width, picture);
        places.add(padded(all.get(p).places.get(i), width, height));
      }
      Picture original = pictures.get(p);
      layouts.add(
          new PictureLayout(
              original.width(), original.height(), all.get(p).rows, all.get(p).columns, places));
    }
    long[] shape = {1, count, 3, height, width};
    return new PreparedPictures(new Pixels(values, shape, mask, List.of()), layouts);
  }

  private static int most(List<Tiles> all, ToIntFunction<Picture> side) {
    return all.stream().flatMap(t -> t.pictures.stream()).mapToInt(side).max().orElseThrow();
  }

  private static void mark(boolean[] mask, int at, int columns, Picture picture) {
    for (int y = 0; y < picture.height(); y++) {
      Arrays.fill(mask, at + y * columns, at + y * columns + picture.width(), true);
    }
  }

  private PictureTile padded(PictureTile tile, int width, int height) {
    Region s = tile.source();
    Region source =
        new Region(
            s.x(), s.y(), s.width() * width / tile.width(), s.height() * height / tile.height());
    return geometry().tile(tile.row(), tile.column(), source, width, height);
  }

  private Tiles tiles(Picture original) {
    Picture picture = resized(original.onWhite());
    if (!split) {
      Picture square = resampling.resize(picture, side, side);
      return new Tiles(0, 0, List.of(square), List.of(whole(original, square)));
    }
    Picture enlarged = multiple(picture);
    List<Picture> parts = new ArrayList<>();
    List<PictureTile> places = new ArrayList<>();
    int rows = ceil(enlarged.height(), side);
    int columns = ceil(enlarged.width(), side);
    if (rows == 1 && columns == 1) {
      return new Tiles(0, 0, List.of(enlarged), List.of(whole(original, enlarged)));
    }
    double across = (double) original.width() / enlarged.width();
    double down = (double) original.height() / enlarged.height();
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        parts.add(enlarged.crop(c * side, r * side, side, side));
        Region source = new Region(c * side * across, r * side * down, side * across, side * down);
        places.add(geometry().tile(r, c, source, side, side));
      }
    }
    Picture square = resampling.resize(enlarged, side, side);
    parts.add(square);
    places.add(whole(original, square));
    return new Tiles(rows, columns, parts, places);
  }

  private PictureTile whole(Picture original, Picture tile) {
    Region source = new Region(0, 0, original.width(), original.height());
    return geometry().tile(-1, -1, source, tile.width(), tile.height());
  }

  private Picture resized(Picture picture) {
    if (size.isPresent()) {
      return resampling.resize(
          picture, size.get().requirePositive("width"), size.get().requirePositive("height"));
    }
    if (longEdge == 0) {
      return picture;
    }
    int[] sides = below(lengthened(picture.width(), picture.height()));
    return resampling.resize(picture, sides[0], sides[1]);
  }

  /** Long edge to the wanted length, the short one in proportion and even. */
  private int[] lengthened(int width, int height) {
    double ratio = (double) width / height;
    if (width >= height) {
      int other = (int) (longEdge / ratio);
      return new int[] {longEdge, Math.max(1, other + other % 2)};
    }
    int other = (int) (longEdge * ratio);
    return new int[] {Math.max(1, other + other % 2), longEdge};
  }

  private static int[] below(int[] sides) {
    double ratio = (double) sides[0] / sides[1];
    if (sides[0] >= sides[1] && sides[0] > LONGEST) {
      return new int[] {LONGEST, Math.max(1, (int) (LONGEST / ratio))};
    }
    if (sides[1] > sides[0] && sides[1] > LONGEST) {
      return new int[] {Math.max(1, (int) (LONGEST * ratio)), LONGEST};
    }
    return sides;
  }

  /** Both sides up to multiples of the tile's. */
  private Picture multiple(Picture picture) {
    double ratio = (double) picture.width() / picture.height();
    int width;
    int height;
    if (picture.width() >= picture.height()) {
      width = ceil(picture.width(), side) * side;
      height = ceil((int) (width / ratio), side) * side;
    } else {
      height = ceil(picture.height(), side) * side;
      width = ceil((int) (height * ratio), side) * side;
    }
    return resampling.resize(picture, Math.max(width, side), Math.max(height, side));
  }

  private static int ceil(int a, int b) {
    return (a + b - 1) / b;
  }
}
