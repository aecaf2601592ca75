package dev.headlight.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.headlight.analysis.pairs.PairCsv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairsCommandTest {
  private static final String SAMPLE = "sample:world-6l";

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

  @Test
  void pairsAreDrawnMeasuredAndWritten() throws IOException {
    Path csv = folder.resolve("pairs.csv");
    Path tokens = folder.resolve("ids");
    JsonObject document =
        json(
            "pairs",
            SAMPLE,
            "--kind",
            "ioi",
            "--count",
            12,
            "--seed",
            5,
            "--order",
            "abba",
            "--corruption",
            "s2",
            "--out",
            csv,
            "--tokens",
            tokens,
            "--measure",
            "--json");
    assertEquals("ioi", document.get("kind").getAsString());
    assertEquals("s2", document.get("corruption").getAsString());
    assertEquals("story world", document.get("words").getAsString());
    JsonArray pairs = document.getAsJsonArray("pairs");
    assertEquals(12, pairs.size());
    JsonObject first = pairs.get(0).getAsJsonObject();
    assertTrue(first.get("aligned").getAsBoolean());
    assertEquals(5, first.getAsJsonArray("roles").size());
    JsonObject measure = document.getAsJsonObject("measure");
    assertTrue(measure.get("accuracy").getAsDouble() >= 0.75, measure.toString());
    assertTrue(measure.get("clean").getAsDouble() > 1, measure.toString());
    assertTrue(measure.get("corrupt").getAsDouble() < -1, measure.toString());
    assertEquals(12, PairCsv.read(csv).size());
    JsonObject clean =
        JsonParser.parseString(Files.readString(tokens.resolve("clean.json"))).getAsJsonObject();
    assertEquals(first.get("cleanTokens"), clean.getAsJsonArray("sequences").get(0));

    JsonObject again = json("pairs", SAMPLE, "--file", csv, "--measure", "--json");
    assertEquals(measure, again.getAsJsonObject("measure"));
    assertEquals(pairs, again.getAsJsonArray("pairs"));
  }

  @Test
  void tokensStandOneUnderTheOther() throws IOException {
    Path csv = folder.resolve("own.csv");
    Files.writeString(
        csv,
        """
        clean,corrupt,answer,wrong,roles
        Then Anna and Mark met Anna,Then Anna and Elizabeth met Anna,Mark,silver key,S1=5-9
        """);
    CliRun run = CliRun.of("pairs", SAMPLE, "--file", csv);
    assertEquals(0, run.code(), run.err());
    String[] lines = run.out().split("\\R", -1);
    assertTrue(
        lines[0].startsWith("1  ␣Mark, not ␣silver␣key (2 tokens)  (7 tokens against 16: "),
        lines[0]);
    assertTrue(lines[0].contains("“Elizabeth” is 10 tokens, “Mark” 1"), lines[0]);
    assertEquals(lines[1].indexOf("S1"), lines[2].indexOf("␣Anna"), run.out());
    assertEquals(lines[2].lastIndexOf("␣Anna"), lines[3].lastIndexOf("␣Anna"), run.out());
    assertEquals(10, lines[4].chars().filter(c -> c == '^').count(), run.out());
    assertTrue(run.err().contains("1 of 1 pairs differ in length"), run.err());
    refused("--tokens: pair 1", "pairs", SAMPLE, "--file", csv, "--tokens", folder.resolve("t"));
    assertFalse(Files.exists(folder.resolve("t")));
  }

  @Test
  void severalTokensCanBeSummed() throws IOException {
    Path csv = folder.resolve("own.csv");
    Files.writeString(
        csv, "clean,corrupt,answer,wrong\nThe red fox met the,The old fox met the,old owl,fox\n");
    JsonObject measure =
        json("pairs", SAMPLE, "--file", csv, "--measure", "--score", "summed", "--json")
            .getAsJsonObject("measure");
    assertEquals("nats", measure.get("unit").getAsString());
    CliRun run = CliRun.of("pairs", SAMPLE, "--file", csv, "--measure");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("clean    answer above wrong "), run.out());
  }

  @Test
  void badWishesAreSaid() throws IOException {
    refused("need --kind ioi", "pairs", SAMPLE, "--kind", "repeats", "--order", "abba");
    refused("give that too", "pairs", SAMPLE, "--kind", "ioi", "--score", "summed");
    refused("expected 1 to 10000, found 0", "pairs", SAMPLE, "--kind", "ioi", "--count", 0);
    refused("have no years", "pairs", SAMPLE, "--kind", "greater-than");
    refused("are no words", "pairs", SAMPLE, "--kind", "ioi", "--words", "latin");
    refused("are single tokens", "pairs", CliRun.fixture("gpt2"), "--kind", "ioi");
    refused("no tokenizer.json", "pairs", CliRun.fixture("mistral"), "--kind", "ioi");
    Path csv = Files.writeString(folder.resolve("own.csv"), "clean,corrupt,answer,wrong\na,b,c\n");
    refused("line 2: has 3 fields", "pairs", SAMPLE, "--file", csv);
    refused("leave them out with --file", "pairs", SAMPLE, "--file", csv, "--count", 3);
    assertEquals(2, CliRun.of("pairs", SAMPLE).code());
    assertEquals(2, CliRun.of("pairs", SAMPLE, "--kind", "jokes").code());
  }
}
