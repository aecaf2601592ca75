package dev.headlight.app.bench;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.checkpoint.SafetensorsWriter;
import dev.headlight.analysis.checkpoint.StoredType;
import dev.headlight.analysis.job.Progress;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * A model folder of 3 GB, in Llama's form and stored as bf16, with random weights. It lies in the
 * system's folder for temporary files and goes when it is closed.
 */
final class LargeCheckpoint implements AutoCloseable {
  private static final int LAYERS = 20;
  private static final int WIDTH = 2048;
  private static final int GROUPS = 512;
  private static final int INNER = 8192;
  private static final int VOCAB = 128_256;
  private static final float DEVIATION = 0.02f;
  private static final int POOL = 1 << 20;
  private static final String CONFIG =
      """
      {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "num_hidden_layers": %d,
       "hidden_size": %d, "num_attention_heads": 32, "num_key_value_heads": 8, "head_dim": 64,
       "intermediate_size": %d, "vocab_size": %d, "max_position_embeddings": 8192,
       "rope_theta": 500000.0, "rms_norm_eps": 1e-5, "tie_word_embeddings": true}
      """;

  private final Path folder;

  private LargeCheckpoint(Path folder) {
    this.folder = folder;
  }

  /**
   * Writes the folder.
   *
   * @throws HeadlightException when there is no room for it
   */
  static LargeCheckpoint write(long seed, Progress progress) {
    try {
      LargeCheckpoint written = new LargeCheckpoint(Files.createTempDirectory("headlight-bench"));
      try {
        written.write(new Random(seed), progress);
        return written;
      } catch (IOException | RuntimeException | Error e) {
        written.close();
        throw e;
      }
    } catch (IOException e) {
      throw new HeadlightException(
          Kind.OUTPUT, "the bench's model cannot be written: " + e.getMessage(), e);
    }
  }

  Path folder() {
    return folder;
  }

  private void write(Random random, Progress progress) throws IOException {
    Files.writeString(folder.resolve("config.json"), CONFIG.formatted(LAYERS, WIDTH, INNER, VOCAB));
    Map<String, long[]> shapes = shapes();
    SafetensorsWriter.Builder header = SafetensorsWriter.to(folder.resolve("model.safetensors"));
    shapes.forEach((name, shape) -> header.tensor(name, StoredType.BF16, shape));
    float[] pool = new float[POOL];
    for (int i = 0; i < POOL; i++) {
      pool[i] = DEVIATION * (float) random.nextGaussian();
    }
    float[] ones = new float[WIDTH];
    Arrays.fill(ones, 1);
    try (SafetensorsWriter out = header.open()) {
      int done = 0;
      for (Map.Entry<String, long[]> tensor : shapes.entrySet()) {
        progress.check();
        progress.report((double) done++ / shapes.size(), "writing " + tensor.getKey());
        long[] shape = tensor.getValue();
        if (shape.length == 1) {
          out.floats(tensor.getKey(), FloatBuffer.wrap(ones));
        } else {
          matrix(out, tensor.getKey(), shape[0] * shape[1], pool, random);
        }
      }
      out.commit();
    }
  }

  /** Numbers of the pool, from another place in it each time: drawing each would take minutes. */
  private static void matrix(
      SafetensorsWriter out, String name, long size, float[] pool, Random random) {
    for (long left = size; left > 0; ) {
      int from = random.nextInt(POOL / 2);
      int count = (int) Math.min(left, POOL - from);
      out.floats(name, FloatBuffer.wrap(pool, from, count));
      left -= count;
    }
  }

  private static Map<String, long[]> shapes() {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    shapes.put("model.embed_tokens.weight", new long[] {VOCAB, WIDTH});
    for (int layer = 0; layer < LAYERS; layer++) {
      String p = "model.layers." + layer + ".";
      shapes.put(p + "input_layernorm.weight", new long[] {WIDTH});
      shapes.put(p + "self_attn.q_proj.weight", new long[] {WIDTH, WIDTH});
      shapes.put(p + "self_attn.k_proj.weight", new long[] {GROUPS, WIDTH});
      shapes.put(p + "self_attn.v_proj.weight", new long[] {GROUPS, WIDTH});
      shapes.put(p + "self_attn.o_proj.weight", new long[] {WIDTH, WIDTH});
      shapes.put(p + "post_attention_layernorm.weight", new long[] {WIDTH});
      shapes.put(p + "mlp.gate_proj.weight", new long[] {INNER, WIDTH});
      shapes.put(p + "mlp.up_proj.weight", new long[] {INNER, WIDTH});
      shapes.put(p + "mlp.down_proj.weight", new long[] {WIDTH, INNER});
    }
    shapes.put("model.norm.weight", new long[] {WIDTH});
    return shapes;
  }

  @Override
  public void close() {
    try {
      for (String file : new String[] {"config.json", "model.safetensors", ""}) {
        Files.deleteIfExists(folder.resolve(file));
      }
    } catch (IOException e) {
      throw new HeadlightException(
          Kind.OUTPUT, folder + " could not be deleted: " + e.getMessage() + "; delete it", e);
    }
  }
}
