package dev.headlight.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;

/** What the rows say of each other; how long anything takes is not tested. */
class BenchCommandTest {
  private static JsonObject bench(Object... arguments) {
    Object[] line = new Object[arguments.length + 1];
    line[0] = "bench";
    System.arraycopy(arguments, 0, line, 1, arguments.length);
    CliRun run = CliRun.of(line);
    assertEquals(0, run.code(), run.err());
    return JsonParser.parseString(run.out()).getAsJsonObject();
  }

  private static double number(JsonObject row, String key) {
    return row.get(key).getAsDouble();
  }

  @Test
  void aPassIsComparedWithMatrixProductsAndItsPrediction() {
    JsonObject bench = bench(CliRun.fixture("gpt2"), "--tokens", "16", "--json");

    assertTrue(number(bench, "matmulGflops") > 0);
    JsonObject row = bench.getAsJsonArray("rows").get(0).getAsJsonObject();
    assertEquals(16, row.get("tokens").getAsInt());
    double floor = number(row, "gflop") / number(row, "matmulGflops") * 1e3;
    double taken = number(row, "milliseconds");
    assertEquals(floor / taken, number(row, "rateOverMatmul"), 1e-9);
    double predicted = number(row, "predictedMilliseconds");
    assertEquals(predicted / taken, number(row, "predictedOver"), 1e-9);
    assertTrue(number(row, "predictedBytes") > 0);
  }

  @Test
  void sweepsPatchesTextsAndTilesHaveTheirRows() {
    JsonArray rows =
        bench(
                CliRun.fixture("llama"),
                "--what",
                "sweep,patch,decode,select,tile",
                "--long-tokens",
                "32",
                "--json")
            .getAsJsonArray("rows");

    assertEquals(2 + 4 + 2 + 1 + 1, rows.size(), rows.toString());
    for (int sweep : new int[] {1, 3, 5}) {
      JsonObject loop = rows.get(sweep - 1).getAsJsonObject();
      JsonObject row = rows.get(sweep).getAsJsonObject();
      double faster = number(loop, "milliseconds") / number(row, "milliseconds");
      assertEquals(faster, number(row, "timesFasterThanLoop"), 1e-9);
      assertTrue(number(row, "gflop") < number(loop, "gflop"), row.toString());
    }
    JsonObject decode = rows.get(6).getAsJsonObject();
    assertTrue(number(decode, "tokensPerSecond") > 0);
    JsonObject masked = rows.get(7).getAsJsonObject();
    double share = number(decode, "milliseconds") / number(masked, "milliseconds");
    assertEquals(share, number(masked, "ofUnmaskedSpeed"), 1e-9);
    JsonObject tile = rows.get(8).getAsJsonObject();
    assertEquals(32, tile.get("tokens").getAsInt());
    assertTrue(number(tile, "worst") >= number(tile, "best"));
    assertEquals(32, rows.get(9).getAsJsonObject().get("tokens").getAsInt());
  }

  @Test
  void aLongPromptIsMeasuredWithItsMemory() {
    JsonObject row =
        bench(CliRun.fixture("llama"), "--what", "long", "--long-tokens", "32", "--json")
            .getAsJsonArray("rows")
            .get(0)
            .getAsJsonObject();

    assertEquals(32, row.get("tokens").getAsInt());
    assertTrue(number(row, "predictedPeakBytes") > 0);
  }

  @Test
  void tablesAreForPeopleAndForDocuments() {
    CliRun table = CliRun.of("bench", CliRun.fixture("gpt2"), "--what", "decode");
    CliRun markdown = CliRun.of("bench", CliRun.fixture("gpt2"), "--what", "decode", "--markdown");

    assertTrue(table.out().contains("greedy decoding"), table.out());
    String[] lines = markdown.out().strip().split("\n", -1);
    int columns = lines[2].split("\\|", -1).length;
    for (int i = 3; i < lines.length; i++) {
      assertEquals(columns, lines[i].split("\\|", -1).length, lines[i]);
    }
  }

  @Test
  void benchNeedsAModelItKnows() {
    assertEquals(3, CliRun.of("bench").code());
    assertTrue(CliRun.of("bench", "shape:huge").err().contains("smollm2-135m"));
    assertEquals(3, CliRun.of("bench", "shape:gpt2-small", "--long-tokens", "0").code());
  }
}
