package dev.headlight.analysis.image;

import dev.headlight.analysis.checkpoint.CheckpointException;
import dev.headlight.analysis.checkpoint.Config;
import java.util.Locale;
import java.util.Optional;

/**
 * SigLIP 2: each picture keeps its shape and becomes as many patches as are allowed; the patches
 * themselves are the values. The reference pads them to the same number and hides the padding; here
 * there is none.
 */
final class NaflexProcessor extends PatchRowsProcessor {
  private static final double EPSILON = 1e-5;
  private static final double LARGEST = 100;

  private final boolean resize;
  private final int patch;
  private final int most;
  private final Resampling resampling;
  private final Normalisation normalisation;

  NaflexProcessor(
      ProcessorKind kind, Config config, PatchGeometry geometry, Optional<String> notice) {
    super(kind.reference(), notice, geometry);
    resize = config.bool("do_resize", true);
    patch = config.intValue("patch_size", geometry.patch());
    most = config.hasValue("max_num_patches") ? config.requirePositive("max_num_patches") : 256;
    resampling = kind.resampling(config);
    normalisation = kind.normalisation(config);
    if (patch != geometry.patch()) {
      throw new CheckpointException(
          "%s: patch_size %d should be that of config.json, %d."
              .formatted(config.file(), patch, geometry.patch()));
    }
  }

  @Override
  public String steps() {
    return "sides to multiples of %d, at most %d patches, %s"
        .formatted(patch, most, resampling.name().toLowerCase(Locale.ROOT));
  }

  @Override
  int width() {
    return 3 * patch * patch;
  }

  /** One patch, {@code [row, column, channel]}. */
  @Override
  void write(Picture picture, PictureTile tile, int number, float[] values, int start) {
    int top = number / tile.patches().columns() * patch;
    int left = number % tile.patches().columns() * patch;
    int at = start;
    for (int y = 0; y < patch; y++) {
      int from = ((top + y) * picture.width() + left) * 3;
      for (int i = 0; i < 3 * patch; i++) {
        values[at++] = normalisation.of(i % 3, picture.rgb()[from + i]);
      }
    }
  }

  /** The largest scale at which the patches are not too many, found by halving. */
  @Override
  Picture resized(Picture picture) {
    if (!resize) {
      return picture.opaque();
    }
    double low = EPSILON / 10;
    double high = LARGEST;
    while (high - low >= EPSILON) {
      double scale = (low + high) / 2;
      long patches = patches(picture.width(), scale) * patches(picture.height(), scale);
      if (patches <= most) {
        low = scale;
      } else {
        high = scale;
      }
    }
    int width = (int) patches(picture.width(), low) * patch;
    int height = (int) patches(picture.height(), low) * patch;
    return resampling.resize(picture, width, height);
  }

  private long patches(int side, double scale) {
    return Math.max(1, (long) Math.ceil(side * scale / patch));
  }
}
