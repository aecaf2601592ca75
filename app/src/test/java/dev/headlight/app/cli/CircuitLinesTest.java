package dev.headlight.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.headlight.analysis.circuit.CircuitGraph;
import dev.headlight.analysis.circuit.EdgeScores;
import dev.headlight.analysis.circuit.EdgeVerification;
import dev.headlight.analysis.circuit.HeadTokens;
import dev.headlight.analysis.circuit.LogitParts;
import dev.headlight.analysis.circuit.PathPatching;
import dev.headlight.analysis.circuit.Repair;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.pairs.PairCsv;
import dev.headlight.analysis.pairs.PairGenerator;
import dev.headlight.analysis.pairs.PairKind;
import dev.headlight.analysis.pairs.PairReader;
import dev.headlight.analysis.pairs.PairRequest;
import dev.headlight.analysis.pairs.PromptPair;
import dev.headlight.analysis.pairs.ReadPair;
import dev.headlight.analysis.pairs.RoleText;
import dev.headlight.analysis.pairs.TokenPair;
import dev.headlight.analysis.patching.PatchMap;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.sweep.SweepListener;
import dev.headlight.app.circuits.CircuitArguments;
import dev.headlight.app.circuits.CircuitWork;
import dev.headlight.app.circuits.EdgeChoice;
import dev.headlight.app.circuits.PatchChoice;
import dev.headlight.app.circuits.PathChoice;
import dev.headlight.app.circuits.WeightMap;
import dev.headlight.app.circuits.WeightWork;
import dev.headlight.app.pairs.PairVocabularies;
import dev.headlight.samples.Samples;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines that the circuits pane copies give the numbers that it shows. */
class CircuitLinesTest {
  private static final double CLOSE = 1e-5;

  private static Model model;
  private static List<PromptPair> texts;
  private static List<TokenPair> pairs;

  @TempDir private Path folder;
  private final CircuitWork work = new CircuitWork();

