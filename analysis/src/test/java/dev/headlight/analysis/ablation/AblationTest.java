package dev.headlight.analysis.ablation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.Parity;
import dev.headlight.analysis.ablation.Treatment.Mode;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.run.Positions;
import dev.headlight.analysis.run.Substitutes;
import dev.headlight.analysis.sweep.SweepListener;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AblationTest {
  private static final int[] FIRST = {3, 14, 15, 92, 65, 35, 89, 79, 32};
  private static final int[] SECOND = {31, 41, 59, 26, 53, 58, 97, 93, 23};
  private static final int[] THIRD = {27, 18, 28, 18, 28, 45, 90, 45, 23};
  private static final List<int[]> ALL = List.of(FIRST, SECOND, THIRD);
  private static final Answers ANSWERS =
      Answers.against(new int[] {5, 6, 7}, new int[] {50, 60, 70});
  private static Model model;

  @BeforeAll
  static void open() {
    model = Model.open(Parity.folder("llama"), Progress.NONE);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static AblationRequest heads() {
    return AblationRequest.of(ALL, Target.heads(model.spec()));
  }

  private static AblationResult run(AblationRequest request) {
    return Ablation.run(model, request, Progress.NONE);
  }

  private static String refused(AblationRequest request) {
    return assertThrows(HeadlightException.class, () -> run(request)).getMessage();
  }

  @Test
  void aFactorOfOneChangesNothingAndIsSaidTo() {
    AblationResult same =
        run(heads().with(Treatment.scale(1)).with(AblationMetric.LOGIT_DIFF, ANSWERS));
    assertEquals(
        Target.heads(model.spec()).stream().map(Target::name).toList(), same.withoutEffect());
    same.runs().forEach(r -> assertEquals(0, r.delta(), 1e-5));
    AblationResult gone = run(heads().with(AblationMetric.LOGIT_DIFF, ANSWERS));
    assertEquals(List.of(), gone.withoutEffect());
    assertArrayEquals(same.baseline(), gone.baseline(), 1e-5);
    assertTrue(gone.runs().stream().mapToDouble(r -> Math.abs(r.delta())).max().orElse(0) > 1e-3);
  }

  /** Accuracy does not move by most heads, which is no proof that they did nothing. */
  @Test
  void aMetricThatDoesNotMoveIsNotNoEffect() {
    AblationResult result = run(heads().with(AblationMetric.ACCURACY, ANSWERS));
    assertTrue(result.runs().stream().anyMatch(r -> r.delta() == 0));
    assertEquals(List.of(), result.withoutEffect());
  }

  @Test
  void aSetOfNoHeadsWouldBeTheBaseline() {
    Target none = new Target("none", new HeadSet(List.of()));
    AblationResult result = run(AblationRequest.of(ALL, List.of(none)).with(AblationMetric.LOSS));
    assertEquals(0, result.runs().get(0).delta(), 1e-6);
    assertTrue(result.runs().get(0).noEffect());
  }

  @Test
  void accuracyIsTheShareOfAnswersAboveTheOthers() {
    AblationResult difference = run(heads().with(AblationMetric.LOGIT_DIFF, ANSWERS));
    AblationResult accuracy = run(heads().with(AblationMetric.ACCURACY, ANSWERS));
    for (int r = 0; r < difference.runs().size(); r++) {
      double[] expected =
          Arrays.stream(difference.runs().get(r).values()).map(d -> d > 0 ? 1 : 0).toArray();
      assertArrayEquals(expected, accuracy.runs().get(r).values());
    }
    // Without a wrong answer every other token is held against it.
    int[] best = {0, 0, 0};
    for (int id = 0; id < model.spec().vocab(); id++) {
      int token = id;
      double[] share =
          run(AblationRequest.of(List.of(FIRST), List.of(Target.of(HeadSet.parse("L0H0"))))
                  .with(AblationMetric.ACCURACY, Answers.of(token)))
              .baseline();
      best[0] += share[0] == 1 ? 1 : 0;
    }
    assertEquals(1, best[0], "one token is the most probable");
  }

  @Test
  void layersAndGroupsAreTheirHeadsTogether() {
    AblationRequest loss = heads().with(AblationMetric.LOSS);
    int heads = model.spec().heads();
    AblationResult layers = run(loss.with(Target.layers(model.spec())));
    assertEquals(model.spec().layers(), layers.runs().size());
    assertEquals(heads, layers.runs().get(1).heads().size());
    AblationResult groups = run(loss.with(Target.groups(model.spec())));
    assertEquals(model.spec().layers() * model.spec().kvHeads(), groups.runs().size());
    assertEquals("L0G1", groups.runs().get(1).target().name());
    AblationResult by = run(loss.with(List.of(Target.of(HeadSet.parse("L1H0-" + (heads - 1))))));
    assertEquals(layers.runs().get(1).delta(), by.runs().get(0).delta(), 1e-6);
  }

  @Test
  void leaveOneInTakesAllOthers() {
    List<Target> targets = Target.leaveOneIn(model.spec());
    int all = model.spec().layers() * model.spec().heads();
    assertEquals(all, targets.size());
    for (Target target : targets) {
      assertEquals(all - 1, target.heads().resolve(model.spec()).size());
      String kept = target.name().replace("only ", "");
      assertFalse(target.heads().terms().contains(kept), kept);
    }
  }

  @Test
  void meansOfTheSameSequencesAreTheOwnOnes() {
    AblationRequest own = heads().with(Treatment.of(Mode.MEAN)).with(AblationMetric.LOSS);
    Substitutes others = new Substitutes(ALL, false);
    AblationResult given = run(own.with(Treatment.of(Mode.MEAN).with(others)));
    AblationResult expected = run(own);
    AblationResult overall =
        run(own.with(Treatment.of(Mode.MEAN).with(new Substitutes(List.of(), true))));
    double apart = 0;
    for (int r = 0; r < expected.runs().size(); r++) {
      assertEquals(expected.runs().get(r).delta(), given.runs().get(r).delta(), 1e-6);
      apart += Math.abs(expected.runs().get(r).delta() - overall.runs().get(r).delta());
    }
    assertTrue(apart > 1e-4, "a mean over all positions is another one");
    assertTrue(expected.semantics().contains("3 sequences, position by position"));
    assertTrue(overall.semantics().contains("all positions of 3 sequences"));
  }

  /** The mean over one other prompt is that prompt's output, wherever the lengths agree not. */
  @Test
  void resamplingFromItselfChangesNothing() {
    Treatment itself = Treatment.of(Mode.RESAMPLE).with(new Substitutes(List.of(FIRST), false));
    AblationResult result =
        run(
            AblationRequest.of(List.of(FIRST), Target.heads(model.spec()))
                .with(AblationMetric.LOSS)
                .with(itself));
    result.runs().forEach(r -> assertEquals(0, r.delta(), 1e-6));
    AblationResult other =
        run(
            AblationRequest.of(List.of(FIRST), Target.heads(model.spec()))
                .with(AblationMetric.LOSS)
                .with(Treatment.of(Mode.RESAMPLE).with(new Substitutes(List.of(SECOND), false))));
    assertTrue(other.runs().stream().anyMatch(r -> Math.abs(r.delta()) > 1e-4));
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void everyTreatmentSaysWhatItDoes(Mode mode) {
    Treatment treatment = mode == Mode.SCALE ? Treatment.scale(0.5) : Treatment.of(mode);
    AblationResult result = run(heads().with(treatment).with(AblationMetric.LOSS));
    assertTrue(result.complete());
    assertTrue(result.runs().stream().anyMatch(r -> Math.abs(r.delta()) > 1e-4), mode.toString());
    assertTrue(result.semantics().endsWith("."), result.semantics());
    String text = treatment.on(HeadSet.parse("L1H2")).text();
    assertTrue(text.startsWith(mode.toString() + ":L1H2"), text);
    String reading = treatment.at(Positions.READING).says(ALL);
    assertTrue(reading.contains("reading only"), reading);
  }

  @Test
  void rankingPutsFirstWhatDoesMostDamage() {
    AblationResult loss = run(heads().with(AblationMetric.LOSS));
    double[] damage =
        loss.ranking().stream()
            .mapToDouble(h -> loss.runs().get(h.layer() * model.spec().heads() + h.head()).delta())
            .toArray();
    for (int i = 1; i < damage.length; i++) {
      assertTrue(damage[i - 1] >= damage[i]);
    }
    AblationResult difference = run(heads().with(AblationMetric.LOGIT_DIFF, ANSWERS));
    int first = difference.ranking().get(0).layer() * model.spec().heads();
    first += difference.ranking().get(0).head();
    double least = difference.runs().stream().mapToDouble(AblationRun::delta).min().orElse(0);
    assertEquals(least, difference.runs().get(first).delta());
  }

  @Test
  void goesOnWhereItWasCancelled() {
    int before = model.liveArrays();
    Ablation ablation = new Ablation(model, heads());
    List<Integer> heard = new ArrayList<>();
    Progress stops =
        new Progress() {
          @Override
          public void report(double fraction, String message) {}

          @Override
          public boolean cancelled() {
            return heard.size() > 5;
          }
        };
    assertThrows(CancellationException.class, () -> ablation.run((c, s, v) -> heard.add(c), stops));
    assertEquals(before, model.liveArrays(), "arrays are left behind");
    AblationResult part = ablation.result();
    assertFalse(part.complete());
    assertTrue(part.runs().stream().anyMatch(r -> Double.isNaN(r.delta())));
    AblationResult whole = ablation.run(SweepListener.NONE, Progress.NONE);
    assertTrue(whole.complete());
    double[] expected = run(heads()).runs().stream().mapToDouble(AblationRun::delta).toArray();
    double[] found = whole.runs().stream().mapToDouble(AblationRun::delta).toArray();
    assertArrayEquals(expected, found, 1e-5);
  }

  @Test
  void refusesWhatDoesNotFit() {
    AblationRequest one = AblationRequest.of(List.of(FIRST), Target.heads(model.spec()));
    String mean = refused(one.with(Treatment.of(Mode.MEAN)));
    assertTrue(mean.contains("two sequences or more, found 1"), mean);
    String resample = refused(one.with(Treatment.of(Mode.RESAMPLE)));
    assertTrue(resample.contains("second prompt"), resample);
    String count = refused(heads().with(AblationMetric.LOGPROB, Answers.of(1, 2)));
    assertTrue(count.contains("expected 3, one a sequence, found 2"), count);
    String outside = refused(heads().with(AblationMetric.LOGPROB, Answers.of(1, 2, 1 << 20)));
    assertTrue(outside.contains("outside the vocabulary"), outside);
    String missing = refused(heads().with(AblationMetric.LOGIT_DIFF));
    assertTrue(missing.contains("needs answers"), missing);
    String wrong = refused(heads().with(AblationMetric.LOGIT_DIFF, Answers.of(1, 2, 3)));
    assertTrue(wrong.contains("wrong answers"), wrong);
    int[] same = {1, 2, 3};
    String equal = refused(heads().with(AblationMetric.LOGIT_DIFF, Answers.against(same, same)));
    assertTrue(equal.contains("always 0"), equal);
    String head = refused(heads().with(List.of(Target.of(HeadSet.parse("L99H0")))));
    assertTrue(head.contains("outside the model"), head);
    String position = refused(heads().with(Treatment.of(Mode.ZERO).at(Positions.at(FIRST.length))));
    assertTrue(position.contains("outside the prompt"), position);
    assertTrue(refused(heads().with(List.of())).contains("no heads"));
    int[] none = IntStream.empty().toArray();
    assertTrue(refused(AblationRequest.of(List.of(none), heads().targets())).contains("no tokens"));
  }

  @Test
  void aSweepLargerThanMemoryIsRefusedWithACheaperPlan() {
    new Ablation(model, heads()).requireMemory();
    HeadlightException large =
        assertThrows(
            HeadlightException.class, () -> Ablation.requireMemory(3_000_000_000L, 1_000_000_000L));
    assertTrue(large.getMessage().contains("needs 3.0 GB"), large.getMessage());
    assertTrue(large.getMessage().contains("give shorter prompts"), large.getMessage());
  }
}
