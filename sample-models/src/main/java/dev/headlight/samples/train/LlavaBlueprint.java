package dev.headlight.samples.train;

import ai.djl.ndarray.NDManager;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.headlight.analysis.checkpoint.StoredType;
import dev.headlight.analysis.model.ModelWeights;
import dev.headlight.analysis.model.Projection;
import dev.headlight.analysis.model.VisionWeights;
import dev.headlight.samples.shapes.PixelBatch;
import dev.headlight.samples.shapes.ShapeQuestion;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * LLaVA's architecture, small: what leaves the last block of a CLIP tower goes, without the class
 * token, through two projections into a Llama.
 *
 * @param tower the tower
 * @param language the Llama
 * @param imageToken id of the tokens that patches take the place of
 */
record LlavaBlueprint(ClipBlueprint tower, LlamaBlueprint language, int imageToken)
    implements Blueprint {
  private static final double WRITING = 0.15;

  /** PIL's number for bicubic resampling. */
  private static final int BICUBIC = 3;

  @Override
  public JsonObject config() {
    JsonObject text = language.config();
    JsonObject config = new JsonObject();
    JsonArray architectures = new JsonArray();
    architectures.add("LlavaForConditionalGeneration");
    config.add("architectures", architectures);
    config.addProperty("model_type", "llava");
    config.addProperty("image_token_index", imageToken);
    config.addProperty("image_seq_length", tower.patches());
    config.addProperty("multimodal_projector_bias", true);
    config.addProperty("projector_hidden_act", "gelu");
    config.addProperty("vision_feature_layer", -1);
    config.addProperty("vision_feature_select_strategy", "default");
    for (String common : List.of("bos_token_id", "eos_token_id", "tie_word_embeddings")) {
      config.add(common, text.get(common));
    }
    config.add("torch_dtype", text.get("torch_dtype"));
    text.remove("architectures");
    text.remove("torch_dtype");
    config.add("text_config", text);
    config.add("vision_config", tower.config());
    return config;
  }

  /** Pictures of the tower's size are taken as they are, but for their range. */
  @Override
  public Map<String, JsonObject> settings() {
    return Map.of(
        "preprocessor_config.json", preprocessor(),
        "processor_config.json", processor(),
        "generation_config.json", generation());
  }

  private JsonObject preprocessor() {
    JsonObject json = new JsonObject();
    json.addProperty("image_processor_type", "CLIPImageProcessor");
    json.addProperty("processor_class", "LlavaProcessor");
    JsonObject edge = new JsonObject();
    edge.addProperty("shortest_edge", tower.size());
    json.add("size", edge);
    JsonObject crop = new JsonObject();
    crop.addProperty("height", tower.size());
    crop.addProperty("width", tower.size());
    json.add("crop_size", crop);
    for (String step : List.of("resize", "center_crop", "rescale", "normalize", "convert_rgb")) {
      json.addProperty("do_" + step, true);
    }
    json.addProperty("resample", BICUBIC);
    json.addProperty("rescale_factor", 1 / 255.0);
    json.add("image_mean", channels(PixelBatch.MEAN));
    json.add("image_std", channels(PixelBatch.DEVIATION));
    return json;
  }

  private static JsonArray channels(double value) {
    JsonArray array = new JsonArray();
    for (int channel = 0; channel < ClipBlueprint.CHANNELS; channel++) {
      array.add(value);
    }
    return array;
  }

  private JsonObject processor() {
    JsonObject json = new JsonObject();
    json.addProperty("processor_class", "LlavaProcessor");
    json.addProperty("image_token", ShapeQuestion.IMAGE);
    json.addProperty("patch_size", tower.patch());
    json.addProperty("num_additional_image_tokens", 1);
    json.addProperty("vision_feature_select_strategy", "default");
    return json;
  }

  private JsonObject generation() {
    JsonObject text = language.config();
    JsonObject json = new JsonObject();
    json.add("bos_token_id", text.get("bos_token_id"));
    json.add("eos_token_id", text.get("eos_token_id"));
    json.add("pad_token_id", text.get("eos_token_id"));
    return json;
  }

  @Override
  public int positions() {
    return language.positions();
  }

  @Override
  public StoredType stored() {
    return StoredType.F16;
  }

  @Override
  public TrainedWeights begin(Random random, NDManager manager) {
    ParameterFactory make = new ParameterFactory(random, manager, "");
    ModelWeights text = language.begin(make.within("language_model.model."));
    ModelWeights sight = tower.begin(make.within("vision_tower.vision_model."));
    VisionWeights.Projector projector = projector(make.within("multi_modal_projector."));
    return new TrainedWeights(
        text.seeing(new VisionWeights(sight, projector)), make.all(), unread());
  }

  private VisionWeights.Projector projector(ParameterFactory make) {
    int in = tower.width();
    int out = language.width();
    Projection first = make.affine("linear_1", make.normals(1 / Math.sqrt(in), out, in), out, in);
    float[] writing = make.normals(WRITING / Math.sqrt(out), out, out);
    return new VisionWeights.Projector(null, first, make.affine("linear_2", writing, out, out));
  }

  /** Files of this family have a norm behind the tower that nothing goes through. */
  private List<Parameter.Stored> unread() {
    String norm = "vision_tower.vision_model.post_layernorm.";
    long[] shape = {tower.width()};
    float[] ones = new float[tower.width()];
    Arrays.fill(ones, 1);
    FloatBuffer zeros = FloatBuffer.wrap(new float[tower.width()]);
    return List.of(
        new Parameter.Stored(norm + "weight", shape, FloatBuffer.wrap(ones)),
        new Parameter.Stored(norm + "bias", shape, zeros));
  }
}
