package dev.headlight.app;

import dev.headlight.app.engine.ModelSource;
import java.nio.file.Path;

/** Tiny models of the repository. */
public final class Fixtures {
  private static final Path RESOURCES = Path.of("..", "analysis", "src", "test", "resources");

  private Fixtures() {}

  /** GPT-2 shape: 3 layers, 4 heads, 64 positions, with a tokenizer. */
  public static ModelSource gpt2() {
    return ModelSource.of(RESOURCES.resolve("parity").resolve("gpt2"));
  }

  /** Trained on stories: 5 layers, 8 heads in 4 groups, 512 positions. */
  public static ModelSource stories() {
    return ModelSource.of(RESOURCES.resolve("stories260K"));
  }

  /** A model without a tokenizer. */
  public static ModelSource idsOnly() {
    return ModelSource.of(RESOURCES.resolve("parity").resolve("gpt2_hub_names"));
  }
}
