package dev.headlight.app.workbench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.scores.HeadScore;
import dev.headlight.analysis.scores.ScoreJob;
import dev.headlight.analysis.scores.StandardScores;
import dev.headlight.app.Fixtures;
import dev.headlight.app.engine.ModelFacts;
import dev.headlight.app.engine.ModelHost;
import dev.headlight.app.job.Delay;
import dev.headlight.app.job.SameThreadJobRunner;
import dev.headlight.app.session.Changes;
import dev.headlight.app.session.HeadGroup;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Orders, filters and groups of heads on a small trained model, every answer at once. */
class ArrangedHeadsTest {
  private final Workbench w = new Workbench();
  private final ModelHost host = new ModelHost();
  private final WorkbenchController controller =
      new WorkbenchController(w, host, new SameThreadJobRunner(), Delay.NONE);
  private ArrangedHeads arranged;

  @BeforeEach
  void open() {
    arranged = new ArrangedHeads(w);
    assertNull(arranged.heads().get());
    controller.open(Fixtures.stories(), () -> {}, () -> {});
    w.prompt.set("Once upon a time there was a cat");
  }

  @AfterEach
  void close() {
    host.close();
  }

  private HeadArrangement heads() {
    return arranged.heads().get();
  }

  private ScoreJob.Result measure() {
    ScoreJob job = ((HeadScore.OfJob) StandardScores.INDUCTION.origin()).job();
    ScoreJob.Result result = host.measure(w.model.get(), job, Progress.NONE);
    w.measured.set(w.measured.get().plus(job, result));
    return result;
  }

  @Test
  void firstAllHeadsByLayer() {
    assertTrue(heads().byLayer());
    assertEquals(40, heads().heads().size());
    assertEquals(40, heads().matching().size());
    assertTrue(arranged.wanted().isEmpty(), "nothing needs to be measured");
  }

  @Test
  void sortsByAScoreAndLeavesOutWhatTheFilterHoldsBack() {
    w.gridOrder.set(new GridOrder("entropy", true));
    w.headFilter.set("layer >= 3");
    assertEquals(16, heads().heads().size());
    HeadNumbers numbers = HeadNumbers.of(w);
    for (int i = 1; i < 16; i++) {
      double before = numbers.score("entropy", heads().heads().get(i - 1));
      assertTrue(before >= numbers.score("entropy", heads().heads().get(i)));
    }
    List<Head> falling = heads().heads();
    w.gridOrder.set(new GridOrder("entropy", false));
    assertEquals(falling.get(0), heads().heads().get(15));
  }

  @Test
  void aFilterThatCannotBeReadSaysWhereAndTheFormerStays() {
    w.headFilter.set("layer < 1");
    assertEquals(8, heads().matching().size());
    w.headFilter.set("layer < 1 and");
    assertEquals(13, arranged.problem().get().position());
    assertEquals(8, heads().matching().size());
    w.headFilter.set("");
    assertNull(arranged.problem().get());
    assertEquals(40, heads().matching().size());
  }

  @Test
  void scoresOfAJobAreWantedThenMeasuredAndGoWithTheModel() {
    w.headFilter.set("induction >= 0");
    assertEquals(Set.of(StandardScores.INDUCTION), arranged.wanted());
    assertEquals(0, heads().matching().size());
    ScoreJob.Result result = measure();
    assertEquals(40, heads().matching().size());
    assertEquals(
        result.tables().get("induction").at(new Head(2, 6)),
        HeadNumbers.of(w).score("induction", new Head(2, 6)));
    ModelFacts former = w.model.get();
    controller.open(Fixtures.gpt2(), () -> {}, () -> {});
    assertEquals(MeasuredScores.NONE, w.measured.get());
    ScoreJob job = ((HeadScore.OfJob) StandardScores.INDUCTION.origin()).job();
    assertThrows(CancellationException.class, () -> host.measure(former, job, Progress.NONE));
  }

  @Test
  void groupsCanBeFilteredByAndGoIntoChanges() {
    w.choose(Set.of(new Head(4, 1), new Head(2, 3), new Head(99, 0)));
    assertEquals("[L2H3, L4H1]", w.chosen.get().toString());
    w.groups.set(HeadGroup.with(w.groups.get(), HeadGroup.of("name movers", w.meant())));
    w.headFilter.set("group = \"Name movers\"");
    assertEquals(Set.of(new Head(2, 3), new Head(4, 1)), heads().matching());
    assertEquals("zero:L2H3,L4H1@-1", Changes.expand("zero:{name movers}@-1", w.groups.get()));
    assertThrows(HeadlightException.class, () -> Changes.expand("zero:{x}", w.groups.get()));
    w.groups.set(List.of());
    assertNotNull(arranged.problem().get(), "the group is gone");
  }

  @Test
  void groupNamesAreThereOnce() {
    List<HeadGroup> groups = HeadGroup.with(List.of(), new HeadGroup("a", HeadSet.parse("L0H*")));
    groups = HeadGroup.with(groups, new HeadGroup("b", HeadSet.parse("L1H0")));
    groups = HeadGroup.with(groups, new HeadGroup("A", HeadSet.parse("L2H0")));
    assertEquals(List.of("A", "b"), groups.stream().map(HeadGroup::name).toList());
    groups = HeadGroup.renamed(groups, "b", "a");
    assertEquals(List.of("a"), groups.stream().map(HeadGroup::name).toList());
    assertEquals("L1H0", groups.get(0).heads().toString());
    assertEquals("group 2", HeadGroup.freeName(groups));
    assertTrue(HeadGroup.without(groups, "A").isEmpty());
    HeadGroup wide = new HeadGroup("wide", HeadSet.parse("L0-1H0,L77H0"));
    assertEquals(1, new HeadGroup("one", HeadSet.parse("L4H7,L5H0")).in(spec()).size());
    assertEquals(2, wide.in(spec()).size());
  }

  private dev.headlight.analysis.model.ModelSpec spec() {
    return w.model.get().spec();
  }

  @Test
  void coloursAndOrdersKeepTheirNames() {
    for (GridColour colour : GridColour.values()) {
      assertEquals(colour, GridColour.valueOf(colour.name()));
      assertFalse(colour.title().isEmpty());
    }
    assertEquals(GridColour.MAP, GridColour.valueOf("MAP"));
    assertEquals("Entropy", GridColour.valueOf("ENTROPY").title());
    assertThrows(HeadlightException.class, () -> GridColour.valueOf("beauty"));
    assertEquals("By layer", GridOrder.LAYER.title());
    assertEquals(
        GridOrder.values().size(),
        GridOrder.values().stream().map(GridOrder::toString).distinct().count());
  }
}
