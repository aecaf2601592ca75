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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherCommandsTest {
  @Test
  void doctorLooksAtEverything() {
    CliRun run = CliRun.of("doctor", "--json");

    assertEquals(0, run.code(), run.err());
    Set<String> names = new HashSet<>();
    for (JsonElement check :
        JsonParser.parseString(run.out()).getAsJsonObject().getAsJsonArray("checks")) {
      JsonObject found = check.getAsJsonObject();
      names.add(found.get("name").getAsString());
      boolean ok = found.get("status").getAsString().equals("ok");
      assertEquals(ok, found.get("advice").getAsString().isEmpty(), found.toString());
    }
    assertTrue(
        names.containsAll(
            List.of("Java", "memory", "DJL", "PyTorch", "devices", "fonts", "JavaFX")),
        names.toString());
  }

  @Test
  void tourWritesAReportThatNeedsNothingElse(@TempDir Path folder) throws IOException {
    Path out = folder.resolve("tour");
    CliRun run =
        CliRun.of("tour", CliRun.fixture("llama"), "--out", out, "--prompt", "a <b> & \"c\"");

    assertEquals(0, run.code(), run.err());
    assertEquals(out.resolve("report.html").toString(), run.out().strip());
    String html = Files.readString(out.resolve("report.html"));
    Matcher links = Pattern.compile("(?:src|srcset|href)=\"([^\"]{0,40})").matcher(html);
    int pictures = 0;
    while (links.find()) {
      assertTrue(links.group(1).startsWith("data:"), links.group(1));
      pictures++;
    }
    assertTrue(pictures >= 6, pictures + " pictures");
    assertFalse(html.contains("<b>"), "the prompt is escaped");
    assertFalse(html.contains("<script"));
    assertTrue(Files.readAllLines(out.resolve("heads.csv")).size() > 5 * 4);
    try (var files = Files.list(out)) {
      assertTrue(files.noneMatch(f -> f.toString().endsWith(".tmp")));
    }
  }

  @Test
  void theTourIsTheSameTwice(@TempDir Path folder) throws IOException {
    String first = null;
    for (String name : List.of("one", "two")) {
      Path out = folder.resolve(name);
      assertEquals(0, CliRun.of("tour", CliRun.fixture("gpt2"), "--out", out).code());
      String html = Files.readString(out.resolve("report.html"));
      assertEquals(first == null ? html : first, html);
      first = html;
    }
  }

  @Test
  void samplesAndTheirCheckpointsAreModels() {
    JsonObject world =
        JsonParser.parseString(CliRun.of("samples", "--json").out())
            .getAsJsonObject()
            .getAsJsonArray("samples")
            .get(0)
            .getAsJsonObject();
    assertEquals("sample:world-6l", world.get("model").getAsString());
    assertEquals(9, world.getAsJsonArray("checkpoints").size());
    assertTrue(CliRun.of("samples").out().contains("sample:world-6l@500"));
    double early = induction("sample:world-6l@1");
    double late = induction("sample:world-6l@final");
    assertTrue(early < 0.1 && late > 0.6, early + ", " + late);
    CliRun wrong = CliRun.of("info", "sample:world-6l@7");
    assertEquals(3, wrong.code());
    assertTrue(wrong.err().contains("was not kept after step 7"), wrong.err());
  }

  private static double induction(String model) {
    CliRun run = CliRun.of("scores", model, "--kinds", "induction", "--json");
    assertEquals(0, run.code(), run.err());
    double most = 0;
    for (JsonElement head :
        JsonParser.parseString(run.out()).getAsJsonObject().getAsJsonArray("heads")) {
      most = Math.max(most, head.getAsJsonObject().get("induction").getAsDouble());
    }
    return most;
  }

  @Test
  void helpListsEveryCommand() {
    CliRun run = CliRun.of("--help");

    assertEquals(0, run.code());
    for (String command :
        List.of(
            "info",
            "tokens",
            "capture",
            "generate",
            "samples",
            "tour",
            "replay",
            "bench",
            "doctor")) {
      assertTrue(run.out().contains("  " + command), command);
      assertEquals(0, CliRun.of(command, "--help").code());
      assertTrue(HeadlightCommand.knows(command));
    }
    assertFalse(HeadlightCommand.knows("some/folder"));
  }
}
