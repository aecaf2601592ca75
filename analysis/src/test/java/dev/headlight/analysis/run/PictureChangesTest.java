package dev.headlight.analysis.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.Parity;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.sweep.Cell;
import dev.headlight.analysis.sweep.Metrics;
import dev.headlight.analysis.sweep.Sweep;
import dev.headlight.analysis.sweep.SweepListener;
import dev.headlight.analysis.sweep.SweepRequest;
import dev.headlight.analysis.sweep.SweepResult;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes made for pictures, on a text model whose positions 2 to 7 stand for patches. */
class PictureChangesTest {
  private static final int[] TOKENS = {3, 14, 15, 92, 65, 35, 89, 79, 32, 38, 46, 26};
  private static final int T = TOKENS.length;
  private static Model model;

  @BeforeAll
  static void open() {
    model = Model.open(Parity.folder("llama"), Progress.NONE);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static float[] logits(String... changes) {
    List<Intervention> all = Arrays.stream(changes).map(Intervention::parse).toList();
    try (Run run = model.run(RunRequest.of(TOKENS).withInterventions(all), Progress.NONE).get(0)) {
      return run.logits(-1);
    }
  }

  /** {@code [H, T, T]} of a layer. */
  private static Tensor pattern(String... changes) {
    List<Intervention> all = Arrays.stream(changes).map(Intervention::parse).toList();
    RunRequest request = RunRequest.of(TOKENS).withSites(Site.PATTERN).withInterventions(all);
    try (Run run = model.run(request, Progress.NONE).get(0)) {
      return run.get(HookName.of(Site.PATTERN, 0));
    }
  }

  private static float cell(Tensor pattern, int head, int query, int key) {
    return pattern.data()[(head * T + query) * T + key];
  }

  private static void assertRowsSumToOne(Tensor pattern) {
    for (int row = 0; row < pattern.data().length / T; row++) {
      double sum = 0;
      for (int k = 0; k < T; k++) {
        sum += pattern.data()[row * T + k];
      }
      assertEquals(1, sum, 1e-5, "row " + row);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "drop:L3-11H*/q=all/k=5-9,12",
        "drop:L0H1/q=21../k=3",
        "see:L0-5H*/q=6-21,25/k=26-35",
        "near:L0-5H*/at=1/grid=14x14/r=2",
        "window:L0-5H*/at=1/grid=14x7/size=7",
        "top:L5H3=8",
        "top:L5H3@1..=8",
        "var:L2-4H*/q=21../image=5-20/sinks=0,7/p=0.6/v=0.2/r=0.8"
      })
  void textsParseToWhatTheyPrint(String text) {
    Intervention change = Intervention.parse(text);
    assertEquals(text, change.text());
    assertEquals(change, Intervention.parse(change.text()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "drop:L0H*/q=all/k=",
        "see:L0H*/q=/k=3",
        "drop:L0H*/q=all/k=9-5",
        "near:L0H*/at=1/grid=14/r=2",
        "near:L0H*/at=1/grid=14x14/size=2",
        "window:L0H*/at=1/grid=14x14/size=0",
        "top:L0H1=0",
        "var:L0H*/q=all/image=1/sinks=0/p=1.5",
        "var:L0H*/q=all/image=1/p=0.5"
      })
  void refusesOtherTexts(String text) {
    HeadlightException e = assertThrows(HeadlightException.class, () -> Intervention.parse(text));
    assertTrue(e.getMessage().contains(text), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "near:L*H*/at=2/grid=2x3/r=2",
        "window:L*H*/at=2/grid=2x3/size=3",
        "top:L*H*=12",
        "var:L*H*/q=8../image=2-7/sinks=0,3/p=1/v=0/r=0",
        "var:L*H*/q=8../image=2-7/sinks=2-7/p=0/v=0/r=0",
        "var:L*H*/q=8../image=2-7/sinks=0,3/p=0/v=1/r=0",
        "drop:L*H*/q=0/k=5",
        "see:L*H*/q=5-7/k=0-5"
      })
  void neutralSettingsChangeNothing(String change) {
    assertArrayEquals(logits(), logits(change), 2e-5f);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "near:L*H*/at=2/grid=2x3/r=0",
        "window:L*H*/at=2/grid=2x3/size=1",
        "top:L*H*=2",
        "var:L*H*/q=8../image=2-7/sinks=0,3/p=0.2/v=0/r=0",
        "drop:L*H*/q=8../k=2-7",
        "see:L*H*/q=2-7/k=8-11"
      })
  void changesDoSomething(String change) {
    float[] plain = logits();
    float[] changed = logits(change);
    double most = 0;
    for (int i = 0; i < plain.length; i++) {
      most = Math.max(most, Math.abs(plain[i] - changed[i]));
    }
    assertTrue(most > 1e-3, change + ": " + most);
  }

  @Test
  void droppedKeysAreSeenByThemselvesOnly() {
    Tensor pattern = pattern("drop:L0H1/q=3../k=2,4");
    Tensor plain = pattern();
    for (int q = 0; q < T; q++) {
      for (int k : new int[] {2, 4}) {
        if (q >= 3 && q > k) {
          assertEquals(0, cell(pattern, 1, q, k), "query " + q + " key " + k);
        }
      }
      assertEquals(cell(plain, 0, q, 0), cell(pattern, 0, q, 0), 1e-6f);
    }
    assertTrue(cell(pattern, 1, 4, 4) > 0);
    assertRowsSumToOne(pattern);
  }

  /** A grid of 2 × 3 from position 2: patch 7 stands two columns from patch 5, one row below 4. */
  @Test
  void neighboursAreNear() {
    Tensor pattern = pattern("near:L0H*/at=2/grid=2x3/r=1");
    assertEquals(0, cell(pattern, 0, 7, 5));
    assertEquals(0, cell(pattern, 0, 7, 2));
    assertTrue(cell(pattern, 0, 7, 6) > 0);
    assertTrue(cell(pattern, 0, 7, 4) > 0);
    assertTrue(cell(pattern, 0, 7, 0) > 0, "text is seen");
    assertTrue(cell(pattern, 0, 9, 2) > 0, "text sees all");
    assertRowsSumToOne(pattern);
  }

  @Test
  void windowsDoNotSeeEachOther() {
    Tensor pattern = pattern("window:L0H*/at=2/grid=2x3/size=2");
    assertEquals(0, cell(pattern, 0, 7, 6), "columns 2 and 1 are in two windows");
    assertTrue(cell(pattern, 0, 7, 4) > 0, "the row above is in one");
    assertTrue(cell(pattern, 0, 6, 2) > 0);
  }

  @Test
  void theStrongestKeysStay() {
    Tensor plain = pattern();
    Tensor pattern = pattern("top:L0H2@5..=3");
    for (int q = 5; q < T; q++) {
      int left = 0;
      for (int k = 0; k <= q; k++) {
        left += cell(pattern, 2, q, k) > 0 ? 1 : 0;
      }
      assertEquals(3, left, "query " + q);
    }
    assertEquals(cell(plain, 2, 4, 1), cell(pattern, 2, 4, 1), 1e-6f);
    assertRowsSumToOne(pattern);
  }

  /** Σ stays, sinks keep p, and the other patches share what is freed in proportion. */
  @Test
  void varIsItsFormula() {
    Tensor plain = pattern();
    Tensor pattern = pattern("var:L0H*/q=8../image=2-7/sinks=0,3/p=0.6/v=0.1/r=0.5");
    assertRowsSumToOne(pattern);
    int chosen = 0;
    for (int h = 0; h < plain.size(0); h++) {
      for (int q = 0; q < T; q++) {
        chosen += checkVar(plain, pattern, h, q) ? 1 : 0;
      }
    }
    assertTrue(chosen > 0 && chosen < 4 * plain.size(0), chosen + " rows were chosen");
  }

  private static boolean checkVar(Tensor plain, Tensor pattern, int h, int q) {
    double image = 0;
    double rest = 0;
    for (int k = 2; k <= 7; k++) {
      image += cell(plain, h, q, k);
      rest += k == 3 ? 0 : cell(plain, h, q, k);
    }
    double sunk = cell(plain, h, q, 0) + cell(plain, h, q, 3);
    boolean chosen = q >= 8 && image >= 0.1 && rest / image >= 0.5;
    for (int k = 0; k < T; k++) {
      boolean sink = k == 0 || k == 3;
      boolean patch = k >= 2 && k <= 7;
      double factor = !chosen ? 1 : sink ? 0.6 : patch ? 1 + 0.4 * sunk / rest : 1;
      assertEquals(factor * cell(plain, h, q, k), cell(pattern, h, q, k), 1e-5, q + " " + k);
    }
    return chosen;
  }

  /** Maps on demand apply the same changes as the pass. */
  @Test
  void mapsShowTheChange() {
    String change = "var:L0H*/q=8../image=2-7/sinks=0,3/p=0.6/v=0.1/r=0.5";
    Tensor pattern = pattern(change);
    RunRequest request =
        RunRequest.of(TOKENS).forViewing().withInterventions(List.of(Intervention.parse(change)));
    try (Run run = model.run(request, Progress.NONE).get(0)) {
      Tensor map = run.map(new Head(0, 1)).weights();
      for (int k = 0; k < T; k++) {
        assertEquals(
            cell(pattern, 1, 9, k),
            Float.isNaN(map.data()[9 * T + k]) ? 0 : map.data()[9 * T + k],
            1e-5f);
      }
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    for (String change :
        Set.of(
            "near:L0H*/at=2/grid=4x4/r=1",
            "drop:L0H*/q=all/k=12",
            "var:L0H*/q=all/image=2-40/sinks=0/p=0.5",
            "see:L0H1/q=2-7/k=8",
            "top:L9H0=2")) {
      assertThrows(HeadlightException.class, () -> logits(change), change);
    }
  }

  /** Patches see the words behind them, and each other as before; nobody else sees more. */
  @Test
  void laterKeysAreShown() {
    Tensor plain = pattern();
    Tensor pattern = pattern("see:L0H*/q=2-7/k=8-11");
    assertTrue(cell(pattern, 0, 3, 9) > 0);
    assertTrue(cell(pattern, 1, 7, 11) > 0);
    assertEquals(0, cell(pattern, 0, 3, 4), "patches stay in order");
    assertEquals(0, cell(pattern, 0, 8, 9));
    assertEquals(cell(plain, 0, 9, 3), cell(pattern, 0, 9, 3), 1e-6f);
    assertRowsSumToOne(pattern);
    RunRequest request =
        RunRequest.of(TOKENS)
            .forViewing()
            .withInterventions(List.of(Intervention.parse("see:L0H*/q=2-7/k=8-11")));
    try (Run run = model.run(request, Progress.NONE).get(0)) {
      Tensor map = run.map(new Head(0, 1)).weights();
      assertEquals(cell(pattern, 1, 3, 9), map.data()[3 * T + 9], 1e-5f);
      assertTrue(Float.isNaN(map.data()[3 * T + 4]));
    }
  }

  /** Rows of a batch do not show each other's keys. */
  @Test
  void sweepsKeepWhatEachCellSees() {
    List<Intervention> see = List.of(Intervention.parse("see:L*H*/q=2-7/k=8-11"));
    List<Intervention> mask = List.of(Intervention.parse("mask:L0H1/q=2-9/k=0-1"));
    List<Intervention> other = List.of(Intervention.parse("see:L*H*/q=3/k=9"));
    SweepRequest request =
        new SweepRequest(
            List.of(TOKENS),
            List.of(new Cell(see), new Cell(mask), new Cell(other)),
            Metrics.logProbability(new int[] {5}));
    SweepResult result = Sweep.run(model, request, SweepListener.NONE, Progress.NONE);
    for (int c = 0; c < 3; c++) {
      double expected = logProbability(5, request.cells().get(c).changes());
      assertEquals(expected, result.values()[c][0], 1e-4, "cell " + c);
    }
  }

  private static double logProbability(int id, List<Intervention> changes) {
    try (Run run =
        model.run(RunRequest.of(TOKENS).withInterventions(changes), Progress.NONE).get(0)) {
      float[] logits = run.logits(-1);
      double sum = 0;
      for (float logit : logits) {
        sum += Math.exp(logit);
      }
      return logits[id] - Math.log(sum);
    }
  }
}
