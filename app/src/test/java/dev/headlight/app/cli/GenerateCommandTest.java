package dev.headlight.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;

class GenerateCommandTest {
  private static JsonObject generate(Object... more) {
    Object[] args = new Object[more.length + 5];
    System.arraycopy(
        new Object[] {"generate", CliRun.fixture("llama"), "--json", "--max-new", "6"},
        0,
        args,
        0,
        5);
    System.arraycopy(more, 0, args, 5, more.length);
    CliRun run = CliRun.of(args);
    assertEquals(0, run.code(), run.err());
    assertEquals(1, run.out().strip().lines().count());
    return JsonParser.parseString(run.out()).getAsJsonObject();
  }

  @Test
  void greedyIsTheSameTwice() {
    JsonObject first = generate("--tokens", "1,2,3");
    assertEquals(first, generate("--tokens", "1,2,3"));
    assertTrue(first.getAsJsonArray("tokens").size() <= 6);
    assertEquals(first.getAsJsonArray("tokens").size(), first.getAsJsonArray("logprobs").size());
    for (JsonElement logprob : first.getAsJsonArray("logprobs")) {
      assertTrue(logprob.getAsDouble() <= 0);
    }
  }

  @Test
  void anInterventionChangesWhatIsWritten() {
    JsonObject plain = generate("--tokens", "1,2,3");
    JsonObject changed =
        generate("--tokens", "1,2,3", "--intervene", "zero:L0H*", "--intervene", "zero:L1H*");
    assertTrue(!plain.get("logprobs").equals(changed.get("logprobs")));
  }

  @Test
  void samplingFollowsItsSeed() {
    JsonObject first = generate("--tokens", "1", "--temperature", "5", "--seed", "1");
    assertEquals(first, generate("--tokens", "1", "--temperature", "5", "--seed", "1"));
    assertTrue(!first.equals(generate("--tokens", "1", "--temperature", "5", "--seed", "2")));
  }

  @Test
  void textGoesToStandardOutputAsItIsWritten() {
    CliRun json =
        CliRun.of(
            "generate", CliRun.fixture("llama"), "--prompt", "The", "--max-new", "8", "--json");
    CliRun plain =
        CliRun.of("generate", CliRun.fixture("llama"), "--prompt", "The", "--max-new", "8");
    String text = JsonParser.parseString(json.out()).getAsJsonObject().get("text").getAsString();
    assertEquals("The" + text + System.lineSeparator(), plain.out());
  }
}
