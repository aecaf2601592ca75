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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AblateCommandTest {
  @TempDir private Path folder;
  private Path tokens;
  private Path answers;

  @BeforeEach
  void files() throws IOException {
    tokens =
        Files.writeString(
            folder.resolve("tokens.json"),
            "{\"sequences\": [[3,14,15,92,65],[35,89,79,32,38],[46,26,43,38,32]]}");
    answers =
        Files.writeString(
            folder.resolve("answers.json"), "{\"answers\": [5,6,7], \"wrong\": [50,60,70]}");
  }

  private static CliRun ablate(Object... more) {
    List<Object> args = new ArrayList<>(List.of("ablate", CliRun.fixture("llama")));
    args.addAll(Arrays.asList(more));
    return CliRun.of(args.toArray());
  }

  private static JsonObject json(Object... more) {
    List<Object> args = new ArrayList<>(Arrays.asList(more));
    args.add("--json");
    CliRun run = ablate(args.toArray());
    assertEquals(0, run.code(), run.err());
    assertEquals(1, run.out().strip().lines().count());
    return JsonParser.parseString(run.out()).getAsJsonObject();
  }

  private static void refused(String message, Object... more) {
    CliRun run = ablate(more);
    assertEquals(3, run.code(), run.err());
    assertTrue(run.err().contains(message), run.err());
    assertEquals("", run.out());
  }

  @Test
  void theDocumentHasWhatScriptsRelyOn() {
    JsonObject document =
        json(
            "--tokens-file",
            tokens,
            "--answers",
            answers,
            "--sweep",
            "heads",
            "--mode",
            "mean",
            "--metric",
            "logit-diff");
    assertEquals("logit-diff", document.get("metric").getAsString());
    assertEquals(3, document.getAsJsonArray("baseline").size());
    assertEquals(24, document.getAsJsonArray("runs").size());
    JsonObject run = document.getAsJsonArray("runs").get(9).getAsJsonObject();
    assertEquals("L1H1", run.getAsJsonArray("heads").get(0).getAsString());
    assertEquals("mean", run.get("mode").getAsString());
    double sum = 0;
    for (int s = 0; s < 3; s++) {
      sum += run.getAsJsonArray("values").get(s).getAsDouble();
      sum -= document.getAsJsonArray("baseline").get(s).getAsDouble();
    }
    assertEquals(sum / 3, run.get("delta").getAsDouble(), 1e-9);
    assertTrue(document.get("semantics").getAsString().contains("position by position"));
    assertFalse(run.get("noEffect").getAsBoolean());
  }

  @Test
  void setsOfHeadsSweepsAndPositions() {
    JsonObject sets = json("--tokens-file", tokens, "--heads", "L0H1,L1G0", "--heads", "L2H*");
    assertEquals(2, sets.getAsJsonArray("runs").size());
    JsonObject layers =
        json("--tokens-file", tokens, "--sweep", "layers", "--positions", "-1", "--metric", "kl");
    assertEquals(3, layers.getAsJsonArray("runs").size());
    JsonObject last = layers.getAsJsonArray("runs").get(2).getAsJsonObject();
    assertEquals("zero:L2H*@-1", last.get("intervention").getAsString());
    assertTrue(last.get("delta").getAsDouble() > 0);
    assertEquals(
        24, json("--tokens", "3,14,15", "--sweep", "leave-one-in").getAsJsonArray("runs").size());
  }

  @Test
  void aFactorOfOneIsSaidToHaveNoEffect() {
    CliRun run =
        ablate("--tokens", "3,14,15", "--heads", "L1H2", "--mode", "scale", "--factor", "1");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("changed nothing"), run.out());
    assertTrue(run.err().contains("NO EFFECT"), run.err());
    assertTrue(run.err().contains("L1H2"), run.err());
  }

  @Test
  void moreIsMeasuredBesides() throws IOException {
    Path matrix = folder.resolve("alike.csv");
    Path curve = folder.resolve("curve.csv");
    JsonObject document =
        json(
            "--tokens-file",
            tokens,
            "--sweep",
            "heads",
            "--metric",
            "loss",
            "--curve",
            "1,4,24",
            "--draws",
            "2",
            "--curve-csv",
            curve,
            "--pairs-of",
            "L0H1,L1H2,L2H0",
            "--importance",
            "--by-layer",
            "--redundancy",
            matrix,
            "--rank",
            "1,2");
    assertEquals(4, document.getAsJsonArray("curves").size());
    JsonObject pairs = document.getAsJsonObject("interaction");
    assertEquals(3, pairs.getAsJsonArray("pairs").size());
    JsonObject importance = document.getAsJsonObject("importance");
    assertEquals(24, importance.getAsJsonArray("perBatch").size());
    assertTrue(Math.abs(importance.get("spearmanPerToken").getAsDouble()) <= 1);
    JsonObject low = document.getAsJsonObject("lowRank");
    JsonElement group = low.getAsJsonArray("groups").get(0);
    assertEquals(2, group.getAsJsonObject().getAsJsonArray("keys").size());
    assertEquals(1 + 4 * 3, Files.readAllLines(curve).size());
    assertEquals(1 + 24, Files.readAllLines(matrix).size());
    assertEquals(1 + 24, Files.readAllLines(folder.resolve("alike-patterns.csv")).size());
  }

  @Test
  void importanceAloneTakesNothingAway() {
    JsonObject document = json("--tokens", "3,14,15", "--importance", "--metric", "loss");
    assertFalse(document.has("runs"));
    assertEquals(24, document.getAsJsonObject("importance").getAsJsonArray("perToken").size());
  }

  @Test
  void tablesAreWritten() throws IOException {
    Path csv = folder.resolve("runs.csv");
    CliRun run = ablate("--tokens-file", tokens, "--sweep", "groups", "--csv", csv);
    assertEquals(0, run.code(), run.err());
    List<String> lines = Files.readAllLines(csv);
    assertEquals(
        "run,group,layer,head,kv_group,mode,baseline_metric,ablated_metric,delta,metric_name,"
            + "prompt_id",
        lines.get(0));
    String[] first = lines.get(1).split(",", -1);
    assertEquals(List.of("0", "L0G0", "0", "", "0", "zero"), Arrays.asList(first).subList(0, 6));
    assertEquals("kl", first[9]);
    assertTrue(run.out().contains("runs.csv"), run.out());
  }

  @Test
  void writesSideBySide() {
    JsonObject document = json("--tokens", "3,14,15", "--heads", "L0H*,L1H*", "--generate", "8");
    JsonObject texts = document.getAsJsonArray("generation").get(0).getAsJsonObject();
    JsonObject without = texts.getAsJsonObject("ablated");
    assertEquals(without.getAsJsonArray("tokens").size(), without.getAsJsonArray("differs").size());
    assertTrue(texts.getAsJsonObject("baseline").getAsJsonArray("tokens").size() <= 8);
    assertTrue(!texts.getAsJsonObject("baseline").get("logprobs").equals(without.get("logprobs")));
    CliRun text = ablate("--tokens", "3,14,15", "--heads", "L0H*,L1H*", "--generate", "8");
    assertTrue(text.out().contains("without L0H*,L1H*:"), text.out());
  }

  /** A mean for writing is over all given sequences, as the metric's is. */
  @Test
  void writesUnderAMeanOverAllSequences() {
    JsonObject document =
        json("--tokens-file", tokens, "--heads", "L0H*", "--mode", "mean", "--generate", "3");
    assertEquals(3, document.getAsJsonArray("generation").size());
  }

  @Test
  void meansOverPromptsOfText() throws IOException {
    Path texts = Files.writeString(folder.resolve("texts.txt"), "The cat sat\nA dog ran home\n");
    JsonObject document =
        json("--tokens", "3,14,15", "--heads", "L0H1", "--mode", "mean", "--mean-prompts", texts);
    assertTrue(document.get("semantics").getAsString().contains("2 other sequences"));
    refused(
        "takes nothing from other", "--tokens", "3,14", "--heads", "L0H0", "--mean-prompts", texts);
  }

  @Test
  void answersByText() {
    CliRun run =
        ablate("--prompt", "The", "--heads", "L0H1", "--answer", "a", "--wrong", "b", "--json");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.err().contains("--answer \"a\" is token"), run.err());
    JsonObject document = JsonParser.parseString(run.out()).getAsJsonObject();
    assertEquals("logit-diff", document.get("metric").getAsString());
  }

  @Test
  void refusesWhatDoesNotFit() throws IOException {
    Path two = Files.writeString(folder.resolve("two.json"), "{\"answers\": [1, 2]}");
    Path bad = Files.writeString(folder.resolve("bad.json"), "{\"answers\": [1, \"x\", 2]}");
    refused("nothing is taken away", "--tokens", "3,14");
    refused("outside the model", "--tokens", "3,14", "--heads", "L9H0");
    refused("two sequences or more", "--tokens", "3,14", "--heads", "L0H0", "--mode", "mean");
    refused(
        "expected 3, one a sequence", "--tokens-file", tokens, "--heads", "L0H0", "--answers", two);
    refused("bad.json: expected", "--tokens-file", tokens, "--heads", "L0H0", "--answers", bad);
    refused("--factor", "--tokens", "3,14", "--heads", "L0H0", "--factor", "2");
    refused("--curve orders heads", "--tokens", "3,14", "--heads", "L0H0", "--curve", "1");
    refused("--generate writes", "--tokens", "3,14", "--sweep", "heads", "--generate", "3");
    refused("needs answers", "--tokens", "3,14", "--heads", "L0H0", "--metric", "accuracy");
    refused("give --answer too", "--prompt", "The", "--heads", "L0H0", "--wrong", "b");
    refused("flat", "--tokens", "3,14", "--importance");
    assertEquals(2, ablate("--tokens", "3,14", "--heads", "L0H0", "--sweep", "heads").code());
    assertEquals(2, ablate("--heads", "L0H0").code());
    assertEquals(2, ablate("--tokens", "3,14", "--sweep", "tokens").code());
  }
}
