package dev.headlight.samples.train;

import ai.djl.ndarray.NDManager;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.headlight.analysis.model.LayerWeights;
import dev.headlight.analysis.model.ModelWeights;
import dev.headlight.analysis.model.NormWeights;
import dev.headlight.analysis.model.Projection;
import dev.headlight.analysis.model.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * GPT-2's architecture, small. Two things begin otherwise than in GPT-2, because they let heads
 * form in minutes: the position table begins as sinusoids (Vaswani et al. 2017), and the keys'
 * weights begin equal to the queries', so that every head begins by matching like with like
 * (Trockman and Kolter 2023, mimetic initialization). Both are trained on like all else.
 *
 * @param layers number of blocks
 * @param heads heads a block
 * @param width width of the residual stream
 * @param inner inner width of the MLP
 * @param positions longest prompt
 * @param vocab number of tokens
 * @param embeddingDeviation standard deviation of the token table at the beginning
 * @param positionAmplitude amplitude of the sinusoids of the position table
 */
record Gpt2Blueprint(
    int layers,
    int heads,
    int width,
    int inner,
    int positions,
    int vocab,
    double embeddingDeviation,
    double positionAmplitude)
    implements Blueprint {
  /** The wavelengths of the sinusoids go from 2π to this many times 2π. */
  private static final double WAVELENGTHS = 64;

  @Override
  public JsonObject config() {
    JsonObject config = new JsonObject();
    JsonArray architectures = new JsonArray();
    architectures.add("GPT2LMHeadModel");
    config.add("architectures", architectures);
    config.addProperty("model_type", "gpt2");
    config.addProperty("vocab_size", vocab);
    config.addProperty("n_positions", positions);
    config.addProperty("n_embd", width);
    config.addProperty("n_layer", layers);
    config.addProperty("n_head", heads);
    config.addProperty("n_inner", inner);
    config.addProperty("activation_function", "gelu_new");
    config.addProperty("layer_norm_epsilon", 1e-5);
    for (String dropout : List.of("attn_pdrop", "embd_pdrop", "resid_pdrop")) {
      config.addProperty(dropout, 0.0);
    }
    config.addProperty("bos_token_id", 0);
    config.addProperty("eos_token_id", 0);
    config.addProperty("tie_word_embeddings", true);
    config.addProperty("torch_dtype", "float32");
    return config;
  }

  @Override
  public TrainedWeights begin(Random random, NDManager manager) {
    ParameterFactory make = new ParameterFactory(random, manager, "transformer.");
    Parameter tokens = make.normal("wte.weight", embeddingDeviation, vocab, width);
    Parameter places = make.of("wpe.weight", sinusoids(), positions, width);
    List<LayerWeights> blocks = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      blocks.add(block(make.within("h." + layer + ".")));
    }
    ModelWeights weights =
        new ModelWeights(
            Weight.of(tokens.array()),
            Weight.of(places.array()),
            blocks,
            make.norm("ln_f", width),
            new Projection(Weight.of(tokens.array()), null));
    return new TrainedWeights(weights, make.all());
  }

  private LayerWeights block(ParameterFactory make) {
    double deviation = 1 / Math.sqrt(width);
    // As GPT-2: what writes to the residual stream begins smaller, the more layers there are.
    double writing = deviation / Math.sqrt(2.0 * layers);
    NormWeights first = make.norm("ln_1", width);
    Projection qkv = make.conv1d("attn.c_attn", queriesAsKeys(make, deviation), 3 * width, width);
    Projection out = make.conv1d("attn.c_proj", make.normals(writing, width, width), width, width);
    NormWeights second = make.norm("ln_2", width);
    Projection up = make.conv1d("mlp.c_fc", make.normals(deviation, inner, width), inner, width);
    Projection down = make.conv1d("mlp.c_proj", make.normals(writing, width, inner), width, inner);
    return new LayerWeights(first, qkv, null, null, out, second, up, down);
  }

  private float[] queriesAsKeys(ParameterFactory make, double deviation) {
    float[] qkv = make.normals(deviation, 3 * width, width);
    System.arraycopy(qkv, 0, qkv, width * width, width * width);
    return qkv;
  }

  private float[] sinusoids() {
    float[] table = new float[positions * width];
    for (int position = 0; position < positions; position++) {
      for (int i = 0; i < width; i += 2) {
        double angle = position * Math.pow(WAVELENGTHS, -(double) i / width);
        table[position * width + i] = (float) (positionAmplitude * Math.sin(angle));
        table[position * width + i + 1] = (float) (positionAmplitude * Math.cos(angle));
      }
    }
    return table;
  }
}
