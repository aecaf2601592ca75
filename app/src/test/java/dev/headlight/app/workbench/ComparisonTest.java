package dev.headlight.app.workbench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.run.Head;
import dev.headlight.app.Fixtures;
import dev.headlight.app.engine.Alignment;
import dev.headlight.app.engine.ComparedMaps;
import dev.headlight.app.engine.ModelHost;
import dev.headlight.app.job.Delay;
import dev.headlight.app.job.SameThreadJobRunner;
import dev.headlight.app.workbench.Comparison.Kind;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Comparisons on a small trained model, every answer at once. */
class ComparisonTest {
  private final Workbench w = new Workbench();
  private final ModelHost host = new ModelHost();
  private final SameThreadJobRunner runner = new SameThreadJobRunner();
  private final WorkbenchController controller =
      new WorkbenchController(w, host, runner, Delay.NONE);
  private Comparison comparison;

  @BeforeEach
  void open() {
    controller.open(Fixtures.stories(), () -> {}, () -> {});
    w.prompt.set("Once upon a time there was a cat");
    w.head.set(new Head(2, 3));
    comparison = new Comparison(w, host, runner, Delay.NONE);
  }

  @AfterEach
  void close() {
    host.close();
  }

  private float largest() {
    ComparedMaps maps = comparison.maps.get();
    int columns = maps.difference().columns();
    return maps.difference().get(maps.largest() / columns, maps.largest() % columns);
  }

  @Test
  void firstAnotherHeadOfTheLayer() {
    assertEquals(new Head(2, 4), comparison.headB.get());
    assertEquals(new Head(2, 3), comparison.maps.get().headA());
    assertNotEquals(0, largest());
    comparison.headB.set(new Head(2, 3));
    assertEquals(0, largest());
    w.head.set(new Head(0, 0));
    assertEquals(new Head(0, 0), comparison.maps.get().headA());
  }

  @Test
  void otherPromptIsAligned() {
    comparison.kind.set(Kind.PROMPTS);
    assertNull(comparison.maps.get());
    comparison.promptB.set("Once upon a time there was a big dog");
    Alignment alignment = comparison.maps.get().alignment();
    assertTrue(alignment.shared() >= 8, "the beginning is the same");
    assertTrue(alignment.shared() < alignment.length());
    assertEquals(0, comparison.maps.get().difference().get(1, 1), "the same beginning");
    assertNotNull(comparison.effect.get());
  }

  @Test
  void changedPassIsComparedAndChangingNothingIsSaid() {
    comparison.kind.set(Kind.RUNS);
    comparison.changes.set("zero:L0H*; scale:L1H2=0.5");
    assertEquals("", comparison.problem.get());
    assertNotEquals(0, largest());
    assertFalse(comparison.effect.get().unchanged());
    comparison.changes.set("scale:L0H0=1");
    assertTrue(comparison.effect.get().unchanged());
    assertEquals(0, largest());
  }

  @Test
  void badChangesAreSaidInPlace() {
    comparison.kind.set(Kind.RUNS);
    comparison.changes.set("nil:L0H0");
    assertTrue(comparison.problem.get().contains("nil:L0H0"), comparison.problem.get());
    comparison.changes.set("zero:L99H0");
    assertTrue(comparison.problem.get().contains("L99H0"), comparison.problem.get());
    assertNull(comparison.maps.get());
    assertNull(w.notice.get());
    comparison.changes.set("zero:L0H0");
    assertEquals("", comparison.problem.get());
    assertNotNull(comparison.maps.get());
  }

  @Test
  void secondPassFollowsThePrompt() {
    comparison.kind.set(Kind.RUNS);
    comparison.changes.set("zero:L0H*");
    w.prompt.set("Once upon");
    assertEquals(w.run.get().length(), comparison.maps.get().alignment().length());
    assertEquals(w.tokens.get(), comparison.runB.get().tokens());
  }

  @Test
  void secondPassIsKeptWhileOtherHeadsAreCompared() {
    comparison.kind.set(Kind.RUNS);
    comparison.changes.set("zero:L0H*");
    long second = comparison.runB.get().id();
    w.head.set(new Head(4, 1));
    comparison.kind.set(Kind.HEADS);
    comparison.kind.set(Kind.RUNS);
    assertEquals(second, comparison.runB.get().id());
    assertNotEquals(0, largest());
  }

  @Test
  void eachPassIsClosedWhenAnotherTakesItsPlace() {
    comparison.kind.set(Kind.RUNS);
    comparison.changes.set("zero:L0H0");
    long first = comparison.runB.get().id();
    comparison.changes.set("zero:L0H1");
    assertThrows(CancellationException.class, () -> host.map(first, new Head(0, 0)));
    long second = comparison.runB.get().id();
    assertNotNull(host.map(second, new Head(0, 0)));
    comparison.close();
    assertThrows(CancellationException.class, () -> host.map(second, new Head(0, 0)));
    assertNotNull(host.map(w.run.get().id(), new Head(0, 0)));
  }

  @Test
  void anotherModelForgetsTheSecondPass() {
    comparison.kind.set(Kind.RUNS);
    comparison.changes.set("zero:L0H0");
    controller.open(Fixtures.gpt2(), () -> {}, () -> {});
    assertNull(w.notice.get());
    assertEquals("", comparison.problem.get());
    assertEquals(w.run.get().length(), comparison.maps.get().alignment().length());
  }
}
