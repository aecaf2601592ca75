package dev.headlight.samples.train;

import com.google.gson.JsonObject;
import dev.headlight.analysis.model.EmbeddingWeights;
import dev.headlight.analysis.model.LayerWeights;
import dev.headlight.analysis.model.ModelWeights;
import dev.headlight.analysis.model.NormWeights;
import dev.headlight.analysis.model.Projection;
import dev.headlight.analysis.model.Weight;
import java.util.ArrayList;
import java.util.List;

/**
 * CLIP's tower of pictures, small. How its weights begin is {@link ClipBeginning}'s.
 *
 * @param layers number of blocks
 * @param heads heads a block
 * @param width width of the residual stream
 * @param inner inner width of the MLP
 * @param size width and height of a picture, in pixels
 * @param patch sides of a patch, in pixels
 */
record ClipBlueprint(int layers, int heads, int width, int inner, int size, int patch) {
  /** Red, green, blue. */
  static final int CHANNELS = 3;

  /** Patches in a row, and in a column. */
  int side() {
    return size / patch;
  }

  int patches() {
    return side() * side();
  }

  int headDim() {
    return width / heads;
  }

  /** Numbers of a patch. */
  int numbers() {
    return CHANNELS * patch * patch;
  }

  JsonObject config() {
    JsonObject config = new JsonObject();
    config.addProperty("model_type", "clip_vision_model");
    config.addProperty("hidden_size", width);
    config.addProperty("intermediate_size", inner);
    config.addProperty("num_hidden_layers", layers);
    config.addProperty("num_attention_heads", heads);
    config.addProperty("num_channels", CHANNELS);
    config.addProperty("image_size", size);
    config.addProperty("patch_size", patch);
    config.addProperty("hidden_act", "quick_gelu");
    config.addProperty("layer_norm_eps", 1e-5);
    config.addProperty("attention_dropout", 0.0);
    config.addProperty("projection_dim", width);
    return config;
  }

  /** New parameters, made by a factory whose names begin as the tower's do. */
  ModelWeights begin(ParameterFactory make) {
    ClipBeginning beginning = new ClipBeginning(this, make);
    Parameter special =
        make.of("embeddings.class_embedding", new float[width], List.of((long) width), 1, width);
    long side = patch;
    Parameter patches =
        make.of(
            "embeddings.patch_embedding.weight",
            beginning.patches(),
            List.of((long) width, (long) CHANNELS, side, side),
            width,
            numbers());
    Parameter positions =
        make.of(
            "embeddings.position_embedding.weight", beginning.positions(), 1L + patches(), width);
    NormWeights norm = make.norm("pre_layrnorm", width);
    List<LayerWeights> blocks = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      blocks.add(block(beginning, layer, make.within("encoder.layers." + layer + ".")));
    }
    Projection read = new Projection(Weight.of(patches.array()), null);
    Weight table = Weight.of(positions.array());
    EmbeddingWeights embedding = EmbeddingWeights.ofPatches(read, special.array(), table, norm);
    return new ModelWeights(embedding, blocks, null, null, null);
  }

  private LayerWeights block(ClipBeginning beginning, int layer, ParameterFactory make) {
    List<String> parts = List.of("self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj");
    NormWeights first = make.norm("layer_norm1", width);
    Projection qkv = make.stacked("self_attn.qkv", beginning.attention(layer), width, parts);
    Projection out = make.affine("self_attn.out_proj", beginning.out(), width, width);
    NormWeights second = make.norm("layer_norm2", width);
    Projection up = make.affine("mlp.fc1", beginning.mlpIn(), inner, width);
    Projection down = make.affine("mlp.fc2", beginning.mlpOut(), width, inner);
    return new LayerWeights(first, qkv, null, null, out, second, up, down);
  }
}