  @BeforeAll
  static void draw() {
    model = Model.open(Samples.folder("world-6l"), Progress.NONE);
    PairReader reader = new PairReader(model.tokenizer().orElseThrow());
    List<ReadPair> drawn =
        PairGenerator.draw(
                PairRequest.of(PairKind.IOI, 4, 0), PairVocabularies.fitting(reader), reader)
            .pairs();
    texts = drawn.stream().map(ReadPair::text).toList();
    pairs = drawn.stream().map(ReadPair::ids).toList();
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static JsonObject run(String command, List<String> arguments) {
    List<Object> line = new ArrayList<>(List.of(command, "sample:world-6l"));
    line.addAll(arguments);
    line.add("--json");
    CliRun run = CliRun.of(line.toArray());
    assertEquals(0, run.code(), run.err());
    return JsonParser.parseString(run.out()).getAsJsonObject();
  }

  private static void cells(double[] expected, JsonArray cells) {
    assertEquals(expected.length, cells.size());
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], cells.get(i).getAsJsonObject().get("value").getAsDouble(), CLOSE);
    }
  }

  @Test
  void mapsAndPaths() {
    PatchMap heads =
        work.estimated(PatchChoice.HEADS.request(pairs.get(1))).ask(model, Progress.NONE);
    JsonObject told = run("patch", CircuitArguments.patch(texts.get(1), PatchChoice.HEADS, 3));
    cells(heads.values(), told.getAsJsonArray("cells"));
    assertEquals(3, told.getAsJsonArray("verified").size());
    PathChoice choice = PathChoice.FIRST.withSenders("L1H*,MLP2").withReceivers("L4H*.q,logits");
    PathPatching.Result paths =
        work.paths(choice.request(pairs.get(1), model.spec()), p -> {}, SweepListener.NONE)
            .ask(model, Progress.NONE);
    cells(
        paths.values(),
        run("patch", CircuitArguments.paths(texts.get(1), choice)).getAsJsonArray("cells"));
  }

  @Test
  void circuitsOfAllPairs() {
    EdgeChoice choice =
        EdgeChoice.FIRST.withAll(true).withSelection(CircuitGraph.Selection.TOP, 40).withSteps(2);
    EdgeScores scores =
        work.edges(pairs, choice.method(), choice.steps()).ask(model, Progress.NONE);
    CircuitGraph circuit = CircuitGraph.select(scores, choice.selection(), choice.edges());
    EdgeVerification verified = work.verified(pairs, circuit, 3).ask(model, Progress.NONE);
    JsonObject told = run("circuit", CircuitArguments.circuit(texts, choice, false, 3));
    JsonArray edges = told.getAsJsonArray("edges");
    assertEquals(circuit.edges().size(), edges.size());
    for (int i = 0; i < edges.size(); i++) {
      JsonObject edge = edges.get(i).getAsJsonObject();
      assertEquals(circuit.edges().get(i).from().toString(), edge.get("from").getAsString());
      assertEquals(circuit.edges().get(i).score(), edge.get("score").getAsDouble(), CLOSE);
    }
    assertEquals(
        work.faithfulness(pairs, circuit).ask(model, Progress.NONE).faithfulness(),
        told.get("faithfulness").getAsDouble(),
        CLOSE);
    for (int i = 0; i < 3; i++) {
      JsonObject row = told.getAsJsonArray("verified").get(i).getAsJsonObject();
      assertEquals(verified.rows().get(i).exact(), row.get("exact").getAsDouble(), CLOSE);
    }
    Path table = folder.resolve("pairs.csv");
    PairCsv.write(table, texts);
    JsonObject same = run("circuit", List.of("--pairs=" + table, "--top", "40", "--steps", "2"));
    assertEquals(edges, same.getAsJsonArray("edges"));
    double tau = 0.05;
    CircuitGraph left = work.pruned(pairs, circuit, tau).ask(model, Progress.NONE).circuit();
    JsonObject pruned =
        run("circuit", CircuitArguments.circuit(texts, choice.withTau(tau), true, 0));
    assertEquals(left.edges().size(), pruned.getAsJsonArray("edges").size());
    assertTrue(left.edges().size() < circuit.edges().size());
  }

  private void repairs(String change) {
    PairReader reader = new PairReader(model.tokenizer().orElseThrow());
    List<List<Intervention>> changes =
        texts.stream()
            .map(t -> List.of(Intervention.parse(RoleText.at(change, reader.read(t)))))
            .toList();
    Repair repair = work.repair(pairs, changes).ask(model, Progress.NONE);
    JsonObject repaired =
        run("circuit", CircuitArguments.repair(texts, List.of(change))).getAsJsonObject("repair");
    for (int i = 0; i < pairs.size(); i++) {
      assertEquals(repair.after()[i], repaired.getAsJsonArray("after").get(i).getAsDouble(), CLOSE);
      Repair alone =
          work.repair(List.of(pairs.get(i)), List.of(changes.get(i))).ask(model, Progress.NONE);
      assertEquals(alone.after()[0], repair.after()[i], CLOSE, "alone as among others");
    }
    assertEquals(repair.accuracyAfter(), repaired.get("accuracyAfter").getAsDouble());
  }

  @Test
  void logitsRepairsAndWeights() {
    LogitParts parts = work.direct(pairs.get(0)).ask(model, Progress.NONE);
    JsonArray told =
        run("circuit", CircuitArguments.direct(texts.get(0)))
            .getAsJsonObject("direct")
            .getAsJsonArray("parts");
    for (int i = 0; i < told.size(); i++) {
      JsonObject part = told.get(i).getAsJsonObject();
      assertEquals(parts.parts().get(i).value(), part.get("value").getAsDouble(), CLOSE);
    }
    for (String change : List.of("row:L3H1@-1=1:0.5,3:0.5", "row:L3H1@{END}={IO}:0.5,{S1}:0.5")) {
      repairs(change);
    }
    Head head = new Head(2, 3);
    for (HeadTokens.Circuit circuit : HeadTokens.Circuit.values()) {
      WeightMap map = WeightWork.map(head, circuit, pairs.get(0).clean()).ask(model, Progress.NONE);
      JsonObject weights = run("weights", CircuitArguments.weights(head, circuit, map.ids(), 2));
      assertEquals(map.copying(), weights.get("copying").getAsDouble(), CLOSE);
      assertEquals(2, weights.getAsJsonArray("top").size());
      JsonElement first = weights.getAsJsonArray("values").get(0).getAsJsonArray().get(1);
      assertEquals(map.values()[0][1], first.getAsDouble(), CLOSE);
    }
  }
}
