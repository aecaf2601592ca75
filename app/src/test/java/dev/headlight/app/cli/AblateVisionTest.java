package dev.headlight.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ablate} on prompts with pictures: heads of the model and of its tower. */
class AblateVisionTest {
  private static final Path PICTURE = Path.of("src", "test", "resources", "pictures", "rgb.png");

  @TempDir private Path folder;

  private static CliRun llava(Object... more) {
    List<Object> all =
        new ArrayList<>(
            List.of(
                "ablate",
                CliRun.fixture("llava"),
                "--image",
                PICTURE,
                "--tokens",
                "1,9,319,5,6,7"));
    all.addAll(List.of(more));
    return CliRun.of(all.toArray());
  }

  private static JsonObject json(CliRun run) {
    assertEquals(0, run.code(), run.err());
    return JsonParser.parseString(run.out()).getAsJsonObject();
  }

  @Test
  void bothTransformersAreSwept() throws IOException {
    Path csv = folder.resolve("runs.csv");
    JsonArray runs =
        json(llava("--sweep", "heads,vision-heads,vision-layers", "--csv", csv, "--json"))
            .getAsJsonArray("runs");
    List<String> names = new ArrayList<>();
    runs.forEach(r -> names.add(r.getAsJsonObject().get("name").getAsString()));
    assertEquals(12, names.stream().filter(n -> n.startsWith("L")).count());
    assertTrue(names.contains("vision.L0H1"), names.toString());
    assertTrue(names.contains("vision.L2"), names.toString());
    assertEquals(1 + names.size(), Files.readAllLines(csv).size());
    JsonObject one = runs.get(names.indexOf("vision.L0H1")).getAsJsonObject();
    assertEquals("zero:vision.L0H1", one.get("intervention").getAsString());
    assertEquals("vision.L0H1", one.getAsJsonArray("heads").get(0).getAsString());
    JsonObject alone = json(llava("--heads", "vision.L0H1", "--generate", "3", "--json"));
    JsonObject again = alone.getAsJsonArray("runs").get(0).getAsJsonObject();
    assertEquals(one.get("delta").getAsDouble(), again.get("delta").getAsDouble(), 1e-6);
    assertNotEquals(0, again.get("delta").getAsDouble());
    JsonObject written = alone.getAsJsonArray("generation").get(0).getAsJsonObject();
    assertEquals(
        3, written.getAsJsonObject("ablated").getAsJsonArray("tokens").size(), alone.toString());
  }

  @Test
  void aTowerReadsItsPictureAlone() {
    CliRun run =
        CliRun.of(
            "ablate",
            CliRun.fixture("vit"),
            "--image",
            PICTURE,
            "--heads",
            "L0H1",
            "--heads",
            "vision.L0H1",
            "--json");
    JsonArray runs = json(run).getAsJsonArray("runs");
    double named = runs.get(0).getAsJsonObject().get("delta").getAsDouble();
    assertEquals(named, runs.get(1).getAsJsonObject().get("delta").getAsDouble(), 1e-9);
  }

  @Test
  void whatDoesNotFitIsNamed() {
    refused(3, "--image: a picture stands in one prompt", pictured("--library"));
    refused(3, "read texts alone", llava("--redundancy", folder.resolve("alike.csv")));
    refused(2, "of one transformer", llava("--heads", "vision.L0H1,L1H1"));
    refused(3, "3 layers, 0 to 2", llava("--heads", "vision.L7H1"));
    refused(
        3,
        "has no tower that reads pictures",
        CliRun.of(
            "ablate", CliRun.fixture("llama"), "--tokens", "1,2,3", "--sweep", "vision-heads"));
    refused(2, "There is no prompt", CliRun.of("ablate", CliRun.fixture("llama")));
  }

  private static CliRun pictured(Object... more) {
    List<Object> all =
        new ArrayList<>(List.of("ablate", CliRun.fixture("llava"), "--image", PICTURE));
    all.addAll(List.of(more));
    all.addAll(List.of("--sweep", "heads"));
    return CliRun.of(all.toArray());
  }

  private static void refused(int code, String message, CliRun run) {
    assertEquals(code, run.code(), run.err());
    assertTrue(run.err().contains(message), run.err());
  }
}
