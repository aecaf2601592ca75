package dev.headlight.analysis.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.headlight.analysis.Parity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids, pieces, spans, flags and decoded text as Hugging Face's own tokenizers give them. */
class TokenizerParityTest {
  @TempDir Path scratch;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gpt2",
        "llama",
        "qwen2",
        "roberta",
        "bert",
        "llama_rope_linear",
        "llama_head_dim",
        "gemma"
      })
  void agreesWithTheReference(String family) throws IOException {
    Path reference = Parity.folder(family).resolve("tokenizer_reference.json");
    JsonArray strings =
        JsonParser.parseString(Files.readString(reference))
            .getAsJsonObject()
            .getAsJsonArray("strings");
    assertEquals(32, strings.size());
    try (TextTokenizer tokenizer = Tokenizers.open(family, scratch)) {
      for (JsonElement element : strings) {
        check(tokenizer, element.getAsJsonObject());
      }
    }
  }

  private static void check(TextTokenizer tokenizer, JsonObject expected) {
    String text = expected.get("text").getAsString();
    Tokens tokens = tokenizer.encode(text, expected.get("add_special_tokens").getAsBoolean());
    int[] ids = ints(expected.getAsJsonArray("ids"));
    assertArrayEquals(ids, tokens.ids(), text);
    assertEquals(text, tokens.text());
    assertEquals(ids.length, tokens.labels().size());
    JsonArray offsets = expected.getAsJsonArray("offsets");
    for (int i = 0; i < ids.length; i++) {
      String where = text + " token " + i;
      assertEquals(expected.getAsJsonArray("tokens").get(i).getAsString(), tokens.piece(i), where);
      int[] span = ints(offsets.get(i).getAsJsonArray());
      assertEquals(text.offsetByCodePoints(0, span[0]), tokens.start(i), where);
      assertEquals(text.offsetByCodePoints(0, span[1]), tokens.end(i), where);
      if (expected.getAsJsonArray("special").get(i).getAsInt() == 1) {
        assertTrue(tokens.special(i), where);
      }
    }
    assertEquals(expected.get("decoded").getAsString(), tokenizer.decode(ids, true), text);
  }

  private static int[] ints(JsonArray array) {
    return IntStream.range(0, array.size()).map(i -> array.get(i).getAsInt()).toArray();
  }
}
