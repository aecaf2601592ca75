package dev.headlight.samples.train;

import ai.djl.ndarray.NDManager;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.headlight.analysis.checkpoint.StoredType;
import dev.headlight.analysis.model.LayerWeights;
import dev.headlight.analysis.model.MlpWeights;
import dev.headlight.analysis.model.ModelWeights;
import dev.headlight.analysis.model.NormWeights;
import dev.headlight.analysis.model.Projection;
import dev.headlight.analysis.model.Weight;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Llama's architecture, small: RMSNorm, rotary positions, grouped heads, SwiGLU, tied embedding.
 * How its weights begin is {@link LlamaBeginning}'s.
 *
 * @param layers number of blocks
 * @param heads query heads a block
 * @param groups key/value groups a block
 * @param headDim width of a head
 * @param width width of the residual stream
 * @param inner inner width of the MLP
 * @param positions longest prompt
 * @param vocab number of tokens
 * @param theta base of the rotary wavelengths
 * @param leaning heads that begin by looking some tokens back
 * @param matching heads that begin by comparing, in later layers than the leaning ones they are of
 */
record LlamaBlueprint(
    int layers,
    int heads,
    int groups,
    int headDim,
    int width,
    int inner,
    int positions,
    int vocab,
    double theta,
    List<Leaning> leaning,
    List<Matching> matching)
    implements Blueprint {

  /**
   * A head that begins by looking back.
   *
   * @param layer its block
   * @param head its number there
   * @param distance how many tokens back
   */
  record Leaning(int layer, int head, int distance) {}

  /**
   * A head that begins by comparing tokens with what a leaning head wrote.
   *
   * @param layer its block
   * @param head its number there, the first of its group
   * @param of number of the leaning head
   * @param asking whether it looks from where that head wrote for tokens like that, and not from a
   *     token for where that head wrote of one like it
   */
  record Matching(int layer, int head, int of, boolean asking) {
    /** A beginning of induction: looks for where the first leaning head wrote of its token. */
    Matching(int layer, int head) {
      this(layer, head, 0, false);
    }
  }

  @Override
  public JsonObject config() {
    JsonObject config = new JsonObject();
    JsonArray architectures = new JsonArray();
    architectures.add("LlamaForCausalLM");
    config.add("architectures", architectures);
    config.addProperty("model_type", "llama");
    config.addProperty("vocab_size", vocab);
    config.addProperty("max_position_embeddings", positions);
    config.addProperty("hidden_size", width);
    config.addProperty("intermediate_size", inner);
    config.addProperty("num_hidden_layers", layers);
    config.addProperty("num_attention_heads", heads);
    config.addProperty("num_key_value_heads", groups);
    config.addProperty("head_dim", headDim);
    config.addProperty("hidden_act", "silu");
    config.addProperty("rms_norm_eps", 1e-5);
    config.addProperty("rope_theta", theta);
    config.addProperty("attention_bias", false);
    config.addProperty("mlp_bias", false);
    config.addProperty("attention_dropout", 0.0);
    config.addProperty("bos_token_id", 0);
    config.addProperty("eos_token_id", 0);
    config.addProperty("tie_word_embeddings", true);
    config.addProperty("torch_dtype", "float16");
    return config;
  }

  @Override
  public StoredType stored() {
    return StoredType.F16;
  }

  @Override
  public TrainedWeights begin(Random random, NDManager manager) {
    ParameterFactory make = new ParameterFactory(random, manager, "model.");
    ModelWeights weights = begin(make);
    return new TrainedWeights(weights, make.all());
  }

  /** New parameters, made by a factory whose names begin as the model's do. */
  ModelWeights begin(ParameterFactory make) {
    LlamaBeginning beginning = new LlamaBeginning(this, make);
    Parameter tokens = make.of("embed_tokens.weight", beginning.tokens(), vocab, width);
    List<LayerWeights> blocks = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      blocks.add(block(layer, beginning, make.within("layers." + layer + ".")));
    }
    return new ModelWeights(
        Weight.of(tokens.array()),
        null,
        blocks,
        make.scale("norm.weight", width),
        new Projection(Weight.of(tokens.array()), null));
  }

  private LayerWeights block(int layer, LlamaBeginning beginning, ParameterFactory make) {
    LlamaBeginning.Attention attention = beginning.attention(layer);
    NormWeights first = make.scale("input_layernorm.weight", width);
    Projection qkv = make.stacked("self_attn.qkv", attention.qkv(), width, qkvParts());
    Projection out =
        make.linear("self_attn.o_proj.weight", attention.out(), width, heads * headDim);
    NormWeights second = make.scale("post_attention_layernorm.weight", width);
    Map<String, Integer> gateUp = new LinkedHashMap<>();
    gateUp.put("mlp.gate_proj.weight", inner);
    gateUp.put("mlp.up_proj.weight", inner);
    Projection up = make.stacked("mlp.gate_up", beginning.mlpIn(), width, gateUp);
    Projection down = make.linear("mlp.down_proj.weight", beginning.mlpOut(), width, inner);
    MlpWeights mlp = new MlpWeights(up, down);
    return new LayerWeights(first, qkv, null, null, out, null, second, mlp, null, null, null);
  }

  private Map<String, Integer> qkvParts() {
    Map<String, Integer> parts = new LinkedHashMap<>();
    parts.put("self_attn.q_proj.weight", heads * headDim);
    parts.put("self_attn.k_proj.weight", groups * headDim);
    parts.put("self_attn.v_proj.weight", groups * headDim);
    return parts;
  }
}
