package dev.headlight.app;

import dev.headlight.analysis.checkpoint.Checkpoint;
import dev.headlight.analysis.checkpoint.SafetensorsWriter;
import dev.headlight.analysis.checkpoint.StoredType;
import dev.headlight.app.engine.ModelSource;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Tiny models of the repository. */
public final class Fixtures {
  private static final Path RESOURCES = Path.of("..", "analysis", "src", "test", "resources");

  private Fixtures() {}

  /** GPT-2 shape: 3 layers, 4 heads, 64 positions, with a tokenizer. */
  public static ModelSource gpt2() {
    return ModelSource.of(RESOURCES.resolve("parity").resolve("gpt2"));
  }

  /** A fixture of one family, small and random. */
  public static ModelSource parity(String family) {
    return ModelSource.of(RESOURCES.resolve("parity").resolve(family));
  }

  /** Trained on stories: 5 layers, 8 heads in 4 groups, 512 positions. */
  public static ModelSource stories() {
    return ModelSource.of(RESOURCES.resolve("stories260K"));
  }

  /** A copy of {@link #gpt2} that has a chat template: turns as lines, after a beginning. */
  public static Path chatModel(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path from = RESOURCES.resolve("parity").resolve("gpt2");
    for (String name : List.of("config.json", "tokenizer.json", "model.safetensors")) {
      Files.copy(from.resolve(name), folder.resolve(name));
    }
    Files.writeString(
        folder.resolve("tokenizer_config.json"), "{\"bos_token\": \"<|endoftext|>\"}");
    Files.writeString(
        folder.resolve("chat_template.jinja"),
        """
        {{ bos_token }}
        {%- for m in messages %}
        {{- m.role + ': ' + m.content + '\n' }}
        {%- endfor %}
        {%- if add_generation_prompt %}{{ 'assistant:' }}{% endif %}
        """);
    return folder;
  }

  /** BERT's body: 2 layers, 4 heads, no vocabulary head, no tokenizer. */
  public static ModelSource body() {
    return ModelSource.of(RESOURCES.resolve("parity").resolve("bert_body"));
  }

  /** A copy of GPT-2's fixture whose reference says that every logit is 0. */
  public static ModelSource wrongReference(Path folder) throws IOException {
    Path source = gpt2().location().get();
    for (String name : new String[] {"config.json", "model.safetensors", "tokenizer.json"}) {
      Files.copy(source.resolve(name), folder.resolve(name));
    }
    try (SafetensorsWriter writer =
        SafetensorsWriter.to(folder.resolve(Checkpoint.REFERENCE))
            .tensor("input_ids", StoredType.I64, 2)
            .tensor("logits", StoredType.F32, 2, 320)
            .open()) {
      writer.longs("input_ids", LongBuffer.wrap(new long[] {5, 6}));
      writer.floats("logits", FloatBuffer.wrap(new float[640]));
      writer.commit();
    }
    return ModelSource.of(folder);
  }

  /** A model without a tokenizer. */
  public static ModelSource idsOnly() {
    return ModelSource.of(RESOURCES.resolve("parity").resolve("gpt2_hub_names"));
  }
}
