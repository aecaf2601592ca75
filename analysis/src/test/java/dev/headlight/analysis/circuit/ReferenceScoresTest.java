package dev.headlight.analysis.circuit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.pairs.TokenPair;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every edge's score is what TransformerLens's own hooks give; see circuit/make_eap.py. */
class ReferenceScoresTest {
  @ParameterizedTest
  @CsvSource({"gpt2,EAP", "gpt2,EAP_IG", "llama,EAP", "llama,EAP_IG"})
  void edgesOfFixtures(String family, EdgeScores.Method method) throws IOException {
    JsonObject reference = reference(family);
    JsonArray expected = reference.getAsJsonArray(method.toString());
    TokenPair pair =
        new TokenPair(
            ids(reference.getAsJsonArray("clean")),
            ids(reference.getAsJsonArray("corrupt")),
            new int[] {reference.get("answer").getAsInt()},
            new int[] {reference.get("wrong").getAsInt()});
    int steps = reference.get("steps").getAsInt();
    Toy.on(
        family,
        model -> {
          try (Ungrouped ungrouped = Ungrouped.of(model)) {
            EdgeScores scores =
                EdgeAttribution.run(ungrouped.model(), List.of(pair), method, steps, Progress.NONE);
            assertEquals(reference.get("logitDiff").getAsDouble(), scores.contrast().clean(), 1e-4);
            compare(expected, scores);
          }
        });
  }

  private static void compare(JsonArray expected, EdgeScores scores) {
    double largest = Math.abs(scores.ranked().get(0).score());
    assertTrue(largest > 1e-3, "all scores are 0");
    assertEquals(expected.size(), scores.values().length);
    for (int r = 0; r < expected.size(); r++) {
      JsonArray row = expected.get(r).getAsJsonArray();
      assertEquals(row.size(), scores.values()[r].length);
      for (int s = 0; s < row.size(); s++) {
        Receiver to = scores.wiring().receiver(r);
        String name = scores.wiring().sender(s) + " to " + to;
        assertEquals(row.get(s).getAsDouble(), scores.values()[r][s], 1e-4 * largest, name);
      }
    }
  }

  private static JsonObject reference(String family) throws IOException {
    String name = "/circuit/" + family + ".json";
    try (InputStream in = ReferenceScoresTest.class.getResourceAsStream(name)) {
      return JsonParser.parseReader(new InputStreamReader(in, StandardCharsets.UTF_8))
          .getAsJsonObject();
    }
  }

  private static int[] ids(JsonArray list) {
    int[] ids = new int[list.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = list.get(i).getAsInt();
    }
    return ids;
  }
}
