package dev.headlight.app.retrieval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.retrieval.Answer;
import dev.headlight.analysis.retrieval.CurveRequest;
import dev.headlight.analysis.retrieval.CurveResult;
import dev.headlight.analysis.retrieval.DecodedStep;
import dev.headlight.analysis.retrieval.Episode;
import dev.headlight.analysis.retrieval.EpisodeResult;
import dev.headlight.analysis.retrieval.Masking;
import dev.headlight.analysis.retrieval.NeedleGrid;
import dev.headlight.analysis.retrieval.NeedleSettings;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.scores.HeadTable;
import dev.headlight.app.Fixtures;
import dev.headlight.renderer.figure.Plot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The pane's state, on answers made by hand: head L0H1 copies the needle, no other does. */
class RetrievalStateTest {
  private static ModelSpec spec;

  private final AtomicInteger changes = new AtomicInteger();
  private final RetrievalState state = new RetrievalState(spec, changes::incrementAndGet);

  @BeforeAll
  static void open() {
    try (Model model = Model.open(Fixtures.gpt2().location().get(), Progress.NONE)) {
      spec = model.spec();
    }
  }

  /** Two lengths, two depths, one needle: ids 7 and 8 at positions 2 and 3. */
  private static NeedleGrid grid() {
    NeedleSettings settings = NeedleSettings.standard(List.of(8, 10), List.of(0.0, 1.0));
    settings = settings.hiding(settings.needles().subList(0, 1));
    List<NeedleGrid.Cell> cells = new ArrayList<>();
    for (int l = 0; l < 2; l++) {
      for (int d = 0; d < 2; d++) {
        int[] tokens = new int[settings.lengths().get(l)];
        tokens[2] = 7;
        tokens[3] = 8;
        Episode episode = new Episode(tokens, 2, 4, new Answer.Ids(List.of(7, 8)), 2, List.of());
        boolean left = l == 1 && d == 1;
        cells.add(
            new NeedleGrid.Cell(
                l, d, 0, left ? Optional.empty() : Optional.of(episode), left ? "lost" : ""));
      }
    }
    return new NeedleGrid(settings, cells);
  }

  private static EpisodeResult answer(boolean right) {
    List<DecodedStep> steps = new ArrayList<>();
    int count = spec.layers() * spec.heads();
    for (int s = 0; s < 2; s++) {
      int[] top = new int[count];
      top[1] = 2 + s;
      steps.add(new DecodedStep(8 + s, 7 + s, top, new float[count], new float[count], Map.of()));
    }
    return new EpisodeResult(new int[] {7, 8}, "a b", right ? 1 : 0.25, steps);
  }

  private ProbeRun begin() {
    NeedleGrid grid = grid();
    state.planned(state.choice(), new ProbePlan(grid, "about 1 s, 1 MB", ""));
    assertEquals("3 episodes, 1 left out · about 1 s, 1 MB", state.plan().text());
    ProbeRun run = state.begin();
    assertSame(grid, run.grid());
    return run;
  }

  @Test
  void offersLengthsThatTheModelHasPositionsFor() {
    assertEquals(List.of(spec.maxPositions() - 20), state.choice().lengths());
    assertEquals(RetrievalState.Phase.EMPTY, state.phase());
    assertNull(state.findings());
    assertEquals("", state.status());
  }

  @Test
  void aPlanOfAFormerChoiceCountsForNothing() {
    ProbeChoice former = state.choice();
    state.choose(former.sized(List.of(30), List.of(0.5)));
    state.planned(former, new ProbePlan(grid(), "", ""));
    assertNull(state.plan());
  }

  @Test
  void cellsFillAsEpisodesAreAnswered() {
    ProbeRun run = begin();
    assertEquals("0 of 3 episodes answered", state.status());
    assertTrue(Double.isNaN(state.findings().percent()[0][0]));
    assertFalse(state.findings().defined(Definition.CODE));
    assertEquals("8 tokens, depth 0%: not answered yet", state.findings().words(0, 0));
    state.answered(run, 0, answer(true));
    state.answered(run, 1, answer(false));
    assertArrayEquals(new double[] {100, Double.NaN}, state.findings().percent()[0]);
    assertArrayEquals(new double[] {0, Double.NaN}, state.findings().percent()[1]);
    assertEquals("8 tokens, depth 0%: 1 of 1 needles found", state.findings().words(0, 0));
    state.pause();
    assertEquals("paused, 2 of 3 episodes answered", state.status());
    assertFalse(state.maskable());
    assertEquals(run, state.resume());
    state.answered(run, 2, answer(true));
    state.finish(run);
    assertEquals(RetrievalState.Phase.DONE, state.phase());
    assertTrue(state.status().startsWith("2 of 3 needles found"), state.status());
    assertTrue(changes.get() >= 7);
  }

