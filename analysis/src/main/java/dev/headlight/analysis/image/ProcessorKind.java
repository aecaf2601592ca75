package dev.headlight.analysis.image;

import dev.headlight.analysis.checkpoint.CheckpointException;
import dev.headlight.analysis.checkpoint.Config;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The reference processors that are understood, with what each does where its file is silent. */
enum ProcessorKind {
  VIT("ViTImageProcessor", 224, 0, Resampling.BILINEAR, true),
  DEIT("DeiTImageProcessor", 256, 224, Resampling.BICUBIC, true),
  BIT("BitImageProcessor", -224, 224, Resampling.BICUBIC, false),
  CLIP("CLIPImageProcessor", -224, 224, Resampling.BICUBIC, false),
  LLAVA("LlavaImageProcessor", -224, 224, Resampling.BICUBIC, false),
  SIGLIP("SiglipImageProcessor", 224, 0, Resampling.BICUBIC, true),
  GEMMA3("Gemma3ImageProcessor", 224, 0, Resampling.BILINEAR, true),
  IDEFICS3("Idefics3ImageProcessor", 4 * 364, 0, Resampling.LANCZOS, true),
  SMOLVLM("SmolVLMImageProcessor", 4 * 364, 0, Resampling.LANCZOS, true),
  QWEN2_VL("Qwen2VLImageProcessor", 0, 0, Resampling.BICUBIC, false),
  SIGLIP2("Siglip2ImageProcessor", 0, 0, Resampling.BILINEAR, true);

  private static final List<Double> HALF = List.of(0.5, 0.5, 0.5);
  private static final List<Double> CLIP_MEAN = List.of(0.48145466, 0.4578275, 0.40821073);
  private static final List<Double> CLIP_STD = List.of(0.26862954, 0.26130258, 0.27577711);

  private final String reference;
  private final int size;
  private final int crop;
  private final Resampling resampling;
  private final boolean half;

  /**
   * @param size side of the square that pictures are squashed to; below 0 that of the short edge
   * @param crop side of the square cut out of the middle; 0 for none
   * @param half whether mean and deviation are 0.5, else CLIP's
   */
  ProcessorKind(String reference, int size, int crop, Resampling resampling, boolean half) {
    this.reference = reference;
    this.size = size;
    this.crop = crop;
    this.resampling = resampling;
    this.half = half;
  }

  /** A kind with the file it reads. */
  record Named(ProcessorKind kind, Config config) {
    ImageProcessor open(PatchGeometry geometry, Optional<String> notice) {
      kind.refuse(config);
      return switch (kind) {
        case IDEFICS3, SMOLVLM -> new TileProcessor(kind, config, geometry, notice);
        case QWEN2_VL -> new PatchProcessor(kind, config, geometry, notice);
        case SIGLIP2 -> new NaflexProcessor(kind, config, geometry, notice);
        default -> new CropProcessor(kind, config, geometry, notice);
      };
    }
  }

  /** The kind that a file names, or else the one of the model's type. */
  static Named of(Config config, Config model) {
    Optional<String> name =
        config
            .optionalString("image_processor_type")
            .or(() -> config.optionalString("feature_extractor_type"));
    if (name.isEmpty()) {
      return new Named(UsualProcessor.kind(model), config);
    }
    String plain =
        name.get().replaceAll("Fast$", "").replaceAll("FeatureExtractor$", "ImageProcessor");
    return Arrays.stream(values())
        .filter(k -> k.reference.equals(plain))
        .findFirst()
        .map(k -> new Named(k, config))
        .orElseThrow(
            () ->
                config.unsupported(
                    "image_processor_type",
                    name.get(),
                    Arrays.stream(values()).map(k -> k.reference).toList()));
  }

  private void refuse(Config config) {
    if (this == LLAVA && config.bool("do_pad", false)) {
      throw refused(config, "do_pad");
    }
    if (this == GEMMA3 && config.bool("do_pan_and_scan", false)) {
      throw refused(config, "do_pan_and_scan");
    }
  }

  private static CheckpointException refused(Config config, String field) {
    return new CheckpointException(
        "%s: %s is true, which is not supported; set it to false.".formatted(config.file(), field));
  }

  String reference() {
    return reference;
  }

  int size() {
    return size;
  }

  int crop() {
    return crop;
  }

  Resampling resampling(Config config) {
    int number = config.intValue("resample", resampling.number());
    return Resampling.of(number)
        .orElseThrow(
            () ->
                config.unsupported(
                    "resample",
                    String.valueOf(number),
                    List.of("0 to 5, as PIL numbers its filters")));
  }

  Normalisation normalisation(Config config) {
    return Normalisation.read(config, half ? HALF : CLIP_MEAN, half ? HALF : CLIP_STD);
  }
}
