package dev.headlight.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code visual} of several pictures, of tiles, and of texts against pictures. */
class VisualPicturesCommandTest {
  private static final Path PICTURES = Path.of("src", "test", "resources", "pictures");
  private static final Path RGB = PICTURES.resolve("rgb.png");

  @TempDir private Path folder;

  /** Cells of the table by picture and tile. */
  private static Map<String, Long> cells(Path out) throws IOException {
    List<String> lines = Files.readAllLines(out.resolve("maps.csv"));
    return lines.subList(1, lines.size()).stream()
        .map(line -> line.split(",", -1))
        .collect(
            Collectors.groupingBy(
                cell -> cell[5] + "/" + cell[6], TreeMap::new, Collectors.counting()));
  }

  @Test
  void everyPictureIsDrawnAndOneWhereItIsNamed() throws IOException {
    Object[] line = {
      "visual",
      CliRun.fixture("llava"),
      "--image",
      RGB,
      "--image",
      PICTURES.resolve("grey.png"),
      "--tokens",
      "1,319,5,319,6",
      "--max-new",
      "2",
      "--heads",
      "L1H0",
      "--out"
    };
    Path all = folder.resolve("all");
    CliRun run = CliRun.of(plus(line, all));
    assertEquals(0, run.code(), run.err());
    assertEquals(Map.of("0/0", 16L, "1/0", 16L), cells(all));
    assertTrue(Files.exists(all.resolve("L1H0-picture0.png")));
    assertTrue(Files.exists(all.resolve("L1H0-picture1.png")));
    Path one = folder.resolve("one");
    run = CliRun.of(plus(line, one, "--picture", "1", "--json"));
    assertEquals(0, run.code(), run.err());
    assertEquals(Map.of("1/0", 16L), cells(one));
    assertTrue(Files.exists(one.resolve("L1H0.png")));
    JsonObject document = JsonParser.parseString(run.out()).getAsJsonObject();
    assertEquals(1, document.get("picture").getAsInt());
    assertEquals(2, document.getAsJsonArray("grid").size());
    run = CliRun.of(plus(line, folder.resolve("none"), "--picture", "2"));
    assertEquals(3, run.code());
    assertTrue(run.err().contains("--picture: expected 0 to 1, found 2"), run.err());
    assertFalse(Files.exists(folder.resolve("none")));
  }

  @Test
  void tilesAreDrawnTogetherWithTheWholeBesideAndEachByTheTower() throws IOException {
    String ids = Files.readString(PICTURES.resolve("tiled.txt")).strip().replace(' ', ',');
    Object[] line = {
      "visual",
      CliRun.fixture("smolvlm"),
      "--image",
      PICTURES.resolve("shapes.png"),
      "--tokens",
      ids,
      "--max-new",
      "1",
      "--heads",
      "L1H0",
      "--out"
    };
    Path main = folder.resolve("main");
    CliRun run = CliRun.of(plus(line, main));
    assertEquals(0, run.code(), run.err());
    assertEquals(Map.of("0/0", 16L, "0/1", 16L, "0/2", 16L, "0/3", 16L, "0/4", 16L), cells(main));
    assertTrue(Files.exists(main.resolve("L1H0.png")));
    assertTrue(Files.exists(main.resolve("L1H0-whole.png")));
    Path tower = folder.resolve("tower");
    run = CliRun.of(plus(line, tower, "--side", "tower"));
    assertEquals(0, run.code(), run.err());
    assertEquals(Map.of("0/0", 64L, "0/1", 64L, "0/2", 64L, "0/3", 64L, "0/4", 64L), cells(tower));
    assertTrue(Files.exists(tower.resolve("L1H0-tile3.png")));
  }

  @Test
  void idsOfATiledPictureAreAskedForWhole() {
    CliRun run =
        CliRun.of(
            "visual", CliRun.fixture("smolvlm"), "--image", RGB, "--tokens", "1,319,5", "--json");
    assertEquals(3, run.code());
    assertTrue(run.err().contains("cut into 5 tiles with words between them"), run.err());
    assertTrue(run.err().contains("tokenizer.json"), run.err());
  }

  @Test
  void textsAreHeldAgainstAPicture() throws IOException {
    Object[] line = {
      "visual", CliRun.fixture("clip"), "--image", RGB, "--tokens", "10,11,2;30,31,32,2", "--json"
    };
    CliRun run = CliRun.of(line);
    assertEquals(0, run.code(), run.err());
    JsonObject document = JsonParser.parseString(run.out()).getAsJsonObject();
    JsonArray agreements = document.getAsJsonArray("agreements");
    assertEquals(2, agreements.size());
    double sum =
        agreements.get(0).getAsJsonObject().get("probability").getAsDouble()
            + agreements.get(1).getAsJsonObject().get("probability").getAsDouble();
    assertEquals(1, sum, 1e-9);
    Path out = folder.resolve("text");
    run = CliRun.of(plus(line, "--side", "main", "--text", "1", "--heads", "L0H2", "--out", out));
    assertEquals(0, run.code(), run.err());
    List<String> lines = Files.readAllLines(out.resolve("maps.csv"));
    assertEquals(5, lines.size());
    assertTrue(lines.get(1).startsWith("0,2,3,2,0,0,0,0,0,"), lines.get(1));
    assertFalse(Files.exists(out.resolve("L0H2.png")));
    run = CliRun.of(plus(line, "--text", "2"));
    assertEquals(3, run.code());
    assertTrue(run.err().contains("--text: expected 0 to 1, found 2"), run.err());
  }

  private static Object[] plus(Object[] line, Object... more) {
    List<Object> all = new ArrayList<>(List.of(line));
    all.addAll(List.of(more));
    return all.toArray();
  }
}
