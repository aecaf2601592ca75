package dev.headlight.analysis.sinks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.Intervention.MoveAttention;
import dev.headlight.analysis.run.Positions;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.sinks.HeadEffect.Direction;
import dev.headlight.analysis.sweep.Cell;
import dev.headlight.analysis.sweep.Metrics;
import dev.headlight.analysis.sweep.Sweep;
import dev.headlight.analysis.sweep.SweepListener;
import dev.headlight.analysis.sweep.SweepRequest;
import dev.headlight.analysis.sweep.SweepResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is done to sinks, and what becomes of the model. */
class SinkInterventionsTest {
  private static final HeadSet ALL = HeadSet.parse("L*H*");
  private static Model model;
  private static SinkStatistics statistics;

  @BeforeAll
  static void open() {
    model = Model.open(Path.of("src/test/resources/stories260K"), Progress.NONE);
    List<int[]> texts =
        List.of(
            model
                .tokenizer()
                .orElseThrow()
                .encode("One day, a girl named Lily went to the park. She saw a big red ball.")
                .ids(),
            model
                .tokenizer()
                .orElseThrow()
                .encode("Tom had a small dog. The dog liked to run and play all day long.")
                .ids());
    statistics = SinkAnalysis.measure(model, SinkRequest.of(texts), Progress.NONE);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static int[] prompt() {
    return statistics.sequences().get(0).tokens();
  }

  private static ChangeEffect effect(List<Intervention> changes) {
    return ChangeEffect.measure(model, RunRequest.of(prompt()), changes, 3, 4, Progress.NONE);
  }

  private static List<Head> heads() {
    return List.copyOf(ALL.resolve(model.spec()));
  }

  @Test
  void neutralSettingsLeaveTheModelAsItIs() {
    SequenceSinks own = statistics.sequences().get(0);
    List<Intervention> act = SinkInterventions.act(own, heads(), 0.1, 1);
    assertFalse(act.isEmpty());
    for (List<Intervention> neutral :
        List.of(
            act,
            List.of(SinkInterventions.zeroTuning(ALL, 1)),
            List.of(SinkInterventions.temperature(ALL, Positions.ALL, 1)))) {
      ChangeEffect effect = effect(neutral);
      assertEquals(effect.loss(), effect.changedLoss(), 1e-5);
      assertEquals(0, effect.kl(), 1e-6);
      assertArrayEquals(
          effect.written().orElseThrow().tokens(), effect.changedWritten().orElseThrow().tokens());
    }
  }

  @Test
  void changesChangeTheAnswer() {
    SequenceSinks own = statistics.sequences().get(0);
    for (List<Intervention> changes :
        List.of(
            SinkInterventions.act(own, heads(), 0.1, SinkInterventions.BETA),
            List.of(SinkInterventions.zeroTuning(ALL, 0.2)),
            List.of(SinkInterventions.temperature(ALL, Positions.parse("3-9"), 4)),
            List.of(SinkInterventions.drop(ALL, 0)))) {
      ChangeEffect effect = effect(changes);
      assertFalse(effect.nothingChanged(), changes.toString());
      assertTrue(effect.kl() > 1e-6, changes.toString());
      assertTrue(Math.abs(effect.loss() - effect.changedLoss()) > 1e-6, changes.toString());
      assertEquals(3, effect.next().size());
      assertTrue(effect.next().get(0).probability() > effect.next().get(1).probability());
    }
  }

  @Test
  void actMovesEachHeadsOwnLaterSinksAndNeverTheFirstToken() {
    SequenceSinks own = statistics.sequences().get(1);
    List<Intervention> changes = SinkInterventions.act(own, heads(), 0.12, 0.4);
    int covered = 0;
    for (Intervention change : changes) {
      MoveAttention move = (MoveAttention) change;
      assertFalse(move.keys().contains(0));
      for (Head head : move.heads().resolve(model.spec())) {
        List<Integer> expected =
            own.later(head, 0.12, own.length()).stream().map(LaterSink::position).sorted().toList();
        assertEquals(expected, move.keys(), head.toString());
        covered++;
      }
    }
    long having = heads().stream().filter(h -> !own.later(h, 0.12, own.length()).isEmpty()).count();
    assertEquals(having, covered);
  }

  @Test
  void aSinkThatIsDroppedGetsNothing() {
    SinkRequest request =
        SinkRequest.of(List.of(prompt()))
            .withInterventions(List.of(SinkInterventions.drop(ALL, 3)));
    SinkStatistics dropped = SinkAnalysis.measure(model, request, Progress.NONE);
    for (Head head : heads()) {
      assertEquals(0, dropped.sequences().get(0).mean(head, 3, prompt().length), head.toString());
    }
  }

  @Test
  void theSweepNamesHeadsByWhatServesThem() {
    List<int[]> texts = statistics.sequences().stream().map(SequenceSinks::tokens).toList();
    List<Head> some = heads().subList(8, 20);
    HeadEffects effects =
        SinkSweeps.zeroTuning(
            model,
            RunRequest.ofSequences(texts),
            some,
            SinkSweeps.GAMMAS,
            Metrics.loss(),
            true,
            SweepListener.NONE,
            Progress.NONE);
    assertEquals(some, effects.heads().stream().map(HeadEffect::head).toList());
    for (HeadEffect effect : effects.heads()) {
      double down = effect.deltas()[0];
      double up = effect.deltas()[1];
      Direction expected =
          Math.min(up, down) >= 0 ? Direction.NONE : up < down ? Direction.UP : Direction.DOWN;
      assertEquals(expected, effect.direction(), effect.head().toString());
    }
    int counted =
        effects.of(Direction.UP).size()
            + effects.of(Direction.DOWN).size()
            + effects.of(Direction.NONE).size();
    assertEquals(some.size(), counted);
    // One head again, by itself.
    HeadEffect third = effects.heads().get(2);
    SweepRequest request =
        new SweepRequest(
            texts,
            List.of(Cell.of(SinkInterventions.zeroTuning(HeadSet.of(third.head()), 2))),
            Metrics.loss());
    SweepResult alone = Sweep.run(model, request, SweepListener.NONE, Progress.NONE);
    assertEquals(alone.delta(0), third.deltas()[1], 1e-6);
  }

  @Test
  void actCalibratesHeadByHead() {
    HeadEffects effects = SinkSweeps.act(model, statistics, heads(), 0.12, 0.4, Progress.NONE);
    assertEquals(40, effects.heads().size());
    for (HeadEffect effect : effects.heads()) {
      boolean any =
          statistics.sequences().stream()
              .anyMatch(s -> !s.later(effect.head(), 0.12, s.length()).isEmpty());
      assertEquals(any, effect.deltas()[0] != 0, effect.head().toString());
      assertEquals(effect.deltas()[0] < 0, effect.direction() == Direction.DOWN);
    }
    SinkStatistics changed =
        SinkAnalysis.measure(
            model,
            statistics.request().withInterventions(List.of(SinkInterventions.drop(ALL, 0))),
            Progress.NONE);
    assertThrows(
        HeadlightException.class,
        () -> SinkSweeps.act(model, changed, heads(), 0.12, 0.4, Progress.NONE));
  }

  @Test
  void concentrationIsThatOfTheColumns() {
    TokenConcentration first = TokenConcentration.of(statistics).get(0);
    double sum = 0;
    for (double share : first.shares()) {
      sum += share;
    }
    assertEquals(1, sum, 1e-5);
    assertEquals(first.shares()[first.ranked().get(0)], first.topShare(1), 1e-12);
    assertEquals(1, first.topShare(1000), 1e-5);
    assertTrue(first.topShare(2) > first.topShare(1));
    List<TokenConcentration.Masked> masked =
        first.masked(model, List.of(), List.of(1, 3), 2, new Random(0), Progress.NONE);
    assertEquals(effect(List.of()).loss(), masked.get(0).loss(), 1e-6);
    List<Intervention> hidden =
        first.ranked().subList(0, 3).stream().map(k -> SinkInterventions.drop(ALL, k)).toList();
    assertEquals(effect(hidden).changedLoss(), masked.get(1).top(), 1e-5);
    assertTrue(masked.get(1).random() > 0);
    HeadlightException e =
        assertThrows(
            HeadlightException.class,
            () -> first.masked(model, List.of(), List.of(1000), 1, new Random(0), Progress.NONE));
    assertTrue(e.getMessage().contains("hide 1 to"), e.getMessage());
  }

  /** Uniform attention has the entropy and the shares of the null model. */
  @Test
  void uniformHeadsAreTheNullModel() {
    SinkRequest request =
        SinkRequest.of(List.of(prompt()))
            .withInterventions(List.of(Intervention.parse("uniform:L*H*")));
    SinkStatistics uniform = SinkAnalysis.measure(model, request, Progress.NONE);
    int length = prompt().length;
    EntropyTable entropy = uniform.entropy(0, EntropyTable.Limits.STANDARD);
    assertEquals(entropy.uniform(), entropy.nats().data()[13], 1e-4);
    assertEquals(UniformAttention.entropy(length), entropy.uniform(), 1e-12);
    SinkRates rates = uniform.rates(0.3);
    assertEquals(rates.uniform(), rates.mean(new Head(3, 1)), 1e-5);
    TokenConcentration concentration = TokenConcentration.of(uniform).get(0);
    assertEquals(UniformAttention.topShare(length, 4), concentration.topShare(4), 1e-5);
  }

  @Test
  void flagsAreOfEarlyAndDeepLayers() {
    EntropyTable.Limits wide = new EntropyTable.Limits(0, 1);
    EntropyTable table = statistics.entropy(0, wide);
    assertEquals(EntropyTable.Flag.OVERLOAD, table.flag(new Head(2, 0)));
    assertEquals(EntropyTable.Flag.COLLAPSE, table.flag(new Head(3, 0)));
    assertEquals(24, table.count(EntropyTable.Flag.OVERLOAD));
    int sum = 0;
    for (int quarter : table.quarters()) {
      sum += quarter;
    }
    assertEquals(40, sum);
  }
}
