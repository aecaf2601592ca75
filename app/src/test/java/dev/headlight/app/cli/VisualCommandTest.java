package dev.headlight.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.text.Bos;
import dev.headlight.app.visual.MapMode;
import dev.headlight.app.visual.Shown;
import dev.headlight.app.visual.Side;
import dev.headlight.app.visual.VisualArguments;
import dev.headlight.app.visual.VisualAsk;
import dev.headlight.app.visual.VisualChoice;
import dev.headlight.app.visual.VisualPrompt;
import dev.headlight.app.visual.VisualState;
import dev.headlight.app.visual.VisualWork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code visual}: its files, its document and refusals. */
class VisualCommandTest {
  private static final Path PICTURE = Path.of("src", "test", "resources", "pictures", "rgb.png");

  @TempDir private Path folder;

  private static CliRun llava(Object... more) {
    List<Object> all =
        new ArrayList<>(
            List.of(
                "visual",
                CliRun.fixture("llava"),
                "--image",
                PICTURE,
                "--tokens",
                "1,9,319,5,6,7",
                "--max-new",
                "3"));
    all.addAll(List.of(more));
    return CliRun.of(all.toArray());
  }

  @Test
  void mapsFiguresAndDocument() throws IOException {
    Path out = folder.resolve("out");
    CliRun run =
        llava(
            "--heads",
            "L1H0,L2H3",
            "--map",
            "minus-blank",
            "--scanpath",
            "--shares",
            "--sinks",
            "--vhd",
            "--change",
            "zero",
            "--change",
            "scale:factor=1",
            "--by-layer",
            "cut",
            "--by-layer",
            "drop:keep=0.25",
            "--spread",
            "from",
            "--out",
            out,
            "--json");
    assertEquals(0, run.code(), run.err());
    JsonObject document = JsonParser.parseString(run.out()).getAsJsonObject();
    assertEquals("minus-blank", document.get("map").getAsString());
    assertEquals(12, document.getAsJsonArray("heads").size());
    assertEquals(21, document.get("word").getAsInt());
    assertEquals(20, document.get("query").getAsInt());
    JsonObject zero = document.getAsJsonArray("effects").get(0).getAsJsonObject();
    assertEquals("zero", zero.get("change").getAsString());
    assertTrue(zero.get("kl").getAsDouble() > 0);
    assertEquals(zero.get("differs").getAsJsonArray().size() > 0, zero.has("text"));
    JsonObject same = document.getAsJsonArray("effects").get(1).getAsJsonObject();
    assertTrue(same.get("noEffect").getAsBoolean());
    assertTrue(run.err().contains("NO EFFECT: with scale:factor=1"), run.err());
    JsonObject cut = document.getAsJsonArray("byLayer").get(0).getAsJsonObject();
    JsonObject last =
        cut.getAsJsonArray("rows")
            .get(0)
            .getAsJsonObject()
            .getAsJsonArray("layers")
            .get(2)
            .getAsJsonObject();
    assertEquals(2, last.get("from").getAsInt());
    assertEquals(
        "drop:L2H*/q=18../k=2-17", last.getAsJsonArray("interventions").get(0).getAsString());
    List<String> table = Files.readAllLines(out.resolve("changes.csv"));
    assertEquals(1 + 2 + 3 + 5 * 3, table.size());
    assertTrue(table.get(0).startsWith("change,spread,keep,layer,from,to,token,"), table.get(0));
    for (String name : List.of("shareByLayer", "sinks", "vhd", "effects", "byLayer", "answer")) {
      assertTrue(document.has(name), name);
    }
    List<String> lines = Files.readAllLines(out.resolve("maps.csv"));
    assertEquals(
        "layer,head,query_index,query_token,key_index,picture,tile,image_row,image_col,weight,value",
        lines.get(0));
    assertEquals(1 + 2 * 16, lines.size());
    assertTrue(lines.get(1).startsWith("1,0,20,"), lines.get(1));
    assertTrue(Files.size(out.resolve("L1H0.png")) > 1000);
    assertTrue(Files.readString(out.resolve("L2H3-segmenter.json")).contains("\"point_coords\""));
  }

