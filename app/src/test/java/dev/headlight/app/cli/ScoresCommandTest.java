package dev.headlight.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoresCommandTest {
  @TempDir private Path folder;

  private static JsonObject json(Object... args) {
    CliRun run = CliRun.of(args);
    assertEquals(0, run.code(), run.err());
    assertEquals(1, run.out().strip().lines().count());
    return JsonParser.parseString(run.out()).getAsJsonObject();
  }

  private static void refused(String message, Object... args) {
    CliRun run = CliRun.of(args);
    assertEquals(3, run.code(), run.err());
    assertTrue(run.err().contains(message), run.err());
    assertEquals("", run.out());
  }

  private Path twice(int... copy) throws IOException {
    String ids =
        IntStream.concat(IntStream.of(copy), IntStream.of(copy))
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(","));
    return Files.writeString(
        folder.resolve("tokens.json"), "{\"sequences\": [[%s],[%s]]}".formatted(ids, ids));
  }

  @Test
  void everyHeadHasEveryKindAskedForWithItsDefinition() throws IOException {
    JsonObject document =
        json(
            "scores",
            CliRun.fixture("llama"),
            "--kinds",
            "induction,previous,entropy",
            "--tokens-file",
            twice(5, 9, 13, 21),
            "--period",
            4,
            "--json");
    JsonObject first = document.getAsJsonArray("heads").get(0).getAsJsonObject();
    assertEquals(
        List.of("layer", "head", "kvGroup", "induction", "previous", "entropy"),
        List.copyOf(first.keySet()));
    for (JsonElement row : document.getAsJsonArray("heads")) {
      double induction = row.getAsJsonObject().get("induction").getAsDouble();
      assertTrue(induction >= 0 && induction <= 1, row.toString());
    }
    assertTrue(
        document.getAsJsonObject("definitions").get("induction").getAsString().contains("(S−1)"));
  }

  @Test
  void randomIdsFollowTheirSeed() {
    Object[] args = {
      "scores", CliRun.fixture("gpt2"), "--random", 8, "--repeats", 3, "--batch", 2, "--json"
    };
    JsonObject first = json(args);
    assertEquals(first, json(args));
    assertEquals(2, first.get("sequences").getAsInt());
    assertEquals("b=0 S=8 R=3 batch=2", first.get("params").getAsString());
    assertEquals(6, first.getAsJsonObject("definitions").size());
  }

  @Test
  void writesTheTableOfHeadScores() throws IOException {
    Path csv = folder.resolve("scores.csv");
    CliRun run =
        CliRun.of(
            "scores", CliRun.fixture("gpt2"), "--random", 8, "--kinds", "duplicate", "--csv", csv);
    assertEquals(0, run.code(), run.err());
    List<String> lines = Files.readAllLines(csv);
    assertEquals(
        "model,model_sha256,metric,layer,head,kv_group,score,std,n_runs,seed,params", lines.get(0));
    assertEquals(1 + 3 * 4, lines.size());
    assertTrue(lines.get(1).matches("gpt2,[0-9a-f]{64},duplicate,0,0,0,.*,4,0,b=0 S=8 .*"));
    assertEquals(csv + System.lineSeparator(), run.out());
  }

  @Test
  void textHasThePlainScoresInATable() {
    CliRun run = CliRun.of("scores", CliRun.fixture("gpt2"), "--prompt", "The keeper of the");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().startsWith("head     KV group    entropy   distance      first"));
    assertEquals(1 + 3 * 4, run.out().lines().count());
    assertFalse(run.out().contains("induction"));
  }

  @Test
  void scoresWithSequencesOfTheirOwnNeedNone() {
    JsonObject document =
        json("scores", CliRun.fixture("gpt2"), "--kinds", "copying,positionOnly", "--json");
    JsonObject head = document.getAsJsonArray("heads").get(5).getAsJsonObject();
    assertTrue(Math.abs(head.get("copying").getAsDouble()) <= 1);
    assertTrue(head.get("positionOnly").getAsDouble() > 0);
    assertEquals(
        "weights alone, without biases; token to token over all tokens",
        document.getAsJsonObject("conditions").get("copying").getAsString());
  }

  @Test
  void aFileOfPromptsIsAveraged() throws IOException {
    Path prompts = folder.resolve("prompts.txt");
    Files.writeString(prompts, "The keeper of the door saw the keeper.\n\nThe key of the door.\n");
    Path csv = folder.resolve("local.csv");
    CliRun run =
        CliRun.of(
            "scores",
            CliRun.fixture("gpt2"),
            "--kinds",
            "first,inductionText",
            "--prompts-file",
            prompts,
            "--csv",
            csv);
    assertEquals(0, run.code(), run.err());
    String line = Files.readAllLines(csv).get(1);
    assertTrue(line.matches("gpt2,[0-9a-f]{64},first,0,0,0,0\\.\\d+,[-.0-9E]+,2,,"), line);
  }

  @Test
  void headsAreFoundByRulesAndDrawings() {
    Path gpt2 = CliRun.fixture("gpt2");
    JsonObject rule =
        json(
            "scores",
            gpt2,
            "--prompt",
            "The keeper of the door",
            "--query-token=e",
            "--key-token=T|k",
            "--json");
    JsonObject head = rule.getAsJsonArray("heads").get(0).getAsJsonObject();
    assertTrue(head.get("rule").getAsDouble() > 0);
    assertTrue(head.get("ruleLift").getAsDouble() > 0);
    JsonObject drawn =
        json("scores", gpt2, "--prompt", "The keeper of the door", "--pattern=./#./.#.", "--json");
    assertTrue(
        Math.abs(
                drawn.getAsJsonArray("heads").get(0).getAsJsonObject().get("pattern").getAsDouble())
            <= 1);
    refused("--key-token", "scores", gpt2, "--prompt", "a b", "--query-token=e");
    refused("unclosed", "scores", gpt2, "--prompt", "a", "--query-token=(", "--key-token=e");
    refused("0 queries", "scores", gpt2, "--prompt", "a", "--query-token=Q", "--key-token=e");
    refused("row 1 of the pattern", "scores", gpt2, "--prompt", "a b", "--pattern=./##./.");
    assertEquals(2, CliRun.of("scores", gpt2, "--kinds", "entropy").code());
  }

  @Test
  void badWishesAreSaid() throws IOException {
    Path gpt2 = CliRun.fixture("gpt2");
    refused(
        "no score is called \"inductoin\"", "scores", gpt2, "--random", 8, "--kinds", "inductoin");
    refused("--period", "scores", gpt2, "--tokens", "1,2,1,2", "--kinds", "induction");
    refused("does not repeat after 2", "scores", gpt2, "--tokens", "1,2,3,4,5", "--period", 2);
    refused("do not fit", "scores", gpt2, "--random", 500);
    refused("expected 2 or more", "scores", gpt2, "--random", 1);
    assertEquals(2, CliRun.of("scores", gpt2).code());
  }
}
