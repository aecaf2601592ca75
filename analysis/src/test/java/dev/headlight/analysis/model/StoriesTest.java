package dev.headlight.analysis.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.headlight.analysis.checkpoint.SafetensorsFile;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A small trained model (stories260K), against the reference implementation and by its prose. */
class StoriesTest {
  private static final Path FOLDER = Path.of("src/test/resources/stories260K");
  private static Model model;

  @BeforeAll
  static void open() {
    model = Model.open(FOLDER, Progress.NONE);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @Test
  void agreesWithTheReference() throws IOException {
    JsonObject info =
        JsonParser.parseString(Files.readString(FOLDER.resolve("a_parity.json"))).getAsJsonObject();
    try (SafetensorsFile reference = SafetensorsFile.open(FOLDER.resolve("a_parity.safetensors"))) {
      JsonArray prompts = info.getAsJsonArray("prompts");
      assertTrue(prompts.size() > 0);
      for (int p = 0; p < prompts.size(); p++) {
        int[] ids = ints(prompts.get(p).getAsJsonObject().getAsJsonArray("ids"));
        try (Run run = model.run(RunRequest.of(ids).forViewing(), Progress.NONE).get(0)) {
          close(reference.floats("p" + p + ".last_logits"), run.logits(-1), 1e-3f);
          float[] maps = reference.floats("p" + p + ".attention");
          int at = 0;
          for (JsonElement head : info.getAsJsonArray("heads")) {
            float[] map = run.map(Head.parse(head.getAsString())).weights().data();
            for (float weight : map) {
              assertEquals(maps[at++], Float.isNaN(weight) ? 0 : weight, 1e-4f);
            }
          }
        }
      }
    }
  }

  private static int[] ints(JsonArray array) {
    return array.asList().stream().mapToInt(JsonElement::getAsInt).toArray();
  }

  private static void close(float[] expected, float[] actual, float tolerance) {
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], tolerance, "logit " + i);
    }
  }

  @Test
  void writesAStory() {
    int[] prompt = model.tokenizer().orElseThrow().encode("Once upon a time").ids();
    Generation story =
        model.generate(GenerateRequest.greedy(prompt, 40), (id, p) -> {}, Progress.NONE);
    String text = model.tokenizer().orElseThrow().decode(story.tokens());
    assertTrue(text.startsWith(", there was a little girl named Lily."), text);
  }
}
