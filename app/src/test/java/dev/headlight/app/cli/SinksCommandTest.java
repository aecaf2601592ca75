package dev.headlight.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
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

class SinksCommandTest {
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

  private Path sequences(int... lengths) throws IOException {
    String all =
        IntStream.of(lengths)
            .mapToObj(
                n ->
                    IntStream.range(0, n)
                        .mapToObj(i -> Integer.toString(5 + i * 7 % 290))
                        .collect(Collectors.joining(",", "[", "]")))
            .collect(Collectors.joining(","));
    return Files.writeString(folder.resolve("tokens.json"), "{\"sequences\": [" + all + "]}");
  }

  @Test
  void theDocumentHasWhatScriptsRelyOn() throws IOException {
    JsonObject document =
        json(
            "sinks",
            CliRun.fixture("llama"),
            "--tokens-file",
            sequences(40, 20, 33),
            "--epsilon",
            0.3,
            "--length",
            32,
            "--later",
            0.05,
            "--json");
    assertEquals(0.3, document.get("epsilon").getAsDouble());
    assertEquals(2, document.get("sequences").getAsInt());
    assertEquals(1, document.get("leftOut").getAsInt());
    assertEquals(24, document.getAsJsonArray("heads").size());
    for (JsonElement row : document.getAsJsonArray("heads")) {
      double mean = row.getAsJsonObject().get("meanToFirst").getAsDouble();
      double rate = row.getAsJsonObject().get("sinkRate").getAsDouble();
      assertTrue(mean > 0 && mean < 1 && rate >= 0 && rate <= 1, row.toString());
    }
    JsonObject later = document.getAsJsonArray("laterSinks").get(0).getAsJsonObject();
    assertTrue(
        later.keySet().containsAll(List.of("layer", "head", "position", "mean")), "" + later);
    assertTrue(later.get("position").getAsInt() >= 1 && later.get("position").getAsInt() <= 24);
    // Entering each of three blocks, and leaving the last.
    assertEquals(4, document.getAsJsonArray("layers").size());
    JsonObject layer = document.getAsJsonArray("layers").get(3).getAsJsonObject();
    assertTrue(layer.get("normFirst").getAsDouble() > 0 && layer.has("massive"), "" + layer);
  }

  @Test
  void aTableOfHeadsWithItsNullModel() {
    CliRun run = CliRun.of("sinks", CliRun.fixture("gpt2"), "--probe", "repeated", "--length", 30);
    assertEquals(0, run.code(), run.err());
    assertEquals(1 + 12, run.out().lines().count());
    assertTrue(run.out().startsWith("head     KV group   sinkRate meanToFirst"), run.out());
    assertTrue(run.err().contains("uniform attention would give α = 0.1332"), run.err());
  }

  @Test
  void tablesAreWritten() throws IOException {
    Path csv = folder.resolve("sinks.csv");
    Path tokens = folder.resolve("tokens.csv");
    Path concentration = folder.resolve("concentration.csv");
    CliRun run =
        CliRun.of(
            "sinks",
            CliRun.fixture("gpt2"),
            "--tokens-file",
            sequences(20, 16),
            "--csv",
            csv,
            "--tokens-csv",
            tokens,
            "--concentration-csv",
            concentration,
            "--top",
            "1,4",
            "--mask");
    assertEquals(0, run.code(), run.err());
    List<String> lines = Files.readAllLines(csv);
    assertEquals(
        "model,model_sha256,metric,layer,head,kv_group,score,std,n_runs,seed,params", lines.get(0));
    assertEquals(1 + 3 * 12, lines.size());
    assertTrue(lines.get(1).matches("gpt2,[0-9a-f]{64},sinkRate,0,0,0,.*,2,,eps=0.3 key=0"));
    assertEquals(1 + 20 + 16, Files.readAllLines(tokens).size());
    List<String> rows = Files.readAllLines(concentration);
    assertEquals(1 + 2 * 2, rows.size());
    String[] last = rows.get(4).split(",", -1);
    assertEquals("1", last[2]);
    assertEquals("4", last[4]);
    for (int i = 5; i < 10; i++) {
      assertTrue(Double.parseDouble(last[i]) > 0, rows.get(4));
    }
  }

  @Test
  void gammasNameHeads() throws IOException {
    JsonObject sweep =
        json(
                "sinks",
                CliRun.fixture("gpt2"),
                "--tokens-file",
                sequences(20, 16),
                "--gamma",
                "0.5,2",
                "--heads",
                "L1H*",
                "--json")
            .getAsJsonObject("zeroTuning");
    assertEquals("loss", sweep.get("metric").getAsString());
    assertEquals(4, sweep.getAsJsonArray("heads").size());
    for (JsonElement one : sweep.getAsJsonArray("heads")) {
      JsonObject row = one.getAsJsonObject();
      double down = row.getAsJsonArray("deltas").get(0).getAsDouble();
      double up = row.getAsJsonArray("deltas").get(1).getAsDouble();
      String expected = Math.min(up, down) >= 0 ? "none" : up < down ? "up" : "down";
      assertEquals(expected, row.get("direction").getAsString());
    }
    CliRun run =
        CliRun.of(
            "sinks",
            CliRun.fixture("gpt2"),
            "--tokens-file",
            sequences(20),
            "--gamma",
            "3",
            "--serves",
            "entropy");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("change of the entropy (nats)"), run.out());
  }

  @Test
  void badWishesAreSaid() throws IOException {
    Path gpt2 = CliRun.fixture("gpt2");
    refused("says nothing about sinks", "sinks", gpt2, "--tokens", "1,2,3", "--length", 5);
    refused("the longest has 3", "sinks", gpt2, "--tokens", "1,2,3");
    refused("between 0 and 1", "sinks", gpt2, "--tokens", "1,2,3", "--epsilon", 3);
    refused("does not fit", "sinks", gpt2, "--probe", "random", "--length", 65);
    refused(
        "no tokenizer.json", "sinks", CliRun.fixture("mistral"), "--prompt", "A lantern on a hill");
    refused(
        "no beginning-of-sequence",
        "sinks",
        CliRun.fixture("mistral"),
        "--probe",
        "random",
        "--length",
        20,
        "--bos");
    refused(
        "one text a line",
        "sinks",
        gpt2,
        "--texts-file",
        Files.writeString(folder.resolve("e"), "   "));
    refused("--concentration-csv", "sinks", gpt2, "--tokens-file", sequences(20), "--mask");
    refused("other than 1", "sinks", gpt2, "--tokens-file", sequences(20), "--gamma", "1");
    assertEquals(2, CliRun.of("sinks", gpt2).code());
    assertEquals(2, CliRun.of("sinks", gpt2, "--probe", "noise").code());
  }
}
