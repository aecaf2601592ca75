package dev.headlight.app.circuits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.pairs.TokenPair;
import dev.headlight.analysis.patching.PatchMap;
import dev.headlight.analysis.patching.PatchRequest;
import dev.headlight.analysis.retrieval.PromptSpan;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.sweep.SweepListener;
import dev.headlight.analysis.text.Bos;
import dev.headlight.app.cli.CliRun;
import dev.headlight.app.engine.ModelAsker;
import dev.headlight.app.engine.ModelQuestion;
import dev.headlight.app.job.Delay;
import dev.headlight.app.pairs.PairAsk;
import dev.headlight.app.pairs.PairDesk;
import dev.headlight.app.pairs.PairDraft;
import dev.headlight.app.pairs.PairReading;
import dev.headlight.app.pictures.PictureShelf;
import dev.headlight.app.pictures.PromptPicture;
import dev.headlight.app.retrieval.RetrievalWork;
import dev.headlight.app.retrieval.SpanFindings;
import dev.headlight.app.retrieval.SpanPrompt;
import dev.headlight.samples.SampleExample;
import dev.headlight.samples.Samples;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pairs and parts of prompts about the picture that is open, with the sample that sees. */
class PicturePairsTest {
  private static final SampleExample STAR = Samples.examples("shapes-vlm").get(0);
  private static final SampleExample TRIANGLE = Samples.examples("shapes-vlm").get(1);

  private static Model model;

  @TempDir private Path folder;
  private List<PromptPicture> open = List.of();
  private final PairDesk desk = new PairDesk(new Direct(), Delay.NONE);

  @BeforeAll
  static void open() {
    model = Model.open(Samples.folder("shapes-vlm"), Progress.NONE);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  /** Asks at once. */
  private final class Direct implements PairAsk {
    @Override
    public <T> void ask(Object kind, String title, ModelQuestion<T> question, Consumer<T> answer) {
      answer.accept(question.ask(model, Progress.NONE));
    }

    @Override
    public List<PromptPicture> pictures() {
      return open;
    }
  }

  private void show(SampleExample example) {
    open = List.of(new PictureShelf(folder.resolve("shelf")).take(example.picture()));
    desk.picturesChanged();
  }

  private PairReading typed() {
    desk.type(
        PairDraft.EMPTY
            .withClean("<image> What colour is the star?")
            .withCorrupt("<image> What colour is the cross?")
            .withAnswer("green")
            .withWrong("white"));
    return desk.shown().orElseThrow();
  }

  @Test
  void bothPromptsAreAboutTheOpenPicture() {
    show(STAR);
    PairReading read = typed();
    assertEquals("", read.problem());
    assertTrue(read.ready());
    assertEquals(2, read.pictures().size());
    assertEquals("r0c0", read.clean().label(1));
    assertEquals("<image>", read.clean().spanText(1), "spans are those of the text as typed");
    assertEquals("<image>", read.clean().spanText(81));
    assertEquals("star", read.clean().spanText(read.clean().size() - 2));
    assertEquals("␣green", desk.answers().next().get(0).label());
    assertEquals(1, desk.ready().stream().filter(p -> p.pictures().size() == 2).count());
  }

  @Test
  void anotherPictureIsAnotherPair() {
    show(STAR);
    PairReading first = typed();
    assertEquals(first.ids(), read().ids(), "read again, it is the same pair");
    show(TRIANGLE);
    assertFalse(first.ids().equals(read().ids()));
    open = List.of();
    desk.picturesChanged();
    assertTrue(read().problem().contains("no picture"), read().problem());
    assertFalse(read().ready());
  }

  private PairReading read() {
    desk.picturesChanged();
    return desk.shown().orElseThrow();
  }

  @Test
  void pairsOfTextStayText() {
    show(STAR);
    desk.type(
        PairDraft.EMPTY
            .withClean("What colour is the star?")
            .withCorrupt("What colour is the cross?")
            .withAnswer("green")
            .withWrong("white"));
    assertTrue(desk.shown().orElseThrow().pictures().isEmpty());
    assertTrue(desk.shown().orElseThrow().ready());
  }

  @Test
  void theCopiedLineFindsTheSameCells() {
    show(STAR);
    PairReading read = typed();
    PatchChoice choice = PatchChoice.HEADS.withMethod(PatchMap.Method.EXACT);
    PatchMap map =
        new CircuitWork()
            .exact(choice.request(read.ids().orElseThrow()), m -> {}, SweepListener.NONE)
            .ask(model, Progress.NONE);
    List<String> line =
        CircuitArguments.seeing(
            CircuitArguments.patch(read.text(), choice, 0),
            open.stream().map(PromptPicture::file).toList());
    List<Object> all = new ArrayList<>(List.of("patch", "sample:shapes-vlm"));
    all.addAll(line);
    all.add("--json");
    CliRun run = CliRun.of(all.toArray());
    assertEquals(0, run.code(), run.err());
    JsonArray cells = JsonParser.parseString(run.out()).getAsJsonObject().getAsJsonArray("cells");
    for (int c = 0; c < map.values().length; c++) {
      assertEquals(
          map.values()[c], cells.get(c).getAsJsonObject().get("value").getAsDouble(), 1e-4);
    }
  }

  @Test
  void sessionsHoldWhatWasFoundAndNoPixels() {
    show(STAR);
    TokenPair pair = typed().ids().orElseThrow();
    CircuitState state = new CircuitState(() -> {});
    state.pair(pair);
    state.choose(state.heads(), PatchChoice.HEADS);
    PatchRequest request = PatchChoice.HEADS.request(pair);
    state.found(state.heads(), new CircuitWork().estimated(request).ask(model, Progress.NONE));
    JsonObject document = CircuitJson.write(state).orElseThrow();
    assertTrue(document.toString().length() < 10_000, document.toString().length() + " letters");
    CircuitState other = new CircuitState(() -> {});
    other.pair(pair);
    assertTrue(CircuitJson.restore(document, model.spec(), other));
    assertEquals(document, CircuitJson.write(other).orElseThrow());
    ModelAsker asker =
        new ModelAsker() {
          @Override
          public <T> T ask(ModelQuestion<T> question) {
            return question.ask(model, Progress.NONE);
          }
        };
    assertEquals(
        document, CircuitReplay.run(document, model.spec(), pair.pictures(), asker).orElseThrow());
  }

  @Test
  void answersReadThePicture() {
    show(STAR);
    SpanPrompt prompt =
        SpanPrompt.of("This prompt", STAR.prompt(), Optional.empty(), Bos.DEFAULT).seeing(open);
    SpanFindings found =
        new RetrievalWork()
            .spans(List.of(prompt, prompt.second(SpanPrompt.Second.TWICE, "").orElseThrow()))
            .ask(model, Progress.NONE);
    List<PromptSpan> spans = found.shares().get(0).spans();
    assertEquals(
        List.of("first token", "picture", "question"),
        spans.stream().map(PromptSpan::name).toList());
    assertEquals(81, spans.get(1).positions().size());
    assertEquals(162, found.shares().get(1).spans().get(1).positions().size());
    double most =
        found.rows(model.spec(), Optional.of(new Head(2, 6))).stream()
            .filter(r -> r.name().equals("picture"))
            .findFirst()
            .orElseThrow()
            .share()[0];
    assertTrue(most > 0.2, "a head of the sample reads the picture, found " + most);
  }
}
