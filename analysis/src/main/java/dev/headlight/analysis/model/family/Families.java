package dev.headlight.analysis.model.family;

import dev.headlight.analysis.checkpoint.CheckpointException;
import dev.headlight.analysis.checkpoint.Config;
import java.util.List;
import java.util.stream.Collectors;

/** The register of families. */
public final class Families {
  private static final List<Family> ALL =
      List.of(
          new AlbertFamily(),
          new BertFamily(),
          new BloomFamily(),
          new ClipFamily(),
          new CohereFamily(),
          new Dinov2Family(),
          new DistilBertFamily(),
          new FalconFamily(),
          new Gemma3Family(),
          new GemmaFamily(),
          new Gpt2Family(),
          new GptJFamily(),
          new GptNeoFamily(),
          new GptNeoxFamily(),
          new GraniteFamily(),
          new Idefics3Family(),
          new LlamaFamily(),
          new LlavaFamily(),
          new MixtralFamily(),
          new MptFamily(),
          new Olmo2Family(),
          new OlmoFamily(),
          new OptFamily(),
          new PaliGemmaFamily(),
          new Phi3Family(),
          new PhiFamily(),
          new Qwen2VlFamily(),
          new QwenMoeFamily(),
          new SiglipFamily(),
          new StableLmFamily(),
          new VitFamily());

  private Families() {}

  /**
   * The family that reads this config.
   *
   * @throws CheckpointException naming the model type and those that can be run
   */
  public static Family of(Config config) {
    String type = config.modelType();
    Family family =
        ALL.stream().filter(f -> f.modelTypes().contains(type)).findFirst().orElse(null);
    if (family == null) {
      throw config.unsupported("model_type", type, supported());
    }
    if (config.hasValue("quantization_config")) {
      throw new CheckpointException(
          config.file()
              + ": the weights are quantized (quantization_config); expected F32, F16 or BF16."
              + " Save the model unquantized and open that folder");
    }
    return family;
  }

  /** Every model type that can be run, in alphabetical order. */
  public static List<String> supported() {
    return ALL.stream().flatMap(f -> f.modelTypes().stream()).sorted().collect(Collectors.toList());
  }
}
