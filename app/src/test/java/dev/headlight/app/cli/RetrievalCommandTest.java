package dev.headlight.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetrievalCommandTest {
  private static final Path STORIES =
      Path.of("..", "analysis", "src", "test", "resources", "stories260K");

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

  private static JsonObject reference() throws IOException {
    return JsonParser.parseString(Files.readString(STORIES.resolve("d_retrieval.json")))
        .getAsJsonObject();
  }

  /** The reference's prompts; what it answered is right. */
  private Path episodes() throws IOException {
    JsonArray episodes = new JsonArray();
    for (JsonElement element : reference().getAsJsonArray("episodes")) {
      JsonObject from = element.getAsJsonObject();
      JsonObject episode = new JsonObject();
      episode.add("tokens", from.get("ids"));
      episode.add("needle", from.get("needle"));
      episode.add("answer", from.get("generated"));
      episode.addProperty("maxNew", 12);
      episode.add("stop", new JsonArray());
      episodes.add(episode);
    }
    JsonObject root = new JsonObject();
    root.add("episodes", episodes);
    return Files.writeString(folder.resolve("episodes.json"), root.toString());
  }

  @Test
  void answersAndScoresAreThoseOfTheReference() throws IOException {
    JsonObject document = json("retrieval", STORIES, "--episodes", episodes(), "--json");
    assertEquals(1, document.get("success").getAsDouble());
    JsonArray expected = reference().getAsJsonArray("episodes");
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(
          expected.get(i).getAsJsonObject().get("generated"),
          document.getAsJsonArray("episodes").get(i).getAsJsonObject().get("generated"));
    }
    double sum = 0;
    for (JsonElement row : document.getAsJsonArray("heads")) {
      JsonObject head = row.getAsJsonObject();
      assertEquals(head.get("head").getAsInt() / 2, head.get("kvGroup").getAsInt());
      boolean active = head.get("activations").getAsInt() > 0;
      assertEquals(active, head.get("score").getAsDouble() > 0);
      sum += head.get("score").getAsDouble();
    }
    assertTrue(sum > 0);
    assertEquals(40, document.getAsJsonArray("heads").size());
  }

  @Test
  void masksFromThePlaceThatIsAskedFor() throws IOException {
    JsonObject reference = reference();
    StringBuilder heads = new StringBuilder();
    for (JsonElement head : reference.getAsJsonArray("masked")) {
      heads.append(heads.isEmpty() ? "" : ",").append(head.getAsString());
    }
    for (String when : List.of("decoding", "always")) {
      JsonObject document =
          json(
              "retrieval",
              STORIES,
              "--episodes",
              episodes(),
              "--mask",
              heads,
              "--mode",
              "zero",
              "--when",
              when,
              "--json");
      JsonObject first = reference.getAsJsonArray("episodes").get(0).getAsJsonObject();
      assertEquals(
          first.get("masked_" + when),
          document.getAsJsonArray("episodes").get(0).getAsJsonObject().get("generated"),
          when);
    }
  }

  @Test
  void aModelThatFindsNothingHasNoScores() {
    Object[] args = {"retrieval", STORIES, "--lengths", 200, "--depths", 0.5, "--max-new", 4};
    CliRun run = CliRun.of(args);
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().startsWith("0 of 3 needles found"), run.out());
    assertEquals(3, run.out().lines().filter(l -> l.startsWith("failed: episode")).count());
    assertTrue(run.out().contains("undefined"), run.out());
    Path scores = folder.resolve("scores.json");
    refused(
        "undefined",
        "retrieval",
        STORIES,
        "--lengths",
        200,
        "--depths",
        0.5,
        "--max-new",
        4,
        "--save-scores",
        scores);
    assertFalse(Files.exists(scores));
  }

  /** Plain English is not its world: only in its own stories the sample finds what is hidden. */
  @Test
  void theSampleIsAskedInItsOwnWords() {
    JsonObject found = json("retrieval", "sample:world-6l", "--json");
    assertEquals(18, found.getAsJsonArray("episodes").size());
    assertTrue(found.get("success").getAsDouble() >= 0.95, found.get("success").toString());
    JsonObject lost =
        json("retrieval", "sample:world-6l", "--plain-english", "--lengths", 200, "--json");
    assertEquals(0, lost.get("success").getAsDouble());
  }

  @Test
  void writesTablesAndTheFilesOfOthers() throws IOException {
    Path csv = folder.resolve("scores.csv");
    Path saved = folder.resolve("scores.json");
    Path answers = folder.resolve("answers.csv");
    CliRun run =
        CliRun.of(
            "retrieval",
            STORIES,
            "--episodes",
            episodes(),
            "--csv",
            csv,
            "--answers",
            answers,
            "--save-scores",
            saved);
    assertEquals(0, run.code(), run.err());
    List<String> lines = Files.readAllLines(csv);
    assertEquals(
        "model,model_sha256,metric,layer,head,kv_group,score,std,n_runs,seed,params", lines.get(0));
    assertEquals(1 + 5 * 40, lines.size());
    assertTrue(lines.get(1).matches("stories260K,[0-9a-f]{64},retrieval,0,0,0,.*"), lines.get(1));
    assertEquals(
        3, Files.readAllLines(answers).stream().filter(l -> l.matches("\\d,\\d+,2,.*")).count());
    assertTrue(Files.readString(saved).startsWith("{\"0-0\":["));
    Path curve = folder.resolve("curve.csv");
    JsonObject document =
        json(
            "retrieval",
            STORIES,
            "--episodes",
            episodes(),
            "--curve",
            "2,5",
            "--draws",
            1,
            "--heads-file",
            saved,
            "--curve-csv",
            curve,
            "--recall",
            "2,4",
            "--echo",
            8,
            "--json");
    assertEquals(4, document.getAsJsonArray("curve").size());
    assertEquals(5, Files.readAllLines(curve).size());
    assertEquals(2, document.getAsJsonArray("recall").size());
    assertEquals(8, document.getAsJsonObject("razor").get("period").getAsInt());
  }

  @Test
  void ranksTheTextsOfAFile() throws IOException {
    Path texts =
        Files.writeString(folder.resolve("texts.txt"), "Tim had a dog.\n\nThe sun is hot today.\n");
    Path csv = folder.resolve("influence.csv");
    JsonObject document =
        json(
            "retrieval",
            STORIES,
            "--episodes",
            episodes(),
            "--influence",
            texts,
            "--influence-csv",
            csv,
            "--json");
    JsonObject influence = document.getAsJsonObject("influence");
    assertEquals(2, influence.getAsJsonArray("heads").size());
    assertEquals(2, influence.getAsJsonArray("texts").size());
    assertEquals(
        "domain,rank,index,tokens,loss,loss_masked,influence,text", Files.readAllLines(csv).get(0));
  }

  @Test
  void badWishesAreSaid() throws IOException {
    Path short1 = Files.writeString(folder.resolve("short.txt"), "A tale. It ends.");
    refused("the haystack has", "retrieval", STORIES, "--haystack", short1, "--lengths", 200);
    refused("do not fit the 512 positions", "retrieval", STORIES, "--lengths", 600);
    refused("no such file", "retrieval", STORIES, "--episodes", folder.resolve("none.json"));
    refused("taken as they are", "retrieval", STORIES, "--episodes", episodes(), "--chat");
    refused("--window", "retrieval", STORIES, "--window", "5");
    refused("expected a .json or .tsv", "retrieval", STORIES, "--save-scores", "scores.txt");
    refused("outside the model", "retrieval", STORIES, "--episodes", episodes(), "--mask", "L9H0");
    assertEquals(2, CliRun.of("retrieval", STORIES, "--mask", "head five").code());
    Path other = Files.writeString(folder.resolve("o.json"), "{\"31-0\": [1]}");
    refused(
        "another model",
        "retrieval",
        STORIES,
        "--episodes",
        episodes(),
        "--curve",
        "2",
        "--heads-file",
        other);
    refused("encoder", "retrieval", CliRun.fixture("bert"), "--episodes", episodes());
  }
}
