package dev.headlight.analysis.text;

import dev.headlight.analysis.Parity;
import dev.headlight.analysis.checkpoint.Checkpoint;
import dev.headlight.analysis.checkpoint.SafetensorsWriter;
import dev.headlight.analysis.checkpoint.StoredType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Opens the fixtures' tokenizers; where a family has no weights a folder with one small tensor is
 * made.
 */
final class Tokenizers {
  private static final List<String> FILES =
      List.of(
          "config.json",
          "generation_config.json",
          "tokenizer.json",
          "tokenizer_config.json",
          "special_tokens_map.json");

  private Tokenizers() {}

  static TextTokenizer open(String family, Path scratch) {
    return reopen(copy(family, scratch));
  }

  static TextTokenizer reopen(Path folder) {
    try (Checkpoint checkpoint = Checkpoint.open(folder)) {
      return TextTokenizer.open(checkpoint).orElseThrow();
    }
  }

  static Path copy(String family, Path scratch) {
    try {
      Path folder = Files.createDirectories(scratch.resolve(family));
      for (String name : FILES) {
        Path from = Parity.folder(family).resolve(name);
        if (Files.exists(from)) {
          Files.copy(from, folder.resolve(name));
        }
      }
      try (SafetensorsWriter writer =
          SafetensorsWriter.to(folder.resolve("model.safetensors"))
              .tensor("w", StoredType.F32, 1)
              .open()) {
        writer.floats("w", FloatBuffer.wrap(new float[1]));
        writer.commit();
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
