package dev.headlight.analysis.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.headlight.analysis.Fixtures;
import dev.headlight.analysis.Parity;
import dev.headlight.analysis.checkpoint.SafetensorsFile;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.run.Intervention;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written behind a picture is what the reference implementation writes. */
class VisionGenerationTest {
  private static JsonObject written(String family) throws IOException {
    String json = Files.readString(Parity.folder("generation.json"));
    return JsonParser.parseString(json).getAsJsonObject().getAsJsonObject(family);
  }

  private static GenerateRequest request(SafetensorsFile reference, int length) {
    return GenerateRequest.greedy(Fixtures.ints(reference, "input_ids"), length)
        .withPictures(Fixtures.pixels(reference));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "llava",
        "idefics3",
        "smolvlm",
        "paligemma",
        "gemma3_vision",
        "qwen2_vl",
        "qwen2_5_vl"
      })
  void writesAsTheReference(String family) throws IOException {
    JsonArray tokens = written(family).getAsJsonArray("tokens");
    JsonArray logprobs = written(family).getAsJsonArray("logprobs");
    try (SafetensorsFile reference = Fixtures.reference(family);
        Model model = Model.open(Parity.folder(family), Progress.NONE)) {
      int before = model.liveArrays();
      Generation generation =
          model.generate(request(reference, tokens.size()), (id, p) -> {}, Progress.NONE);
      for (int i = 0; i < tokens.size(); i++) {
        assertEquals(tokens.get(i).getAsInt(), generation.tokens()[i], family + " token " + i);
        assertEquals(logprobs.get(i).getAsDouble(), generation.logprobs()[i], 1e-3);
      }
      assertEquals(before, model.liveArrays());
    }
  }

  /** A change in the tower reaches what is written. */
  @Test
  void changesInTheTowerAreWritten() {
    try (SafetensorsFile reference = Fixtures.reference("llava");
        Model model = Model.open(Parity.folder("llava"), Progress.NONE)) {
      GenerateRequest plain = request(reference, 6);
      float[] unchanged = model.generate(plain, (id, p) -> {}, Progress.NONE).logprobs();
      assertArrayEquals(unchanged, written(model, plain, "scale:vision.L*H*=1"), 1e-5f);
      assertFalse(Arrays.equals(unchanged, written(model, plain, "zero:vision.L0H*")));
    }
  }

  private static float[] written(Model model, GenerateRequest plain, String change) {
    List<Intervention> changes = List.of(Intervention.parse(change));
    return model
        .generate(plain.withInterventions(changes), (id, p) -> {}, Progress.NONE)
        .logprobs();
  }
}
