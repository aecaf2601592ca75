package dev.headlight.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import dev.headlight.analysis.ablation.Importance;
import dev.headlight.analysis.ablation.Redundancy;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.LayerListener;
import dev.headlight.analysis.text.Bos;
import dev.headlight.app.Fixtures;
import dev.headlight.app.ablation.AblationSettings;
import dev.headlight.app.ablation.AblationState;
import dev.headlight.app.ablation.AblationWork;
import dev.headlight.app.ablation.Effect;
import dev.headlight.app.ablation.Part;
import dev.headlight.app.ablation.Question;
import dev.headlight.app.ablation.Seen;
import dev.headlight.app.ablation.SweepMap;
import dev.headlight.app.ablation.Texts;
import dev.headlight.app.engine.ModelHost;
import dev.headlight.app.engine.ModelSource;
import dev.headlight.app.engine.RunSnapshot;
import dev.headlight.app.export.CopyCommand;
import dev.headlight.app.pictures.PictureShelf;
import dev.headlight.samples.SampleExample;
import dev.headlight.samples.SampleVersion;
import dev.headlight.samples.Samples;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ablation pane on a prompt with a picture, and on a tower by itself. */
class PictureAblationTest {
  private static final double SAME = 1e-4;
  private static final SampleExample STAR = Samples.examples("shapes-vlm").get(0);
  private static final SampleExample TRIANGLE = Samples.examples("shapes-vlm").get(1);

  @TempDir private Path folder;
  private final ModelHost host = new ModelHost();
  private final AblationWork work = new AblationWork();
  private RunSnapshot run;
  private AblationState state;

  @AfterEach
  void close() {
    host.close();
  }

  private void open(ModelSource source, String prompt) {
    host.open(source, Progress.NONE);
    view(prompt, STAR);
    state = new AblationState(run.model().spec(), () -> {});
    state.prompt(AblationWork.list(run.tokens().ids()), Seen.of(run.prompt()));
    state.take(List.of(new Head(1, 1), new Head(2, 0)));
    state.set(new AblationSettings(3, 1));
  }

  private void view(String prompt, SampleExample example) {
    var picture = new PictureShelf(folder.resolve("shelf")).take(example.picture());
    run =
        host.view(
            host.read(prompt, Optional.empty(), Bos.DEFAULT, List.of(picture)),
            LayerListener.NONE,
            Progress.NONE);
  }

  private <T> T ask(Part part, Class<T> type) {
    Question question = state.question(part);
    Object found = host.ask(run.model(), work.answer(question), Progress.NONE);
    state.found(question, found);
    return type.cast(found);
  }

  private double[] deltas(Part part) {
    List<String> given = new CopyCommand(run, Bos.DEFAULT, Optional.empty()).promptArguments();
    String line = CopyCommand.of("ablate", run.model(), state.arguments(part, given));
    List<String> words = new ArrayList<>(CopiedLinesTest.words(line));
    words.remove(0);
    words.add("--json");
    CliRun told = CliRun.of(words.toArray());
    assertEquals(0, told.code(), line + "\n" + told.err());
    JsonArray runs = JsonParser.parseString(told.out()).getAsJsonObject().getAsJsonArray("runs");
    return runs.asList().stream()
        .mapToDouble(r -> r.getAsJsonObject().get("delta").getAsDouble())
        .toArray();
  }

  private void sweepIsThatOfTheLine() {
    SweepMap map = ask(Part.SWEEP, SweepMap.class);
    double[] told = deltas(Part.SWEEP);
    assertEquals(map.size(), told.length);
    for (int i = 0; i < told.length; i++) {
      assertEquals(map.flat()[i], told[i], SAME);
    }
  }

  @Test
  void everyPartSeesThePicture() {
    open(ModelSource.of(SampleVersion.parse("shapes-vlm")), STAR.prompt());
    sweepIsThatOfTheLine();
    assertEquals(" " + STAR.answer(), ask(Part.TEXTS, Texts.class).baseline().get(0).text());
    assertTrue(ask(Part.EFFECT, Effect.class).toString().contains(STAR.answer()));
    ask(Part.GRADIENT, Importance.class);
    ask(Part.LIKENESS, Redundancy.class);
    ask(Part.CURVES, Object.class);
    ask(Part.RANKS, Object.class);
    ask(Part.PAIRS, Object.class);
  }

  @Test
  void anotherPictureIsAnotherQuestion() {
    open(ModelSource.of(SampleVersion.parse("shapes-vlm")), STAR.prompt());
    SweepMap star = ask(Part.SWEEP, SweepMap.class);
    Question of = state.question(Part.SWEEP);
    JsonElement document = state.document().orElseThrow();
    assertTrue(document.toString().length() < 20_000, document.toString().length() + " letters");
    view(STAR.prompt(), TRIANGLE);
    state.prompt(AblationWork.list(run.tokens().ids()), Seen.of(run.prompt()));
    assertNotEquals(of, state.question(Part.SWEEP));
    SweepMap triangle = ask(Part.SWEEP, SweepMap.class);
    assertNotEquals(star.baseline(), triangle.baseline());
    AblationState other = new AblationState(run.model().spec(), () -> {});
    other.restore(document);
    other.prompt(AblationWork.list(run.tokens().ids()), Seen.of(run.prompt()));
    assertNull(other.sweep(), "what was found of one picture is not shown of another");
    view(STAR.prompt(), STAR);
    other.prompt(AblationWork.list(run.tokens().ids()), Seen.of(run.prompt()));
    assertEquals(star.baseline(), other.sweep().baseline());
  }

  @Test
  void aTowerHasHeadsToTakeAwayToo() {
    open(Fixtures.parity("vit"), "");
    sweepIsThatOfTheLine();
    assertEquals(2, ask(Part.EFFECT, Effect.class).heads().size());
  }

  @Test
  void aModelWithoutATokenizerToo() {
    open(Fixtures.parity("llava"), "1 2 319 5 6 7");
    sweepIsThatOfTheLine();
  }
}
