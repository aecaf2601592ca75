package dev.headlight.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.cost.CostEstimate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code patch} and {@code circuit}: their documents, tables and refusals. */
class PatchCommandTest {
  private static final String CLEAN = "[7,3,11,5,2,9,14,6,1]";
  private static final String CORRUPT = "[7,3,11,21,2,9,30,6,1]";

  @TempDir private Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name + ".json"), text);
  }

  /** Pairs of the same two prompts, every other one turned round. */
  private List<Object> pairs(int count) throws IOException {
    List<String> clean = new ArrayList<>();
    List<String> corrupt = new ArrayList<>();
    List<String> answers = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      clean.add(i % 2 == 0 ? CLEAN : CORRUPT);
      corrupt.add(i % 2 == 0 ? CORRUPT : CLEAN);
      answers.add(i % 2 == 0 ? "17" : "40");
      wrong.add(i % 2 == 0 ? "40" : "17");
    }
    return List.of(
        "--clean-file",
        file("clean", "{\"sequences\":" + clean + "}"),
        "--corrupt-file",
        file("corrupt", "{\"sequences\":" + corrupt + "}"),
        "--answers",
        file("answers", "{\"answers\":" + answers + ",\"wrong\":" + wrong + "}"));
  }

  private static CliRun run(String command, String model, List<Object> pairs, Object... more) {
    List<Object> args = new ArrayList<>(List.of(command, CliRun.fixture(model)));
    args.addAll(pairs);
    args.addAll(List.of(more));
    return CliRun.of(args.toArray());
  }

  private static JsonObject json(String command, String model, List<Object> pairs, Object... more) {
    List<Object> all = new ArrayList<>(List.of(more));
    all.add("--json");
    CliRun run = run(command, model, pairs, all.toArray());
    assertEquals(0, run.code(), run.err());
    return JsonParser.parseString(run.out()).getAsJsonObject();
  }

  private static void refused(int code, String message, CliRun run) {
    assertEquals(code, run.code(), run.err());
    assertTrue(run.err().contains(message), run.err());
    assertEquals("", run.out());
  }

  @Test
  void theDocumentHasWhatScriptsRelyOn() throws IOException {
    JsonObject document =
        json("patch", "gpt2", pairs(1), "--site", "resid_pre", "--grid", "layer-position");
    double clean = document.get("clean").getAsDouble();
    double corrupt = document.get("corrupt").getAsDouble();
    assertEquals(3 * 9, document.getAsJsonArray("cells").size());
    for (JsonElement element : document.getAsJsonArray("cells")) {
      JsonObject cell = element.getAsJsonObject();
      assertFalse(cell.has("head"));
      double value = cell.get("value").getAsDouble();
      assertEquals(
          (value - corrupt) / (clean - corrupt), cell.get("normalised").getAsDouble(), 1e-9);
    }
    JsonObject heads =
        json("patch", "llama", pairs(1), "--site", "k", "--grid", "head", "--positions", "last");
    JsonObject first = heads.getAsJsonArray("cells").get(0).getAsJsonObject();
    assertTrue(first.has("kvGroup") && !first.has("head"), first.toString());
    JsonObject both = json("patch", "gpt2", pairs(2), "--site", "z", "--direction", "noising");
    assertEquals(2, both.getAsJsonArray("pairs").size());
    JsonObject second = both.getAsJsonArray("pairs").get(1).getAsJsonObject();
    assertEquals(-clean, second.get("corrupt").getAsDouble(), 1e-5);
    assertEquals("noising", second.get("direction").getAsString());
  }

  @Test
  void estimatesAreVerified() throws IOException {
    JsonObject document =
        json("patch", "gpt2", pairs(1), "--site", "z", "--method", "attribution", "--verify", 3);
    assertEquals("attribution", document.get("method").getAsString());
    assertEquals(12, document.getAsJsonArray("cells").size());
    assertEquals(3, document.getAsJsonArray("verified").size());
    CliRun run =
        run("patch", "gpt2", pairs(1), "--site", "z", "--method", "attribution", "--verify", 2);
    assertTrue(run.out().contains("first order") && run.out().contains("exact"), run.out());
  }

  @Test
  void pathsAreTold() throws IOException {
    JsonObject document =
        json(
            "patch",
            "llama",
            pairs(1),
            "--site",
            "z",
            "--method",
            "path",
            "--receivers",
            "L2H*.q,logits");
    assertEquals("recomputed", document.get("mlps").getAsString());
    assertEquals(24, document.getAsJsonArray("cells").size());
    refused(3, "--receivers", run("patch", "gpt2", pairs(1), "--site", "z", "--method", "path"));
    refused(3, "belong to", run("patch", "gpt2", pairs(1), "--site", "z", "--freeze-mlps"));
    refused(
        3,
        "paths begin at heads",
        run("patch", "gpt2", pairs(1), "--site", "q", "--method", "path", "--receivers", "logits"));
  }

  @Test
  void tablesHaveTheColumnsOfThePaperTrail() throws IOException {
    Path csv = folder.resolve("patch.csv");
    CliRun run =
        run("patch", "gpt2", pairs(1), "--site", "z", "--grid", "head-position", "--csv", csv);
    assertEquals(0, run.code(), run.err());
    List<String> rows = Files.readAllLines(csv);
    assertEquals(
        "component,layer,head,position,token,clean,corrupt,patched,normalised_effect", rows.get(0));
    assertEquals(1 + 12 * 9, rows.size());
    assertTrue(rows.get(1).startsWith("z,0,0,0,"), rows.get(1));
  }

  @Test
  void badWishesAreSaid() throws IOException {
    refused(2, "--site", run("patch", "gpt2", pairs(1)));
    refused(2, "resid_pre", run("patch", "gpt2", pairs(1), "--site", "resid_post"));
    refused(2, "layer-position", run("patch", "gpt2", pairs(1), "--site", "z", "--grid", "x"));
    refused(
        3, "has no heads", run("patch", "gpt2", pairs(1), "--site", "mlp_out", "--grid", "head"));
    refused(
        3, "outside the prompt", run("patch", "gpt2", pairs(1), "--site", "z", "--positions", "9"));
    refused(3, "--verify", run("patch", "gpt2", pairs(1), "--site", "z", "--verify", 2));
    List<Object> unequal = new ArrayList<>(pairs(1));
    unequal.set(3, file("short", "{\"sequences\":[[1,2]]}"));
    refused(3, "need the same number", run("patch", "gpt2", unequal, "--site", "z"));
    List<Object> alike = new ArrayList<>(pairs(1));
    alike.set(3, alike.get(1));
    refused(3, "nothing can be normalised", run("circuit", "gpt2", alike));
    List<Object> fewer = new ArrayList<>(pairs(2));
    fewer.set(5, file("one", "{\"answers\":[1],\"wrong\":[2]}"));
    refused(3, "expected 2 answers", run("patch", "gpt2", fewer, "--site", "z"));
    fewer.set(5, file("far", "{\"answers\":[1,2000000],\"wrong\":[2,3]}"));
    refused(3, "outside the vocabulary", run("patch", "gpt2", fewer, "--site", "z"));
    fewer.set(5, file("same", "{\"answers\":[1,3],\"wrong\":[2,3]}"));
    refused(3, "always 0", run("patch", "gpt2", fewer, "--site", "z"));
    refused(2, "--clean", run("patch", "gpt2", List.of(), "--site", "z"));
  }

  /** Two prompts that say the same are no scale: raw values stay, and the reason is given. */
  @Test
  void alikePromptsGiveRawValuesOnly() throws IOException {
    List<Object> alike = new ArrayList<>(pairs(1));
    alike.set(3, alike.get(1));
    for (String method : List.of("exact", "attribution", "path")) {
      List<Object> more = new ArrayList<>(List.of("--site", "z", "--method", method));
      if (method.equals("path")) {
        more.addAll(List.of("--receivers", "logits", "--senders", "L1H*,embed"));
      }
      JsonObject document = json("patch", "gpt2", alike, more.toArray());
      String why = document.get("notNormalised").getAsString();
      assertTrue(why.contains("nothing can be normalised"), why);
      JsonObject cell = document.getAsJsonArray("cells").get(0).getAsJsonObject();
      assertTrue(cell.get("normalised").isJsonNull());
      assertTrue(Double.isFinite(cell.get("value").getAsDouble()));
      CliRun people = run("patch", "gpt2", alike, more.toArray());
      assertTrue(people.err().contains("nothing can be normalised"), people.err());
    }
    Path csv = folder.resolve("alike.csv");
    run("patch", "gpt2", alike, "--site", "z", "--csv", csv);
    assertTrue(Files.readAllLines(csv).get(1).endsWith(","), Files.readAllLines(csv).get(1));
  }

  @Test
  void moreThanMemoryIsRefusedWithSomethingCheaper() {
    CostEstimate cost = new CostEstimate(3, 5_000_000_000L);
    String message =
        assertThrows(HeadlightException.class, () -> CostNote.requireRoom(cost, 1_000_000_000L))
            .getMessage();
    assertTrue(message.contains("5.0 GB") && message.contains("--method attribution"), message);
    CostNote.requireRoom(cost, 6_000_000_000L);
  }

  @Test
  void circuitsAreMeasuredAndWritten() throws IOException {
    Path out = folder.resolve("c.json");
    JsonObject document =
        json(
            "circuit",
            "llama",
            pairs(1),
            "--top",
            60,
            "--faithfulness",
            4,
            "--direct",
            "--out",
            out);
    assertTrue(document.getAsJsonArray("edges").size() <= 60);
    assertEquals(4, document.getAsJsonArray("curve").size());
    JsonObject end = document.getAsJsonArray("curve").get(3).getAsJsonObject();
    assertEquals(1, end.get("faithfulness").getAsDouble(), 1e-3);
    JsonObject direct = document.getAsJsonObject("direct");
    assertEquals(direct.get("logitDiff").getAsDouble(), direct.get("sum").getAsDouble(), 1e-4);
    assertEquals(4, document.getAsJsonArray("lens").size());
    JsonObject same =
        json("circuit", "llama", pairs(1), "--top", 60, "--compare", out)
            .getAsJsonObject("comparison");
    assertEquals(1, same.get("edgeOverlap").getAsDouble());
    CliRun pruned =
        run("circuit", "llama", pairs(2), "--method", "eap", "--top", 20, "--acdc", 0.001);
    assertEquals(0, pruned.code(), pruned.err());
    assertTrue(pruned.out().contains("ACDC: 20 passes") || pruned.out().contains("passes, KL"));
    Path dot = folder.resolve("c.dot");
    assertEquals(0, run("circuit", "gpt2", pairs(1), "--greedy", "--out", dot).code());
    assertTrue(Files.readString(dot).startsWith("digraph"));
  }

  @Test
  void badWishesForCircuitsAreSaid() throws IOException {
    refused(3, "give one", run("circuit", "gpt2", pairs(1), "--top", 5, "--threshold", 0.1));
    refused(3, "--steps", run("circuit", "gpt2", pairs(1), "--steps", 0));
    refused(2, "eap-ig", run("circuit", "gpt2", pairs(1), "--method", "acdc"));
    refused(3, ".graphml", run("circuit", "gpt2", pairs(1), "--out", folder.resolve("c.txt")));
    refused(3, "norms what its heads write", run("circuit", "gemma2", pairs(1)));
    refused(
        3,
        "missing.json",
        run("circuit", "gpt2", pairs(1), "--compare", folder.resolve("missing.json")));
  }

  @Test
  void textsNeedATokenizer() {
    List<Object> texts =
        List.of("--clean", "a b", "--corrupt", "a c", "--answer", " d", "--wrong", " e");
    refused(3, "no tokenizer.json", run("patch", "mistral", texts, "--site", "z"));
  }
}
