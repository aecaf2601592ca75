package dev.headlight.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.headlight.analysis.ablation.AblationMetric;
import dev.headlight.analysis.ablation.Curves;
import dev.headlight.analysis.ablation.Importance;
import dev.headlight.analysis.ablation.Interaction;
import dev.headlight.analysis.ablation.Offsets;
import dev.headlight.analysis.ablation.RankSensitivity;
import dev.headlight.analysis.ablation.Redundancy;
import dev.headlight.analysis.ablation.Treatment.Mode;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.run.Head;
import dev.headlight.app.Fixtures;
import dev.headlight.app.ablation.AblationChoice;
import dev.headlight.app.ablation.AblationExports;
import dev.headlight.app.ablation.AblationPictures;
import dev.headlight.app.ablation.AblationPlots;
import dev.headlight.app.ablation.AblationSettings;
import dev.headlight.app.ablation.AblationState;
import dev.headlight.app.ablation.AblationWork;
import dev.headlight.app.ablation.Effect;
import dev.headlight.app.ablation.Given;
import dev.headlight.app.ablation.Over;
import dev.headlight.app.ablation.Part;
import dev.headlight.app.ablation.Question;
import dev.headlight.app.ablation.ReadOn;
import dev.headlight.app.ablation.SweepMap;
import dev.headlight.app.ablation.Texts;
import dev.headlight.app.engine.ModelFacts;
import dev.headlight.app.engine.ModelHost;
import dev.headlight.app.engine.PromptSource;
import dev.headlight.app.export.CopyCommand;
import dev.headlight.app.export.HeadExport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the ablation pane copies as a command gives its own numbers; and what it writes. */
class AblationLinesTest {
  private static final double SAME = 1e-4;
  private static final List<Integer> PROMPT = List.of(1, 403, 407, 261, 378, 286, 261, 410);

  @TempDir private Path folder;
  private final ModelHost host = new ModelHost();
  private final AblationWork work = new AblationWork();
  private ModelFacts facts;
  private AblationState state;

  @BeforeEach
  void open() {
    facts = host.open(Fixtures.stories(), Progress.NONE);
    state = new AblationState(facts.spec(), () -> {});
    state.prompt(PROMPT);
    state.take(List.of(new Head(0, 1), new Head(1, 6)));
    state.set(new AblationSettings(6, 2));
  }

  @AfterEach
  void close() {
    host.close();
  }

  private <T> T ask(Part part, Class<T> type) {
    Question question = state.question(part);
    Object found = host.ask(facts, work.answer(question), Progress.NONE);
    state.found(question, found);
    return type.cast(found);
  }

  /** Runs the line of a part. */
  private JsonObject line(Part part) {
    String line =
        CopyCommand.of(
            "ablate",
            facts,
            state.arguments(part, List.of("--tokens", "1,403,407,261,378,286,261,410")));
    List<String> words = new ArrayList<>(CopiedLinesTest.words(line));
    words.remove(0);
    words.replaceAll(w -> w.equals("alike.csv") ? folder.resolve(w).toString() : w);
    words.add("--json");
    CliRun run = CliRun.of(words.toArray());
    assertEquals(0, run.code(), line + "\n" + run.err());
    return JsonParser.parseString(run.out()).getAsJsonObject();
  }

