package dev.headlight.samples;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A picture that comes with a sample, and a question about it.
 *
 * @param picture a PNG file
 * @param mask a PNG file of the same size, white where that is what the question is about, else
 *     black; empty where it is about nothing or all
 * @param prompt the question, with the place of the picture in it
 * @param answer the words that answer it
 */
public record SampleExample(Path picture, Optional<Path> mask, String prompt, String answer) {
  private static final String FOLDER = "examples";

  /** The examples in a sample's folder, in their order; none where it has none. */
  static List<SampleExample> of(Path sample) {
    Path folder = sample.resolve(FOLDER);
    Path list = folder.resolve("examples.json");
    if (!Files.exists(list)) {
      return List.of();
    }
    List<SampleExample> examples = new ArrayList<>();
    try {
      JsonParser.parseString(Files.readString(list))
          .getAsJsonArray()
          .forEach(example -> examples.add(read(folder, example.getAsJsonObject())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(examples);
  }

  private static SampleExample read(Path folder, JsonObject example) {
    return new SampleExample(
        folder.resolve(example.get("picture").getAsString()),
        Optional.ofNullable(example.get("mask")).map(m -> folder.resolve(m.getAsString())),
        example.get("prompt").getAsString(),
        example.get("answer").getAsString());
  }
}
