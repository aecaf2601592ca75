package dev.headlight.app.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.headlight.analysis.checkpoint.SafetensorsFile;
import dev.headlight.analysis.run.Intervention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureCommandTest {
  private static final double TOLERANCE = 1e-4;
  private static final Path GPT2 = CliRun.fixture("gpt2");
  @TempDir private Path folder;

  private CliRun capture(Path model, Object... more) {
    Object[] args =
        Stream.concat(Stream.of("capture", model, "--out", folder), Arrays.stream(more)).toArray();
    CliRun run = CliRun.of(args);
    assertEquals(0, run.code(), run.err());
    return run;
  }

  private static String ids(Path model) {
    try (SafetensorsFile reference = reference(model)) {
      return Arrays.stream(reference.longs("input_ids"))
          .mapToObj(Long::toString)
          .collect(Collectors.joining(","));
    }
  }

  private static SafetensorsFile reference(Path model) {
    return SafetensorsFile.open(model.resolve("reference.safetensors"));
  }

  private SafetensorsFile captured() {
    return SafetensorsFile.open(folder.resolve("capture.safetensors"));
  }

  @Test
  void aDryRunOnlySaysWhatItWillCost() throws IOException {
    CliRun run = CliRun.of("capture", GPT2, "--tokens", ids(GPT2), "--dry-run", "--json");

    assertEquals(0, run.code(), run.err());
    JsonObject cost = JsonParser.parseString(run.out()).getAsJsonObject();
    assertTrue(cost.get("seconds").getAsDouble() > 0);
    assertTrue(cost.get("bytes").getAsLong() > 0);
    capture(GPT2, "--tokens", ids(GPT2), "--dry-run");
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(0, files.count());
    }
    assertEquals(2, CliRun.of("capture", GPT2, "--tokens", ids(GPT2)).code());
  }

  @Test
  void capturesWhatTheReferenceComputes() {
    capture(
        GPT2,
        "--tokens",
        ids(GPT2),
        "--sites",
        "logits,pattern,z,resid_post,normalized_resid_post,router_logits");

    try (SafetensorsFile got = captured();
        SafetensorsFile want = reference(GPT2)) {
      assertArrayEquals(want.longs("input_ids"), got.longs("tokens"));
      assertClose(want.floats("logits"), got.floats("logits"));
      assertClose(want.floats("attentions.1"), got.floats("blocks.1.attn.hook_pattern"));
      assertClose(want.floats("z.2"), got.floats("blocks.2.attn.hook_z"));
      assertClose(want.floats("hidden_states.1"), got.floats("blocks.0.hook_resid_post"));
      assertArrayEquals(want.info("z.2").shape(), got.info("blocks.2.attn.hook_z").shape());
      assertEquals(1 + 1 + 3 * 3, got.names().size(), got.names().toString());
    }
  }

  @Test
  void anInterventionIsEchoedAndComputed() {
    Path model = CliRun.fixture("llama");
    String ablated;
    try (SafetensorsFile want = reference(model)) {
      ablated =
          want.names().stream().filter(n -> n.startsWith("ablate.")).findFirst().orElseThrow();
      String head = ablated.split("\\.", -1)[1];
      capture(
          model,
          "--tokens",
          ids(model),
          "--sites",
          "logits",
          "--logits",
          "last",
          "--intervene",
          "zero:" + head);
      try (SafetensorsFile got = captured()) {
        assertClose(want.floats(ablated), got.floats("logits"));
        assertArrayEquals(new long[] {1, 320}, got.info("logits").shape());
        JsonArray echo =
            JsonParser.parseString(got.metadata().get("interventions")).getAsJsonArray();
        assertEquals("zero:" + head, echo.get(0).getAsString());
        assertEquals(
            Intervention.parse("zero:" + head), Intervention.parse(echo.get(0).getAsString()));
      }
    }
  }

  @Test
  void theMetadataSaysWhereTheFileComesFrom() {
    capture(GPT2, "--tokens", "5,6,7", "--sites", "pattern", "--heads", "L1H3,L1H0");

    try (SafetensorsFile got = captured()) {
      assertEquals("gpt2", got.metadata().get("model"));
      assertTrue(got.metadata().get("sha256").matches("[0-9a-f]{64}"));
      assertEquals("[[5,6,7]]", got.metadata().get("tokens"));
      assertEquals("cpu", got.metadata().get("device"));
      assertTrue(got.metadata().get("version").startsWith("Headlight "));
      assertEquals("L1H0,L1H3", got.metadata().get("heads"));
      assertEquals(Set.of("tokens", "blocks.1.attn.hook_pattern"), got.names());
      assertArrayEquals(new long[] {2, 3, 3}, got.info("blocks.1.attn.hook_pattern").shape());
    }
  }

  @Test
  void laterSequencesHaveASuffix() throws IOException {
    Path tokens = folder.resolve("tokens.json");
    Files.writeString(tokens, "{\"sequences\": [[1, 2, 3], [4, 5]]}");
    capture(GPT2, "--tokens-file", tokens, "--sites", "logits,q");

    try (SafetensorsFile got = captured()) {
      assertArrayEquals(new long[] {4, 5}, got.longs("tokens#2"));
      assertArrayEquals(new long[] {2, 320}, got.info("logits#2").shape());
      assertArrayEquals(new long[] {2, 4, 12}, got.info("blocks.2.attn.hook_q#2").shape());
    }
  }

  @Test
  void npzHoldsTheSameNumbers() {
    capture(GPT2, "--tokens", "1,2,3", "--sites", "logits,z");
    capture(GPT2, "--tokens", "1,2,3", "--sites", "logits,z", "--format", "npz");

    Path npz = folder.resolve("capture.npz");
    try (SafetensorsFile got = captured()) {
      NpyReader z = NpyReader.read(npz, "blocks.0.attn.hook_z");
      assertArrayEquals(got.floats("blocks.0.attn.hook_z"), z.floats());
      assertEquals("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4, 12,), }", z.header());
      assertArrayEquals(new long[] {1, 2, 3}, NpyReader.read(npz, "tokens").longs());
      JsonObject about =
          JsonParser.parseString(NpyReader.read(npz, "__metadata__").text()).getAsJsonObject();
      assertEquals(got.metadata().get("sha256"), about.get("sha256").getAsString());
    }
  }

  @Test
  void tablesHoldEveryVisibleCell() throws IOException {
    capture(GPT2, "--prompt", "a, \"b\"\nc", "--format", "csv", "--heads", "L0H1");

    List<String> names;
    try (Stream<Path> files = Files.list(folder)) {
      names = files.map(f -> f.getFileName().toString()).sorted().toList();
    }
    assertEquals(List.of("logits.csv", "pattern.csv", "provenance.json", "tokens.csv"), names);
    List<String> cells = Files.readAllLines(folder.resolve("pattern.csv"));
    assertEquals(
        "layer,head,query_index,query_token,key_index,key_token,score_presoftmax,weight",
        cells.get(0));
    int length =
        JsonParser.parseString(Files.readString(folder.resolve("provenance.json")))
            .getAsJsonObject()
            .getAsJsonArray("tokens")
            .get(0)
            .getAsJsonArray()
            .size();
    assertEquals(1 + length * (length + 1) / 2, cells.size());
    assertTrue(cells.get(1).startsWith("0,1,0,"), cells.get(1));
    assertTrue(cells.get(1).endsWith(",1.0"), cells.get(1));
  }

  @Test
  void aFigureForEachHeadOrOneGrid() throws IOException {
    CliRun some =
        capture(GPT2, "--tokens", "1,2,3", "--format", "svg", "--heads", "L0H1,L2H*", "--json");
    JsonArray files = JsonParser.parseString(some.out()).getAsJsonObject().getAsJsonArray("files");
    assertEquals(10, files.size());
    assertTrue(Files.readString(folder.resolve("L0H1.svg")).contains("gpt2"));

    capture(GPT2, "--tokens", "1,2,3", "--format", "png", "--dpi", "72");
    byte[] png = Files.readAllBytes(folder.resolve("L2H3.png"));
    assertEquals((byte) 0x89, png[0]);
  }

  @Test
  void onlyOneJsonDocumentGoesToStandardOutput() {
    CliRun run = capture(GPT2, "--tokens", "1,2,3", "--json");

    assertEquals(1, run.out().strip().lines().count(), run.out());
    assertTrue(JsonParser.parseString(run.out()).getAsJsonObject().has("files"));
    assertFalse(run.out().contains("headlight:"));
  }

  private static void assertClose(float[] want, float[] got) {
    assertEquals(want.length, got.length);
    double mean = 0;
    for (float v : want) {
      mean += v / want.length;
    }
    double variance = 0;
    for (float v : want) {
      variance += (v - mean) * (v - mean) / want.length;
    }
    double limit = TOLERANCE * Math.max(1, Math.sqrt(variance));
    for (int i = 0; i < want.length; i++) {
      assertEquals(want[i], got[i], limit, "element " + i);
    }
  }
}
