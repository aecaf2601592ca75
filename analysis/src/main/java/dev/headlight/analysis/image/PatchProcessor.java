package dev.headlight.analysis.image;

import dev.headlight.analysis.checkpoint.CheckpointException;
import dev.headlight.analysis.checkpoint.Config;
import java.util.Locale;
import java.util.Optional;

/**
 * Qwen2-VL: sides to multiples of a token's, as many pixels as allowed, and then the patches
 * themselves, in blocks of those that become one token; a still picture is repeated in time.
 */
final class PatchProcessor extends PatchRowsProcessor {
  /** More than this no processor makes of a picture. */
  static final long MOST_PIXELS = 1L << 26;

  private static final int WIDEST = 200;

  private final boolean resize;
  private final long least;
  private final long most;
  private final int patch;
  private final int time;
  private final int merge;
  private final Resampling resampling;
  private final Normalisation normalisation;

  PatchProcessor(
      ProcessorKind kind, Config config, PatchGeometry geometry, Optional<String> notice) {
    super(kind.reference(), notice, geometry);
    resize = config.bool("do_resize", true);
    Config size = config.object("size").orElse(config);
    least = config.longValue("min_pixels", size.longValue("shortest_edge", 56 * 56));
    most =
        Math.min(
            MOST_PIXELS,
            config.longValue("max_pixels", size.longValue("longest_edge", 28 * 28 * 1280)));
    patch = config.intValue("patch_size", geometry.patch());
    time = config.intValue("temporal_patch_size", 2);
    merge = config.intValue("merge_size", geometry.merge());
    resampling = kind.resampling(config);
    normalisation = kind.normalisation(config);
    if (patch != geometry.patch() || merge != geometry.merge()) {
      throw new CheckpointException(
          "%s: patch_size %d and merge_size %d should be those of config.json, %d and %d."
              .formatted(config.file(), patch, merge, geometry.patch(), geometry.merge()));
    }
  }

  @Override
  public String steps() {
    return "sides to multiples of %d, %d to %d pixels, %s"
        .formatted(patch * merge, least, most, resampling.name().toLowerCase(Locale.ROOT));
  }

  @Override
  int width() {
    return 3 * time * patch * patch;
  }

  /** One patch, {@code [channel, time, row, column]}. */
  @Override
  void write(Picture picture, PictureTile tile, int number, float[] values, int start) {
    int top = number / tile.patches().columns() * patch;
    int left = number % tile.patches().columns() * patch;
    int at = start;
    for (int channel = 0; channel < 3; channel++) {
      for (int t = 0; t < time; t++) {
        for (int y = 0; y < patch; y++) {
          int from = ((top + y) * picture.width() + left) * 3 + channel;
          for (int x = 0; x < patch; x++, from += 3) {
            values[at++] = normalisation.of(channel, picture.rgb()[from]);
          }
        }
      }
    }
  }

  @Override
  Picture resized(Picture picture) {
    int unit = patch * merge;
    if (!resize) {
      if (picture.width() % unit != 0 || picture.height() % unit != 0) {
        throw bad(
            "a picture of %d × %d pixels is not resized (do_resize is false), so its sides should be multiples of %d."
                .formatted(picture.width(), picture.height(), unit));
      }
      return picture.opaque();
    }
    double height = picture.height();
    double width = picture.width();
    if (Math.max(height, width) / Math.min(height, width) > WIDEST) {
      throw bad(
          "a picture of %d × %d pixels is too narrow: one side may be %d times the other at most; cut it."
              .formatted(picture.width(), picture.height(), WIDEST));
    }
    // Python rounds halves to the even number.
    long newHeight = (long) Math.rint(height / unit) * unit;
    long newWidth = (long) Math.rint(width / unit) * unit;
    if (newHeight * newWidth > most) {
      double shrink = Math.sqrt(height * width / most);
      newHeight = Math.max(unit, (long) Math.floor(height / shrink / unit) * unit);
      newWidth = Math.max(unit, (long) Math.floor(width / shrink / unit) * unit);
    } else if (newHeight * newWidth < least) {
      double grow = Math.sqrt(least / (height * width));
      newHeight = (long) Math.ceil(height * grow / unit) * unit;
      newWidth = (long) Math.ceil(width * grow / unit) * unit;
    }
    return resampling.resize(picture, (int) newWidth, (int) newHeight);
  }
}
