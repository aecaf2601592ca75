package dev.headlight.app.ablation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.ablation.AblationMetric;
import dev.headlight.analysis.ablation.Curves;
import dev.headlight.analysis.ablation.Offsets;
import dev.headlight.analysis.ablation.Treatment.Mode;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.Head;
import dev.headlight.app.Fixtures;
import dev.headlight.app.engine.PromptSource;
import dev.headlight.renderer.figure.Plot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AblationStateTest {
  private static final int[] PROMPT = {1, 403, 407, 261, 378, 286, 261, 410};
  private static Model model;
  private AblationState state;
  private AblationWork work;
  private int changes;

  @BeforeAll
  static void open() {
    model = Model.open(Fixtures.stories().location().get(), Progress.NONE);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @BeforeEach
  void begin() {
    state = new AblationState(model.spec(), () -> changes++);
    work = new AblationWork();
    state.prompt(AblationWork.list(PROMPT));
  }

  private void sweep() {
    Question question = state.question(Part.SWEEP);
    state.found(
        question, work.sweep(question, m -> state.found(question, m)).ask(model, Progress.NONE));
  }

  private void ask(Part part) {
    Question question = state.question(part);
    state.found(question, work.answer(question).ask(model, Progress.NONE));
  }

  private static Given given(int answer, int wrong, Integer... tokens) {
    List<Integer> ids = List.of(tokens);
    List<Integer> other = new ArrayList<>(ids);
    other.set(ids.size() - 2, 300);
    return new Given(ids, other, answer, wrong);
  }

  @Test
  void aSweepFillsAndIsOfItsQuestionOnly() {
    sweep();
    assertTrue(state.sweep().done());
    assertEquals(state.sweep().size(), state.sweep().count());
    assertTrue(state.sweep().largest() > 1e-3);
    assertEquals(List.of(), state.sweep().noEffect());
    SweepMap zero = state.sweep();
    state.choose(AblationChoice.STANDARD.with(Mode.UNIFORM));
    assertNull(state.sweep(), "what was found under another choice is not shown");
    state.choose(AblationChoice.STANDARD.withFactor(0.3));
    assertEquals(zero, state.sweep(), "it is there again; the factor is of scaled heads only");
  }

  @Test
  void aStoppedSweepGoesOn() {
    List<SweepMap> heard = new ArrayList<>();
    Progress stops =
        new Progress() {
          @Override
          public void report(double fraction, String message) {}

          @Override
          public boolean cancelled() {
            return !heard.isEmpty();
          }
        };
    Question asked = state.question(Part.SWEEP);
    assertThrows(
        CancellationException.class, () -> work.sweep(asked, heard::add).ask(model, stops));
    SweepMap part = heard.get(heard.size() - 1);
    assertFalse(part.done());
    assertTrue(part.count() > 0 && part.count() < part.size(), part.count() + " heads");
    SweepMap whole = work.sweep(asked, m -> {}).ask(model, Progress.NONE);
    assertTrue(whole.done());
    for (int l = 0; l < part.deltas().length; l++) {
      for (int h = 0; h < part.deltas()[l].length; h++) {
        if (!Double.isNaN(part.deltas()[l][h])) {
          assertEquals(part.deltas()[l][h], whole.deltas()[l][h]);
        }
      }
    }
  }

  /** Nothing is said of what is quick, nor of what is refused. */
  @Test
  void theCostOfASweepDisturbsNone() {
    Question asked = state.question(Part.SWEEP);
    SweepMap whole = work.sweep(asked, m -> {}).ask(model, Progress.NONE);
    assertEquals("", AblationWork.cost(asked).ask(model, Progress.NONE));
    state.choose(AblationChoice.STANDARD.with(Mode.RESAMPLE));
    Question refused = state.question(Part.SWEEP);
    assertEquals("", AblationWork.cost(refused).ask(model, Progress.NONE));
    assertThrows(HeadlightException.class, () -> work.answer(refused).ask(model, Progress.NONE));
    List<SweepMap> heard = new ArrayList<>();
    SweepMap again = work.sweep(asked, heard::add).ask(model, Progress.NONE);
    assertTrue(heard.isEmpty() && again.done(), "what was known is not computed again");
    assertArrayEquals(whole.deltas(), again.deltas());
  }

  /** BERT's tokenizer drops control characters. */
  @Test
  void anAnswerWithoutTokensIsRefused() {
    try (Model bert = Model.open(Fixtures.parity("bert").location().get(), Progress.NONE)) {
      AblationState other = new AblationState(bert.spec(), () -> {});
      other.prompt(List.of(2, 5, 7, 3));
      other.choose(AblationChoice.STANDARD.withAnswers("\u0001", ""));
      Question question = other.question(Part.SWEEP);
      String why =
          assertThrows(
                  HeadlightException.class, () -> work.answer(question).ask(bert, Progress.NONE))
              .getMessage();
      assertTrue(why.contains("is no token; write other text"), why);
    }
  }

  @Test
  void theEffectIsOfTheHeadsThatAreAway() {
    state.take(List.of(new Head(0, 1), new Head(2, 3), new Head(99, 0)));
    assertEquals(2, state.taken().size(), "the model has no layer 99");
    ask(Part.EFFECT);
    assertNotNull(state.effect());
    Effect effect = state.effect();
    assertEquals("zero:L0H1,L2H3", effect.change());
    assertEquals(2, effect.alone().length);
    Effect.Row first = effect.rows().get(0);
    assertEquals(AblationMetric.LOGIT_DIFF, first.metric());
    assertTrue(first.baseline() >= 0, "the likeliest token against the next likeliest");
    assertEquals(effect.together(), first.delta(), 1e-4);
    assertFalse(effect.noEffect());
    state.toggle(new Head(0, 1));
    assertNull(state.effect(), "an effect of other heads counts for nothing");
    assertEquals(List.of(new Head(2, 3)), List.copyOf(state.taken()));
  }

  @Test
  void aFactorOfOneHasNoEffect() {
    state.choose(AblationChoice.STANDARD.with(Mode.SCALE).withFactor(1));
    state.take(List.of(new Head(1, 1)));
    ask(Part.EFFECT);
    assertTrue(state.effect().noEffect());
  }

  @Test
  void textsAreWrittenAndMarked() {
    state.take(IntStream.range(0, 8).mapToObj(h -> new Head(0, h)).toList());
    state.set(state.settings().withLength(12));
    Question question = state.question(Part.TEXTS);
    state.found(question, Texts.NONE);
    Texts texts = work.write(question, p -> state.wrote(question, p)).ask(model, Progress.NONE);
    assertEquals(texts, state.texts());
    assertEquals(12, texts.baseline().size());
    assertEquals(texts.without().size(), texts.differs().length);
    assertTrue(IntStream.range(0, 12).anyMatch(i -> texts.differs()[i]));
    assertTrue(IntStream.range(0, 12).anyMatch(i -> texts.missing()[i]));
    texts.baseline().forEach(p -> assertTrue(p.probability() > 0 && p.probability() <= 1));
    List<String> line = state.arguments(Part.TEXTS, List.of("--tokens", "1"));
    assertTrue(line.containsAll(List.of("--tokens", "--generate", "12")), "" + line);
    assertArrayEquals(
        new boolean[] {false, true, false},
        TwoTexts.differs(new int[] {4, 5, 6}, new int[] {4, 9, 6}));
  }

  @Test
  void curvesBeginAtTheBaseline() {
    sweep();
    state.set(state.settings().withDraws(2));
    ask(Part.CURVES);
    Curves curves = (Curves) state.found(state.question(Part.CURVES));
    assertEquals(4, curves.curves().size());
    Plot plot = AblationPlots.curves(curves);
    assertEquals(3, plot.series().size());
    for (Plot.Series series : plot.series()) {
      assertEquals(0, series.x()[0]);
      assertEquals(state.sweep().baseline(), series.y()[0], 1e-4);
    }
  }

  @Test
  void resamplingNeedsOtherPrompts() {
    state.choose(AblationChoice.STANDARD.with(Mode.RESAMPLE));
    HeadlightException none =
        assertThrows(
            HeadlightException.class,
            () -> work.answer(state.question(Part.SWEEP)).ask(model, Progress.NONE));
    assertTrue(none.getMessage().contains("choose the library"), none.getMessage());
    state.choose(AblationChoice.STANDARD.with(Mode.MEAN));
    sweep();
    assertTrue(state.sweep().semantics().contains("all positions"), state.sweep().semantics());
    List<String> line = state.arguments(Part.SWEEP, List.of());
    assertTrue(line.containsAll(List.of("--mean-over", "all", "--answer-id")), "" + line);
  }

  @Test
  void pairsAreReadWithTheirOwnAnswers() {
    state.pairs(List.of(given(261, 300, 1, 403, 407, 261), given(410, 286, 1, 378, 286, 261, 410)));
    state.choose(AblationChoice.STANDARD.with(ReadOn.PAIRS).with(AblationMetric.ACCURACY));
    sweep();
    assertEquals(2, state.sweep().sequences());
    assertEquals(List.of(261, 410), state.sweep().answers().right());
    assertTrue(List.of(0.0, 0.5, 1.0).contains(state.sweep().baseline()));
    state.prompt(List.of(1, 2, 3));
    assertNotNull(state.sweep(), "the prompt at hand is not what is read");
    state.take(List.of(new Head(0, 1), new Head(1, 2)));
    for (Part part : List.of(Part.EFFECT, Part.PAIRS, Part.OFFSETS)) {
      ask(part);
      assertNotNull(state.found(state.question(part)), part.title());
    }
    assertEquals(5, state.effect().rows().size(), "accuracy is one of them");
    Offsets offsets = (Offsets) state.found(state.question(Part.OFFSETS));
    assertEquals(2, offsets.heads().size());
    List<String> line = state.arguments(Part.SWEEP, List.of());
    assertEquals(List.of("--sequences", "1,403,407,261;1,378,286,261,410"), line.subList(0, 2));
    assertTrue(line.containsAll(List.of("261,410", "300,286")), "" + line);
  }

  @Test
  void groupsLayersAndHeadsAloneAreSwept() {
    for (Over over : Over.values()) {
      state.choose(AblationChoice.STANDARD.with(AblationMetric.LOSS).with(over));
      sweep();
      assertEquals(over.targets(model.spec()).size(), state.sweep().size(), over.title());
      assertTrue(state.sweep().largest() > 1e-3, over.title());
      assertEquals(AnswerIds.NONE, state.sweep().answers());
    }
  }

  @Test
  void whatWasFoundComesBackFromItsDocument() {
    state.take(List.of(new Head(0, 1), new Head(1, 2)));
    state.set(new AblationSettings(4, 1));
    state.choose(AblationChoice.STANDARD.with(AblationMetric.LOSS));
    for (Part part : Part.values()) {
      if (part != Part.OFFSETS) {
        ask(part);
      }
    }
    JsonElement document = JsonParser.parseString(state.document().orElseThrow().toString());
    AblationState other = new AblationState(model.spec(), () -> {});
    other.restore(document);
    other.choose(state.choice());
    other.set(state.settings());
    other.take(state.taken());
    other.prompt(AblationWork.list(PROMPT));
    assertEquals(state.document(), other.document());
    for (Part part : Part.values()) {
      assertEquals(state.question(part), other.question(part));
      boolean known = other.found(other.question(part)) != null;
      assertEquals(part != Part.OFFSETS, known, part.title());
    }
    assertArrayEquals(state.sweep().flat(), other.sweep().flat());
    assertEquals(state.texts(), other.texts());
    other.restore(JsonParser.parseString("[3, {}, {\"question\": {\"part\": \"SWEEP\"}}]"));
  }

  @Test
  void anAnswerThatIsNoTokenIsRefused() {
    state.choose(AblationChoice.STANDARD.withAnswers(" the", " the"));
    HeadlightException same = refused();
    assertTrue(same.getMessage().contains("always 0"), same.getMessage());
  }

  private HeadlightException refused() {
    return assertThrows(
        HeadlightException.class,
        () -> work.answer(state.question(Part.SWEEP)).ask(model, Progress.NONE));
  }

  @Test
  void aMeanOverOnePromptIsRefused(@TempDir Path folder) throws Exception {
    Path one = Files.writeString(folder.resolve("one.txt"), "Once upon a time there was a dog.\n");
    state.choose(AblationChoice.STANDARD.with(Mode.MEAN).with(PromptSource.of(one)));
    assertTrue(refused().getMessage().contains("two sequences or more, found 1"));
    Path two =
        Files.writeString(
            folder.resolve("two.txt"), "Once upon a time there was a dog.\nLily went home.\n");
    state.choose(AblationChoice.STANDARD.with(Mode.MEAN).with(ReadOn.of(PromptSource.of(two))));
    sweep();
    assertEquals(2, state.sweep().sequences());
    assertTrue(state.sweep().semantics().contains("2 sequences"), state.sweep().semantics());
  }
}
