package dev.headlight.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.headlight.app.Fixtures;
import dev.headlight.app.models.FakeHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Chat turns on the command line, and models fetched from a hub. */
class ChatCommandTest {
  @TempDir Path scratch;
  private Path model;

  @BeforeEach
  void model() throws IOException {
    model = Fixtures.chatModel(scratch.resolve("model"));
  }

  private static JsonObject json(CliRun run) {
    assertEquals(0, run.code(), run.err());
    return JsonParser.parseString(run.out()).getAsJsonObject();
  }

  @Test
  void aPromptBecomesAUsersTurn() {
    JsonObject tokens =
        json(
            CliRun.of(
                "tokens", model, "--chat", "--system", "Be kind.", "--prompt", "Hi", "--json"));
    assertEquals(
        "<|endoftext|>system: Be kind.\nuser: Hi\nassistant:", tokens.get("text").getAsString());
    assertEquals("[\"system\",\"user\"]", tokens.get("roles").toString());
    assertEquals("[\"<|endoftext|>\"]", tokens.get("added").toString());
    assertEquals(0, tokens.getAsJsonArray("ids").get(0).getAsInt());
  }

  @Test
  void aChatFileGivesTheSameTokensAsItsTurns() throws IOException {
    Path file = scratch.resolve("chat.json");
    Files.writeString(file, "[{\"role\": \"user\", \"content\": \"Hi\"}]");
    JsonObject ofFile = json(CliRun.of("tokens", model, "--chat-file", file, "--json"));
    JsonObject ofPrompt = json(CliRun.of("tokens", model, "--chat", "--prompt", "Hi", "--json"));
    assertEquals(ofPrompt, ofFile);
  }

  @Test
  void generatesAfterTheTurnsAndSaysWhatWasApplied() {
    CliRun run = CliRun.of("generate", model, "--chat", "--prompt", "Hi", "--max-new", 3, "--json");
    assertEquals(3, json(run).getAsJsonArray("tokens").size());
    assertTrue(run.err().contains("headlight: roles applied: user"), run.err());
  }

  @Test
  void saysWhatIsMissing() throws IOException {
    Path file = scratch.resolve("chat.json");
    Files.writeString(file, "{}");
    assertBad("found no messages", "tokens", model, "--chat-file", file);
    assertBad("--system: is a turn", "tokens", model, "--system", "x", "--prompt", "y");
    assertBad("--chat: needs text", "generate", model, "--chat", "--tokens", "1,2");
    assertBad("has no chat_template", "tokens", CliRun.fixture("gpt2"), "--chat", "--prompt", "x");
    assertBad("--no-special", "tokens", model, "--chat", "--prompt", "x", "--no-special");
  }

  private static void assertBad(String part, Object... arguments) {
    CliRun run = CliRun.of(arguments);
    assertEquals(3, run.code(), run.err());
    assertTrue(run.err().contains(part), run.err());
    assertEquals("", run.out());
  }

  @Test
  void getsAModelThatOpens() throws IOException {
    Path to = scratch.resolve("got");
    try (FakeHub hub = new FakeHub()) {
      for (String name : new String[] {"config.json", "tokenizer.json", "model.safetensors"}) {
        hub.with(name, Files.readAllBytes(CliRun.fixture("gpt2").resolve(name)));
      }
      CliRun run = CliRun.of("get", FakeHub.NAME, "--to", to, "--from", hub.uri());
      assertEquals(0, run.code(), run.err());
      assertEquals(to.toString(), run.out().strip());
      assertBad("no such repository", "get", "org/none", "--to", to, "--from", hub.uri());
    }
    assertEquals("gpt2", json(CliRun.of("info", to, "--json")).get("family").getAsString());
  }
}
