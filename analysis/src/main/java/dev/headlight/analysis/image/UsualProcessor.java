package dev.headlight.analysis.image;

import dev.headlight.analysis.checkpoint.CheckpointException;
import dev.headlight.analysis.checkpoint.Config;
import java.nio.file.Path;
import java.util.Optional;

/** What the released models of a family do to pictures, for folders that do not say it. */
final class UsualProcessor {
  private static final String IMAGENET =
      "'image_mean': [0.485, 0.456, 0.406], 'image_std': [0.229, 0.224, 0.225]";

  private UsualProcessor() {}

  /**
   * @param file the file that is missing
   */
  static ImageProcessor open(Config model, PatchGeometry geometry, Path file) {
    ProcessorKind kind = kind(model);
    String json = json(model.string("model_type", ""), geometry).replace('\'', '"');
    Config config = Config.parse(file, json);
    String steps = new ProcessorKind.Named(kind, config).open(geometry, Optional.empty()).steps();
    String notice =
        "%s is missing; what is usual for '%s' is done instead: %s (%s). Put the model's own file there if it differs."
            .formatted(file, geometry.modelType(), steps, kind.reference());
    return new ProcessorKind.Named(kind, config).open(geometry, Optional.of(notice));
  }

  static ProcessorKind kind(Config model) {
    return switch (model.string("model_type", "")) {
      case "vit" -> ProcessorKind.VIT;
      case "deit" -> ProcessorKind.DEIT;
      case "dinov2", "dinov2_with_registers" -> ProcessorKind.BIT;
      case "clip", "clip_vision_model", "llava" -> ProcessorKind.CLIP;
      case "siglip", "siglip_vision_model", "paligemma" -> ProcessorKind.SIGLIP;
      case "siglip2", "siglip2_vision_model" -> ProcessorKind.SIGLIP2;
      case "gemma3" -> ProcessorKind.GEMMA3;
      case "idefics3" -> ProcessorKind.IDEFICS3;
      case "smolvlm" -> ProcessorKind.SMOLVLM;
      case "qwen2_vl", "qwen2_5_vl" -> ProcessorKind.QWEN2_VL;
      default ->
          throw new CheckpointException(
              "%s: no preprocessor is known for a model of type '%s'; put its preprocessor_config.json beside it."
                  .formatted(model.file(), model.string("model_type", "")));
    };
  }

  private static String json(String type, PatchGeometry geometry) {
    int side = geometry.imageSize();
    String square = "'size': {'height': %1$d, 'width': %1$d}".formatted(side);
    return switch (type) {
      case "deit" ->
          "{'size': {'height': %1$d, 'width': %1$d}, 'crop_size': %2$d, %3$s}"
              .formatted(side * 8 / 7, side, IMAGENET);
      // Trained at 518, used at 224 by its makers.
      case "dinov2", "dinov2_with_registers" ->
          "{'size': {'shortest_edge': 256}, 'crop_size': 224, %s}".formatted(IMAGENET);
      case "clip", "clip_vision_model", "llava" ->
          "{'size': {'shortest_edge': %1$d}, 'crop_size': %1$d}".formatted(side);
      case "idefics3", "smolvlm" ->
          "{'size': {'longest_edge': %d}, 'max_image_size': {'longest_edge': %d}}"
              .formatted(4 * side, side);
      case "qwen2_vl", "qwen2_5_vl" ->
          "{'patch_size': %d, 'merge_size': %d}".formatted(geometry.patch(), geometry.merge());
      case "siglip2", "siglip2_vision_model" -> "{}";
      default -> "{" + square + "}";
    };
  }
}
