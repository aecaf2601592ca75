package dev.headlight.app.ablation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.ablation.AblationMetric;
import dev.headlight.analysis.ablation.Treatment.Mode;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.Head;
import dev.headlight.app.Fixtures;
import dev.headlight.renderer.figure.Plot;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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
    state.swept(work.sweep(state.asked(), state::swept).ask(model, Progress.NONE));
  }

  @Test
  void aSweepFillsAndIsOfItsQuestionOnly() {
    Asked asked = state.asked();
    sweep();
    assertTrue(state.sweep().done());
    assertEquals(state.sweep().size(), state.sweep().count());
    assertTrue(state.sweep().largest() > 1e-3);
    assertEquals(List.of(), state.sweep().noEffect());
    state.choose(AblationChoice.STANDARD.with(Mode.UNIFORM));
    assertNull(state.sweep(), "what was found under another choice is gone");
    state.swept(work.sweep(asked, m -> {}).ask(model, Progress.NONE));
    assertNull(state.sweep(), "an answer to a former question counts for nothing");
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
    Asked asked = state.asked();
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

  @Test
  void theEffectIsOfTheHeadsThatAreAway() {
    state.take(List.of(new Head(0, 1), new Head(2, 3), new Head(99, 0)));
    assertEquals(2, state.taken().size(), "the model has no layer 99");
    Asked asked = state.asked();
    Effect effect = work.effect(asked, new TreeSet<>(state.taken())).ask(model, Progress.NONE);
    state.found(asked, effect);
    assertNotNull(state.effect());
    assertEquals("zero:L0H1,L2H3", effect.change());
    assertEquals(2, effect.alone().length);
    Effect.Row first = effect.rows().get(0);
    assertEquals(AblationMetric.LOGIT_DIFF, first.metric());
    assertTrue(first.baseline() >= 0, "the likeliest token against the next likeliest");
    assertEquals(effect.together(), first.delta(), 1e-4);
    assertFalse(effect.noEffect());
    state.toggle(new Head(0, 1));
    assertNull(state.effect());
    state.found(asked, effect);
    assertNull(state.effect(), "an effect of other heads counts for nothing");
    assertEquals(List.of(new Head(2, 3)), List.copyOf(state.taken()));
  }

  @Test
  void aFactorOfOneHasNoEffect() {
    state.choose(AblationChoice.STANDARD.with(Mode.SCALE).withFactor(1));
    state.take(List.of(new Head(1, 1)));
    Effect effect =
        work.effect(state.asked(), new TreeSet<>(state.taken())).ask(model, Progress.NONE);
    assertTrue(effect.noEffect());
  }

  @Test
  void textsAreWrittenAndMarked() {
    state.take(IntStream.range(0, 8).mapToObj(h -> new Head(0, h)).toList());
    state.writing();
    Asked asked = state.asked();
    TwoTexts texts =
        work.write(asked, new TreeSet<>(state.taken()), 12, p -> state.wrote(asked, p))
            .ask(model, Progress.NONE);
    assertEquals(texts.baseline().tokens().length, state.baseline().size());
    assertEquals(texts.ablated().tokens().length, state.without().size());
    assertArrayEquals(texts.differs(), state.differs());
    assertTrue(IntStream.range(0, state.differs().length).anyMatch(i -> state.differs()[i]));
    assertTrue(state.arguments().containsAll(List.of("--generate", "32")), "" + state.arguments());
    assertArrayEquals(
        new boolean[] {false, true, false},
        TwoTexts.differs(new int[] {4, 5, 6}, new int[] {4, 9, 6}));
  }

  @Test
  void curvesBeginAtTheBaseline() {
    sweep();
    Asked asked = state.asked();
    state.curved(asked, work.curves(asked).ask(model, Progress.NONE));
    Plot plot = AblationPlots.curves(state.curves());
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
            () -> work.sweep(state.asked(), m -> {}).ask(model, Progress.NONE));
    assertTrue(none.getMessage().contains("choose the library"), none.getMessage());
    state.choose(AblationChoice.STANDARD.with(Mode.MEAN));
    sweep();
    assertTrue(state.sweep().semantics().contains("all positions"), state.sweep().semantics());
    assertTrue(state.arguments().containsAll(List.of("--mean-over", "all")));
    assertTrue(state.arguments().contains("--answer-id"));
  }
}