  @Test
  void theCopiedLineFindsTheSame() {
    VisualState state = new VisualState(() -> {});
    try (Model model = Model.open(CliRun.fixture("llava"), Progress.NONE)) {
      int[] prompt = {1, 9, 319, 5, 6, 7};
      VisualAsk ask =
          VisualPrompt.read(
                  model, List.of(PICTURE), Optional.empty(), Optional.of(prompt), Bos.DEFAULT)
              .ask()
              .withMaxNew(3);
      state.looked(VisualWork.look(ask, Side.MAIN, Shown.FIRST, -1).ask(model, Progress.NONE));
    }
    state.choose(VisualChoice.FIRST.with(MapMode.MINUS_WORD).withWord(22));
    state.select(new Head(1, 2));
    List<Object> line = new ArrayList<>(List.of("visual", CliRun.fixture("llava")));
    line.addAll(VisualArguments.of(state, List.of(PICTURE.toString())));
    line.set(line.lastIndexOf("visual"), folder.resolve("copied"));
    line.add("--json");
    CliRun run = CliRun.of(line.toArray());
    assertEquals(0, run.code(), run.err());
    JsonObject head =
        JsonParser.parseString(run.out())
            .getAsJsonObject()
            .getAsJsonArray("heads")
            .get(6)
            .getAsJsonObject();
    assertEquals(state.view().orElseThrow().largest(), head.get("largest").getAsDouble(), 1e-7);
  }

  @Test
  void vectorsHoldThePicture() throws IOException {
    Path out = folder.resolve("vector");
    CliRun run = llava("--heads", "L1H0", "--format", "svg", "--style", "smooth", "--out", out);
    assertEquals(0, run.code(), run.err());
    String svg = Files.readString(out.resolve("L1H0.svg"));
    assertTrue(svg.contains("data:image/png;base64,"));
    assertTrue(svg.contains("Where “"));
  }

  @Test
  void aMaskRanksTheHeads() throws IOException {
    Path out = folder.resolve("mask");
    CliRun run = llava("--heads", "L1H0", "--mask", PICTURE, "--out", out, "--json");
    assertEquals(0, run.code(), run.err());
    assertEquals(13, Files.readAllLines(out.resolve("groundings.csv")).size());
    JsonObject document = JsonParser.parseString(run.out()).getAsJsonObject();
    assertEquals(12, document.getAsJsonArray("groundings").size());
  }

  @Test
  void aTowerNeedsNoPrompt() {
    CliRun run =
        CliRun.of(
            "visual", CliRun.fixture("vit"), "--image", PICTURE, "--json", "--by-layer", "cut");
    assertEquals(0, run.code(), run.err());
    JsonObject document = JsonParser.parseString(run.out()).getAsJsonObject();
    assertEquals(5, document.getAsJsonArray("verdicts").size());
    assertEquals("cls", document.get("wordLabel").getAsString());
  }

  @Test
  void wrongInputIsNamed() {
    refused(
        "gpt2 reads no pictures",
        CliRun.of("visual", CliRun.fixture("gpt2"), "--image", PICTURE, "--prompt", "a", "--json"));
    refused("nothing is asked for", llava());
    refused("--word: no word \"zebra\"", llava("--word", "zebra", "--json"));
    refused(
        "there is no such file",
        CliRun.of("visual", CliRun.fixture("vit"), "--image", folder.resolve("no.png"), "--json"));
    Path other = Path.of("..", "analysis", "src", "test", "resources", "image", "none.png");
    refused("there is no such file", llava("--json", "--mask", other));
  }

  @Test
  void wrongChangesAreNamed() {
    usage("a change is one of zero, scale, var", llava("--json", "--change", "twice"));
    usage("expected one, from, up-to", llava("--json", "--by-layer", "cut", "--spread", "none"));
    refused("--spread belongs to --by-layer", llava("--json", "--spread", "one"));
    refused("there are layers 0 to 2", llava("--json", "--change", "cut:layers=2-3"));
    refused(
        "needs words behind a picture",
        CliRun.of(
            "visual", CliRun.fixture("vit"), "--image", PICTURE, "--json", "--by-layer", "see"));
  }

  private static void usage(String message, CliRun run) {
    assertEquals(2, run.code(), run.err());
    assertTrue(run.err().contains(message), run.err());
  }

  private static void refused(String message, CliRun run) {
    assertEquals(3, run.code(), run.err());
    assertTrue(run.err().contains(message), run.err());
    assertEquals("", run.out());
  }
}
