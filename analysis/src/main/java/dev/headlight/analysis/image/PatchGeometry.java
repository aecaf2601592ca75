package dev.headlight.analysis.image;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.checkpoint.CheckpointException;
import dev.headlight.analysis.checkpoint.Config;
import java.util.Set;

/**
 * What config.json says of patches and of the image tokens they become.
 *
 * @param modelType the whole model's type
 * @param imageSize side of the pictures the tower was trained on, in pixels
 * @param patch side of a patch, in pixels
 * @param merge side of the block of patches that becomes one image token
 * @param leading image tokens before those of the patches
 * @param blocks whether the tower's rows stand in blocks
 */
record PatchGeometry(
    String modelType, int imageSize, int patch, int merge, int leading, boolean blocks) {
  private static final Set<String> TOWERS =
      Set.of(
          "vit",
          "deit",
          "dinov2",
          "dinov2_with_registers",
          "clip_vision_model",
          "siglip_vision_model",
          "siglip2_vision_model");

  static boolean isTower(String modelType) {
    return TOWERS.contains(modelType);
  }

  static PatchGeometry read(Config model) {
    String type = model.string("model_type", "");
    if (!ImageProcessor.readsPictures(model)) {
      throw new HeadlightException(
          Kind.INPUT,
          "%s: a model of type '%s' reads text only; leave the picture out or open a vision model."
              .formatted(model.file(), type));
    }
    Config vision = model.object("vision_config").orElse(model);
    int patch = positive(vision, "patch_size", usualPatch(type));
    int size = positive(vision, "image_size", 224);
    return new PatchGeometry(
        type,
        size,
        patch,
        merge(model, vision, type, size / patch),
        leading(model, type),
        blocks(type));
  }

  private static boolean blocks(String type) {
    return type.startsWith("qwen2");
  }

  private static int usualPatch(String type) {
    return switch (type) {
      case "clip", "clip_vision_model", "llava", "idefics3", "smolvlm" -> 32;
      case "dinov2", "dinov2_with_registers", "qwen2_vl", "qwen2_5_vl" -> 14;
      default -> 16;
    };
  }

  private static int merge(Config model, Config vision, String type, int side) {
    return switch (type) {
      case "idefics3", "smolvlm" -> positive(model, "scale_factor", 2);
      case "qwen2_vl", "qwen2_5_vl" -> positive(vision, "spatial_merge_size", 2);
      case "gemma3" -> pooled(model, side);
      default -> 1;
    };
  }

  /** Gemma 3 pools its square of patches down to a square of so many tokens. */
  private static int pooled(Config model, int side) {
    int tokens = positive(model, "mm_tokens_per_image", 256);
    int tokenSide = (int) Math.round(Math.sqrt(tokens));
    if (tokenSide * tokenSide != tokens || side % tokenSide != 0) {
      throw new CheckpointException(
          "%s: mm_tokens_per_image should be a square whose side divides the %d patches of a row, found %d."
              .formatted(model.file(), side, tokens));
    }
    return side / tokenSide;
  }

  private static int leading(Config model, String type) {
    boolean all = model.string("vision_feature_select_strategy", "default").equals("full");
    String tower = model.object("vision_config").map(v -> v.string("model_type", "")).orElse("");
    // A SigLIP tower has no class token.
    boolean before = !tower.startsWith("siglip");
    return type.equals("llava") && all && before ? 1 : 0;
  }

  private static int positive(Config config, String name, int fallback) {
    return config.hasValue(name) ? config.requirePositive(name) : fallback;
  }

  PictureTile tile(int row, int column, Region source, int width, int height) {
    return tile(row, column, source, width, height, patch);
  }

  PictureTile tile(int row, int column, Region source, int width, int height, int patchSide) {
    if (Math.min(width, height) < patchSide * merge) {
      throw ImageProcessor.bad(
          "the picture becomes %d × %d pixels, less than one image token of %d × %d; give a larger picture."
              .formatted(width, height, patchSide * merge, patchSide * merge));
    }
    return new PictureTile(row, column, source, width, height, patchSide, merge, leading, blocks);
  }
}
