package dev.headlight.analysis.image;

import dev.headlight.analysis.checkpoint.CheckpointException;
import dev.headlight.analysis.checkpoint.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One tile a picture: squashed to a square (ViT, SigLIP, PaliGemma, Gemma 3), or resized by its
 * short edge, and then cut in the middle (CLIP, LLaVA, DINOv2, DeiT).
 */
final class CropProcessor extends ImageProcessor {
  private final Optional<int[]> size;
  private final int shortEdge;
  private final Optional<int[]> crop;
  private final Resampling resampling;
  private final Normalisation normalisation;

  CropProcessor(
      ProcessorKind kind, Config config, PatchGeometry geometry, Optional<String> notice) {
    super(kind.reference(), notice, geometry);
    boolean resize = config.bool("do_resize", true);
    shortEdge = resize ? shortEdge(kind, config) : 0;
    size = resize && shortEdge == 0 ? Optional.of(sides(config, "size", kind.size())) : none();
    boolean cut = kind.crop() > 0 && config.bool("do_center_crop", true);
    crop = cut ? Optional.of(sides(config, "crop_size", kind.crop())) : none();
    resampling = kind.resampling(config);
    normalisation = kind.normalisation(config);
  }

  private static Optional<int[]> none() {
    return Optional.empty();
  }

  /** The short edge to resize to; 0 where the file gives both sides. */
  private static int shortEdge(ProcessorKind kind, Config config) {
    boolean square = kind.size() > 0;
    if (config.isObject("size")) {
      Config size = config.requireObject("size");
      return size.hasValue("shortest_edge") ? size.requirePositive("shortest_edge") : 0;
    }
    if (square) {
      return 0;
    }
    return config.hasValue("size") ? config.requirePositive("size") : -kind.size();
  }

  private static int[] sides(Config config, String name, int fallback) {
    if (config.isObject(name)) {
      Config both = config.requireObject(name);
      if (!both.hasValue("height") && !both.hasValue("width")) {
        throw new CheckpointException(
            "%s: %s should give height and width or shortest_edge, found %s."
                .formatted(config.file(), name, both.names()));
      }
      return new int[] {both.requirePositive("height"), both.requirePositive("width")};
    }
    int side = config.hasValue(name) ? config.requirePositive(name) : fallback;
    return new int[] {side, side};
  }

  @Override
  public String steps() {
    List<String> steps = new ArrayList<>();
    size.ifPresent(s -> steps.add("squash to %d × %d".formatted(s[1], s[0])));
    if (shortEdge > 0) {
      steps.add("short edge to " + shortEdge);
    }
    if (!steps.isEmpty()) {
      steps.add(resampling.name().toLowerCase(Locale.ROOT));
    }
    crop.ifPresent(c -> steps.add("cut %d × %d from the middle".formatted(c[1], c[0])));
    return steps.isEmpty() ? "as it is" : String.join(", ", steps);
  }

  @Override
  public PreparedPictures prepare(List<Picture> pictures) {
    List<PictureLayout> layouts = new ArrayList<>();
    float[] values = null;
    int plane = 0;
    PictureTile first = null;
    for (int i = 0; i < pictures.size(); i++) {
      Picture picture = pictures.get(i);
      Picture resized = resized(picture);
      PictureTile tile = tile(picture, resized);
      if (first == null) {
        first = tile;
        plane = tile.width() * tile.height();
        values = new float[Math.multiplyExact(3 * pictures.size(), plane)];
      } else if (tile.width() != first.width() || tile.height() != first.height()) {
        throw bad(
            "pictures of one prompt become %d × %d and %d × %d pixels, but this model takes one size; cut them alike."
                .formatted(first.width(), first.height(), tile.width(), tile.height()));
      }
      Picture cut = resized.crop(left(resized), top(resized), tile.width(), tile.height());
      normalisation.write(cut, values, 3 * i * plane, tile.width(), plane);
      layouts.add(new PictureLayout(picture.width(), picture.height(), 0, 0, List.of(tile)));
    }
    if (first == null) {
      throw bad("there is no picture to prepare; give at least one.");
    }
    return new PreparedPictures(
        new Pixels(values, pictures.size(), 3, first.height(), first.width()), layouts);
  }

  private Picture resized(Picture picture) {
    int width = picture.width();
    int height = picture.height();
    if (size.isPresent()) {
      return resampling.resize(picture, size.get()[1], size.get()[0]);
    }
    if (shortEdge == 0) {
      return picture.opaque();
    }
    int small = Math.min(width, height);
    long large = (long) ((double) ((long) shortEdge * Math.max(width, height)) / small);
    if (large * shortEdge > PatchProcessor.MOST_PIXELS) {
      throw bad(
          "a picture of %d × %d pixels is too narrow: with a short edge of %d it would be %d pixels long; cut it."
              .formatted(width, height, shortEdge, large));
    }
    return width <= height
        ? resampling.resize(picture, shortEdge, (int) large)
        : resampling.resize(picture, (int) large, shortEdge);
  }

  private int left(Picture resized) {
    return crop.map(c -> Math.floorDiv(resized.width() - c[1], 2)).orElse(0);
  }

  private int top(Picture resized) {
    return crop.map(c -> Math.floorDiv(resized.height() - c[0], 2)).orElse(0);
  }

  private PictureTile tile(Picture original, Picture resized) {
    int width = crop.map(c -> c[1]).orElse(resized.width());
    int height = crop.map(c -> c[0]).orElse(resized.height());
    double across = (double) original.width() / resized.width();
    double down = (double) original.height() / resized.height();
    Region source =
        new Region(left(resized) * across, top(resized) * down, width * across, height * down);
    return geometry().tile(-1, -1, source, width, height);
  }
}