  @Test
  void answersOfAFormerProbeCountForNothing() {
    ProbeRun former = begin();
    begin();
    state.answered(former, 0, answer(true));
    assertEquals(0, state.findings().answered());
    state.finish(former);
    assertEquals(RetrievalState.Phase.RUNNING, state.phase());
  }

  @Test
  void failuresAreListedWithWhatWasWritten() {
    ProbeRun run = begin();
    state.answered(run, 0, answer(true));
    state.answered(run, 1, answer(false));
    List<FailedEpisode> failed = state.findings().failures();
    assertEquals(2, failed.size());
    assertEquals("a b", failed.get(0).answer());
    assertEquals("25 % of the wanted words, more than 50 % are needed", failed.get(0).why());
    assertEquals(1.0, failed.get(0).depth());
    assertEquals("lost", failed.get(1).why());
    assertNull(failed.get(1).episode());
    assertEquals(Optional.of(0), state.findings().example());
    assertEquals(Optional.of(1), state.findings().example(1, 0));
    assertEquals(Optional.empty(), state.findings().example(0, 1));
  }

  @Test
  void headsRankByTheDefinitionThatIsShown() {
    ProbeRun run = begin();
    state.answered(run, 0, answer(true));
    Findings findings = state.findings();
    List<HeadRow> rows = findings.rows(Definition.CODE, h -> Double.NaN, Head::layer);
    assertEquals(spec.layers() * spec.heads(), rows.size());
    assertEquals(new Head(0, 1), rows.get(0).head());
    assertEquals(1, rows.get(0).score(), 1e-9);
    assertEquals(1, rows.get(0).active(), 1e-9);
    assertEquals(0, rows.get(1).score(), 1e-9);
    assertEquals(1, findings.cells(Definition.PAPER)[1][0], 1e-9);
    assertEquals(0, findings.cells(Definition.PAPER)[0][1], 1e-9);
  }

  @Test
  void scoresOfAFileRankInPlaceOfMeasuredOnes() {
    ProbeRun run = begin();
    for (int i = 0; i < 3; i++) {
      state.answered(run, i, answer(true));
    }
    state.finish(run);
    CurveRequest measured = state.request();
    assertSame(measured, state.request());
    double[] values = new double[spec.layers() * spec.heads()];
    Arrays.setAll(values, i -> i);
    HeadTable table =
        new HeadTable(spec.layers(), spec.heads(), values, new double[values.length], 1);
    state.imported("scores.json", table);
    assertEquals(Definition.FILE, state.definition());
    assertNotSame(measured, state.request());
    assertEquals(
        new Head(spec.layers() - 1, spec.heads() - 1),
        state.findings().top(Definition.FILE, 1).get(0));
    state.define(Definition.CODE);
    assertEquals(new Head(0, 1), state.request().sets().get(0).heads().get(0));
  }

  @Test
  void curvesBeginAtTheUnchangedModelAndHaveABand() {
    ProbeRun run = begin();
    for (int i = 0; i < 3; i++) {
      state.answered(run, i, answer(true));
    }
    state.finish(run);
    state.mask(Masking.Mode.UNIFORM, Masking.When.ALWAYS);
    CurveRequest request = state.request();
    assertEquals(List.of(1, 2, 5), request.counts());
    Boolean[][] success = new Boolean[request.sets().size()][3];
    for (int s = 0; s < success.length; s++) {
      // Without top heads nothing is found; of the draws the second loses one needle of three.
      boolean top = request.sets().get(s).top();
      boolean second = !top && request.sets().get(s).seed() == 1;
      success[s] = new Boolean[] {!top, !top, !top && !second};
    }
    state.curved(new CurveFindings(request, new CurveResult(request.sets(), success), 1));
    Plot plot = state.curve().plot();
    Plot.Series random = plot.series().get(0);
    Plot.Series top = plot.series().get(1);
    assertArrayEquals(new double[] {0, 1, 2, 5}, top.x());
    assertArrayEquals(new double[] {100, 0, 0, 0}, top.y());
    assertEquals(800.0 / 9, random.y()[1], 1e-9);
    assertEquals(200.0 / 3, random.low()[1], 1e-9);
    assertEquals(100, random.high()[1], 1e-9);
    List<String> line = state.arguments();
    assertEquals(
        List.of("--curve", "1,2,5", "--draws", "3", "--mode", "uniform", "--when", "always"),
        line.subList(4, line.size()));
  }
}