  private static void same(double[] expected, JsonArray found) {
    assertEquals(expected.length, found.size());
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], found.get(i).getAsDouble(), SAME, "number " + i);
    }
  }

  private static double[] deltas(JsonObject document) {
    return document.getAsJsonArray("runs").asList().stream()
        .mapToDouble(r -> r.getAsJsonObject().get("delta").getAsDouble())
        .toArray();
  }

  private void sweepIsTheSame() {
    SweepMap map = ask(Part.SWEEP, SweepMap.class);
    JsonObject document = line(Part.SWEEP);
    assertEquals(map.baseline(), document.get("baselineMean").getAsDouble(), SAME);
    double[] found = deltas(document);
    assertEquals(map.size(), found.length);
    for (int i = 0; i < found.length; i++) {
      assertEquals(map.flat()[i], found[i], SAME);
    }
    assertEquals(map.semantics(), document.get("semantics").getAsString());
  }

  private void pairs() {
    List<Integer> second = List.of(1, 378, 286, 261, 410, 403);
    state.pairs(
        List.of(
            new Given(PROMPT, List.of(1, 403, 300, 261, 378, 286, 261, 410), 261, 300),
            new Given(second, List.of(1, 378, 300, 261, 410, 403), 410, 286)));
  }

  @Test
  void sweepsOnThePromptAFileAndPairs() throws IOException {
    sweepIsTheSame();
    state.choose(
        AblationChoice.STANDARD.with(Mode.MEAN).with(AblationMetric.LOSS).with(Over.GROUPS));
    sweepIsTheSame();
    Path file =
        Files.writeString(
            folder.resolve("my prompts.txt"),
            "Once upon a time there was a dog.\nLily went to the park with her mom.\n");
    PromptSource source = PromptSource.of(file);
    state.choose(AblationChoice.STANDARD.with(ReadOn.of(source)).with(Mode.SCALE).withFactor(0.3));
    sweepIsTheSame();
    state.choose(
        AblationChoice.STANDARD
            .with(AblationMetric.KL)
            .with(Mode.MEAN)
            .with(source)
            .with(AblationChoice.When.LAST));
    sweepIsTheSame();
    pairs();
    state.choose(
        AblationChoice.STANDARD
            .with(ReadOn.PAIRS)
            .with(AblationMetric.ACCURACY)
            .with(Over.LEAVE_ONE_IN));
    sweepIsTheSame();
  }

  @Test
  void everyOtherPart() {
    Effect effect = ask(Part.EFFECT, Effect.class);
    assertEquals(effect.together(), deltas(line(Part.EFFECT))[0], SAME);
    Texts texts = ask(Part.TEXTS, Texts.class);
    JsonObject written = line(Part.TEXTS).getAsJsonArray("generation").get(0).getAsJsonObject();
    same(
        texts.without().stream().mapToDouble(p -> p.id()).toArray(),
        written.getAsJsonObject("ablated").getAsJsonArray("tokens"));
    same(
        texts.baseline().stream().mapToDouble(p -> Math.log(p.probability())).toArray(),
        written.getAsJsonObject("baseline").getAsJsonArray("logprobs"));
    Curves curves = ask(Part.CURVES, Curves.class);
    JsonArray lines = line(Part.CURVES).getAsJsonArray("curves");
    assertEquals(4, lines.size());
    for (int c = 0; c < 4; c++) {
      same(
          curves.curves().get(c).values(), lines.get(c).getAsJsonObject().getAsJsonArray("values"));
    }
    Interaction two = ask(Part.PAIRS, Interaction.class);
    JsonObject interaction = line(Part.PAIRS).getAsJsonObject("interaction");
    same(two.single(), interaction.getAsJsonArray("single"));
    same(two.pairs()[0], interaction.getAsJsonArray("pairs").get(0).getAsJsonArray());
    Importance gradient = ask(Part.GRADIENT, Importance.class);
    JsonObject importance = line(Part.GRADIENT).getAsJsonObject("importance");
    same(gradient.perToken(), importance.getAsJsonArray("perToken"));
    same(gradient.perBatch(), importance.getAsJsonArray("perBatch"));
    RankSensitivity low = ask(Part.RANKS, RankSensitivity.class);
    JsonArray groups = line(Part.RANKS).getAsJsonObject("lowRank").getAsJsonArray("groups");
    assertEquals(low.groups().size(), groups.size());
    same(low.groups().get(2).keys(), groups.get(2).getAsJsonObject().getAsJsonArray("keys"));
    ask(Part.LIKENESS, Redundancy.class);
    line(Part.LIKENESS);
    assertTrue(Files.exists(folder.resolve("alike-patterns.csv")));
  }

  @Test
  void offsetsOfPairs() {
    pairs();
    state.choose(AblationChoice.STANDARD.with(ReadOn.PAIRS));
    Offsets found = ask(Part.OFFSETS, Offsets.class);
    JsonObject document = line(Part.OFFSETS).getAsJsonObject("offsets");
    assertEquals(found.baseline(), document.get("baseline").getAsDouble(), SAME);
    same(found.values()[1], document.getAsJsonArray("values").get(1).getAsJsonArray());
  }

  @Test
  void tablesAndFiguresSayWhereTheyComeFrom() throws IOException {
    pairs();
    AblationExports exports = new AblationExports(work);
    for (Part part : Part.values()) {
      state.choose(
          part == Part.OFFSETS
              ? AblationChoice.STANDARD.with(ReadOn.PAIRS)
              : AblationChoice.STANDARD);
      Object found = ask(part, Object.class);
      Path csv = folder.resolve(part + ".csv");
      Question question = state.question(part);
      host.ask(facts, exports.table(question, found, true, state.sweep(), csv), Progress.NONE);
      assertTrue(Files.readAllLines(csv).size() > 1, part.title());
      JsonObject about =
          JsonParser.parseString(Files.readString(HeadExport.beside(csv))).getAsJsonObject();
      assertEquals(64, about.get("sha256").getAsString().length());
      assertTrue(about.getAsJsonArray("tokens").size() > 0, part.title());
    }
    Question question = state.question(Part.OFFSETS);
    Path svg = folder.resolve("offsets.svg");
    host.ask(
        facts,
        exports.figure(
            question,
            AblationPlots.offsets((Offsets) state.found(question)),
            "Offsets",
            "Words.",
            svg),
        Progress.NONE);
    assertTrue(Files.readString(svg).contains("sha256"));
    state.choose(AblationChoice.STANDARD);
    Question sweep = state.question(Part.SWEEP);
    Path pdf = folder.resolve("sweep.pdf");
    host.ask(
        facts, exports.figure(sweep, AblationPictures.sweep(state.sweep()), pdf), Progress.NONE);
    assertTrue(Files.size(pdf) > 1000);
  }

  @Test
  void listsOfIdsThatAreNoneAreRefused() {
    CliRun wrong =
        CliRun.of("ablate", CliRun.fixture("llama"), "--sequences", "1,2;x", "--sweep", "heads");
    assertEquals(3, wrong.code());
    assertTrue(wrong.err().contains("expected token ids such as 1,2,3;4,5"), wrong.err());
    CliRun half =
        CliRun.of("ablate", CliRun.fixture("llama"), "--tokens", "1,2", "--offset", "L0H1");
    assertEquals(3, half.code());
    assertTrue(half.err().contains("--offset-from"), half.err());
  }
}
