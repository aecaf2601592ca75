package dev.headlight.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.headlight.app.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InfoAndTokensTest {
  @Test
  void infoSaysWhatScriptsRelyOn() {
    CliRun run = CliRun.of("info", CliRun.fixture("llama"), "--json");

    assertEquals(0, run.code(), run.err());
    JsonObject info = JsonParser.parseString(run.out()).getAsJsonObject();
    assertEquals("llama", info.get("family").getAsString());
    assertEquals("LlamaForCausalLM", info.get("architecture").getAsString());
    assertEquals(8, info.get("heads").getAsInt());
    assertEquals(2, info.get("kvHeads").getAsInt());
    assertEquals(320, info.get("vocab").getAsInt());
    assertTrue(info.get("hasTokenizer").getAsBoolean());
    for (String field :
        new String[] {
          "layers", "headDim", "width", "maxPositions", "parameters", "storedType", "tiedEmbeddings"
        }) {
      assertTrue(info.has(field), field);
    }
    assertTrue(info.get("sha256").getAsString().matches("[0-9a-f]{64}"));
  }

  @Test
  void infoSaysWhereTheWeightsWouldStay() {
    for (String where : new String[] {"full", "stored", "streamed"}) {
      CliRun run = CliRun.of("info", CliRun.fixture("llama"), "--residency", where, "--json");

      assertEquals(0, run.code(), run.err());
      JsonObject info = JsonParser.parseString(run.out()).getAsJsonObject();
      assertTrue(info.get("residency").getAsString().startsWith(where + ": "), run.out());
    }
    assertEquals(2, CliRun.of("info", CliRun.fixture("llama"), "--residency", "nowhere").code());
  }

  @Test
  void infoForPeopleHasALineForEachFact() {
    CliRun run = CliRun.of("info", CliRun.fixture("gpt2"));

    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("GPT2LMHeadModel"), run.out());
  }

  private static JsonObject parity(Path model) {
    CliRun run = CliRun.of("info", model, "--json");
    assertEquals(0, run.code(), run.err());
    return JsonParser.parseString(run.out()).getAsJsonObject().getAsJsonObject("parity");
  }

  @Test
  void infoComparesWithTheReferenceBesideTheWeights(@TempDir Path folder) throws IOException {
    JsonObject passed = parity(CliRun.fixture("llama"));
    assertEquals("passed", passed.get("outcome").getAsString());
    assertTrue(passed.get("worst").getAsDouble() < passed.get("tolerance").getAsDouble());
    assertTrue(passed.get("values").getAsLong() > 10_000);
    assertTrue(passed.get("madeWith").getAsString().contains("transformers"));

    Fixtures.wrongReference(folder);
    JsonObject failed = parity(folder);
    assertEquals("failed", failed.get("outcome").getAsString());
    assertEquals("logits", failed.get("tensor").getAsString());
    CliRun text = CliRun.of("info", folder);
    assertTrue(text.out().contains("failed: logits differs by"), text.out());

    Path reference = folder.resolve("reference.safetensors");
    Files.writeString(reference, "no reference at all");
    JsonObject damaged = parity(folder);
    assertEquals("unreadable", damaged.get("outcome").getAsString());
    assertTrue(damaged.get("reason").getAsString().contains("reference.safetensors"));

    Files.delete(reference);
    assertEquals("none", parity(folder).get("outcome").getAsString());
  }

  @Test
  void infoSaysThatABodyHasNoHead() {
    CliRun run = CliRun.of("info", CliRun.fixture("bert_body"));

    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("no next-token head"), run.out());
    assertTrue(run.out().contains("parity               passed"), run.out());
  }

  @Test
  void tokensEqualTheReferenceTokenizer(@TempDir Path folder) throws IOException {
    Path reference = CliRun.fixture("gpt2").resolve("tokenizer_reference.json");
    JsonArray strings =
        JsonParser.parseString(Files.readString(reference))
            .getAsJsonObject()
            .getAsJsonArray("strings");
    assertTrue(strings.size() > 10);
    for (JsonElement element : strings) {
      JsonObject example = element.getAsJsonObject();
      Path file = folder.resolve("prompt.txt");
      Files.writeString(file, example.get("text").getAsString());
      CliRun run =
          example.get("add_special_tokens").getAsBoolean()
              ? CliRun.of("tokens", CliRun.fixture("gpt2"), "--prompt-file", file, "--json")
              : CliRun.of(
                  "tokens",
                  CliRun.fixture("gpt2"),
                  "--prompt-file",
                  file,
                  "--json",
                  "--no-special");

      assertEquals(0, run.code(), run.err());
      JsonObject tokens = JsonParser.parseString(run.out()).getAsJsonObject();
      assertEquals(example.get("ids"), tokens.get("ids"), example.get("text").getAsString());
      assertEquals(tokens.getAsJsonArray("ids").size(), tokens.getAsJsonArray("labels").size());
    }
  }

  @Test
  void offsetsCountUtf16Units() {
    CliRun run = CliRun.of("tokens", CliRun.fixture("gpt2"), "--prompt", "a🙂b", "--json");

    JsonArray offsets =
        JsonParser.parseString(run.out()).getAsJsonObject().getAsJsonArray("offsets");
    JsonArray last = offsets.get(offsets.size() - 1).getAsJsonArray();
    assertEquals(3, last.get(0).getAsInt());
    assertEquals(4, last.get(1).getAsInt());
  }
}
