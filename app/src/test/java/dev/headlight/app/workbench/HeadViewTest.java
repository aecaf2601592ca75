package dev.headlight.app.workbench;

import static dev.headlight.analysis.job.Progress.NONE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.text.TextUnit;
import dev.headlight.analysis.text.TokenSpans;
import dev.headlight.app.Fixtures;
import dev.headlight.app.engine.HeadMap;
import dev.headlight.app.engine.MapOf;
import dev.headlight.app.engine.ModelHost;
import dev.headlight.app.engine.RowReadout;
import dev.headlight.app.job.Delay;
import dev.headlight.app.job.SameThreadJobRunner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeadViewTest {
  private final Workbench w = new Workbench();
  private final ModelHost host = new ModelHost();
  private final SameThreadJobRunner runner = new SameThreadJobRunner();
  private final WorkbenchController controller =
      new WorkbenchController(w, host, runner, Delay.NONE);
  private final PaneWorkbench pane = new PaneWorkbench(w, host, runner);
  private final Workbench own = pane.workbench();
  private final HeadView view = new HeadView(own, host, runner);

  @BeforeEach
  void open() {
    controller.open(Fixtures.stories(), () -> {}, () -> {});
    w.head.set(new Head(1, 2));
  }

  @AfterEach
  void close() {
    view.close();
    pane.close();
    host.close();
  }

  @Test
  void meanIsThePanesOwnAndOfAllItsHeads() {
    own.mean.set(HeadSet.parse("L1H0,L1H2"));
    long run = w.run.get().id();
    HeadMap mean = own.map.get();
    float a = host.map(run, new Head(1, 0)).weight(9, 4);
    float b = host.map(run, new Head(1, 2)).weight(9, 4);
    assertEquals((a + b) / 2, mean.weight(9, 4), 1e-7f);
    assertEquals("Mean of L1H0,L1H2", mean.of().toString());
    assertEquals(new Head(1, 2), w.map.get().head());
    w.query.set(9);
    RowReadout row = own.readout(new Cell(9, 4));
    assertEquals((a + b) / 2, row.weights()[4], 1e-7f);
    assertTrue(Float.isNaN(row.scores()[4]));
    own.mean.set(null);
    assertSame(w.map.get(), own.map.get());
    assertEquals(new Head(1, 2), own.readout(new Cell(9, 4)).head());
  }

  @Test
  void meanStaysWhenAnotherHeadIsSelectedAndGoesWithTheModel() {
    own.mean.set(HeadSet.parse("L0H*"));
    HeadMap mean = own.map.get();
    w.head.set(new Head(3, 3));
    assertSame(mean, own.map.get());
    w.prompt.set("Once upon a time");
    assertEquals(w.run.get().id(), own.map.get().run());
    assertEquals(MapOf.mean(HeadSet.parse("L0H*")), own.map.get().of());
    controller.open(Fixtures.gpt2(), () -> {}, () -> {});
    assertNull(own.mean.get());
    assertSame(w.map.get(), own.map.get());
  }

  @Test
  void wordsAreSumsOfKeysAndMeansOfQueries() {
    view.unit.set(TextUnit.WORD);
    TokenSpans words = view.folded.get().spans();
    assertEquals(view.words.get(), words);
    assertTrue(words.size() < w.run.get().length());
    int query = words.size() - 1;
    int key = query / 2;
    double sum = 0;
    for (int q = words.start(query); q < words.end(query); q++) {
      for (int k = words.start(key); k < words.end(key); k++) {
        sum += w.map.get().weight(q, k);
      }
    }
    float folded = view.folded.get().map().weight(query, key);
    assertEquals(sum / words.count(query), folded, 1e-6);
    own.mean.set(HeadSet.parse("L1H2,L1H3"));
    float other =
        host.folded(w.run.get().id(), MapOf.of(new Head(1, 3)), words, false, NONE)
            .map()
            .weight(query, key);
    assertEquals((folded + other) / 2, view.folded.get().map().weight(query, key), 1e-6);
    own.mean.set(null);
    w.head.set(new Head(2, 0));
    assertEquals(new Head(2, 0), view.folded.get().map().head());
    view.unit.set(TextUnit.SENTENCE);
    assertTrue(view.folded.get().spans().size() < words.size());
    view.unit.set(TextUnit.TOKEN);
    assertNull(view.folded.get());
  }

  @Test
  void rowsAndColumnsAreThoseOfTheMap() {
    w.lock(new Cell(12, 5));
    assertArrayEquals(own.row.get().weights(), view.row(12), 1e-6f);
    float[] column = view.column(view.chosenKey());
    assertEquals(w.map.get().weight(12, 5), column[12]);
    assertTrue(Float.isNaN(column[4]));
    assertArrayEquals(
        column, host.column(w.run.get().id(), own.map.get().of(), 5).weights(), 1e-6f);
    w.unlock();
    assertEquals(12, view.chosenKey());
  }

  @Test
  void foundTokensAreGoneThrough() {
    w.prompt.set("Lily saw Tom. Tom saw Lily.");
    view.find.set("tom");
    assertFalse(view.found.get().isEmpty());
    w.query.set(0);
    view.goToFound(true, false);
    assertEquals(view.found.get().get(0), w.query.get());
    view.goToFound(false, true);
    assertEquals(view.found.get().get(view.found.get().size() - 1), w.key.get());
    w.prompt.set("Nobody is here");
    assertTrue(view.found.get().isEmpty());
    view.goToFound(true, false);
  }

  @Test
  void linesAndTextAreNeverBothShown() {
    w.lines.set(true);
    w.text.set(true);
    assertFalse(w.lines.get());
    assertTrue(own.text.get());
    w.lines.set(true);
    assertFalse(own.text.get());
    assertTrue(own.lines.get());
  }

  @Test
  void aHeadsWeightsAreRead() {
    assertNotNull(host.circuit(new Head(0, 0)));
  }
}
