package dev.headlight.analysis.patching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.Parity;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.pairs.TokenPair;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.run.Site;
import dev.headlight.analysis.sweep.SweepListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Patching maps agree with plain passes, and with what must come out of them. */
class PatchingTest {
  private static final int[] CLEAN = {7, 3, 11, 5, 2, 9, 14, 6, 1};
  private static final int[] CORRUPT = {7, 3, 11, 21, 2, 9, 30, 6, 1};
  private static final int LENGTH = CLEAN.length;

  /** Two ids whose logits the prompts tell apart best, so that there is a scale. */
  private static TokenPair pair(Model model) {
    float[] clean = logits(model, CLEAN, List.of());
    float[] corrupt = logits(model, CORRUPT, List.of());
    int up = 0;
    int down = 0;
    for (int i = 0; i < clean.length; i++) {
      float change = clean[i] - corrupt[i];
      up = change > clean[up] - corrupt[up] ? i : up;
      down = change < clean[down] - corrupt[down] ? i : down;
    }
    return new TokenPair(CLEAN, CORRUPT, new int[] {up}, new int[] {down});
  }

  private static float[] logits(Model model, int[] tokens, List<Intervention> changes) {
    RunRequest request = RunRequest.of(tokens).withInterventions(changes);
    try (Run run = model.run(request, Progress.NONE).get(0)) {
      return run.logits(-1);
    }
  }

  private static PatchRequest request(Model model, Site site, PatchGrid grid, Places places) {
    return new PatchRequest(pair(model), site, grid, places, Direction.DENOISING);
  }

  private static PatchMap exact(Model model, PatchRequest request) {
    return ActivationPatching.run(model, request, SweepListener.NONE, Progress.NONE);
  }

  /** Every position of the stream at once is the clean prompt; a last row of layer 0 is nothing. */
  @ParameterizedTest
  @ValueSource(strings = {"gpt2", "llama", "gemma2", "bert", "cohere"})
  void allCleanIsOneAndNothingIsZero(String family) {
    try (Model model = Model.open(Parity.folder(family), Progress.NONE)) {
      TokenPair pair = pair(model);
      for (Direction direction : Direction.values()) {
        PatchRequest request =
            new PatchRequest(pair, Site.RESID_PRE, PatchGrid.LAYER_POSITION, Places.ALL, direction);
        Contrast contrast = Contrast.measure(model, pair, Progress.NONE);
        List<PatchCell> all = List.of(new PatchCell(0, -1, -1), new PatchCell(1, -1, -1));
        double whole = direction == Direction.DENOISING ? 1 : 0;
        for (double value :
            ActivationPatching.values(model, request, all, SweepListener.NONE, Progress.NONE)) {
          assertEquals(whole, contrast.normalised(value), 1e-5, direction.text());
        }
        // The two prompts begin alike, so nothing moves at their first position.
        PatchMap map = exact(model, request);
        assertEquals(1 - whole, map.normalised(map.cells().indexOf(new PatchCell(0, -1, 0))), 1e-5);
      }
    }
  }

  /** Each cell is a plain pass with the patch in place. */
  @ParameterizedTest
  @EnumSource(
      value = Site.class,
      names = {"RESID_PRE", "ATTN_OUT", "MLP_OUT", "Z", "PATTERN", "Q", "K", "V"})
  void cellsAreWholePasses(Site site) {
    try (Model model = Model.open(Parity.folder("llama"), Progress.NONE)) {
      for (PatchGrid grid : PatchGrid.values()) {
        if (!grid.fits(site)) {
          assertThrows(HeadlightException.class, () -> request(model, site, grid, Places.ALL));
          continue;
        }
        PatchRequest request = request(model, site, grid, Places.parse("2-3,-1"));
        PatchMap map = exact(model, request);
        int slices =
            !grid.byHead()
                ? 1
                : site.scope() == Site.Scope.GROUP ? model.spec().kvHeads() : model.spec().heads();
        int positions = grid.byPosition() ? 3 : 1;
        assertEquals(model.spec().layers() * slices * positions, map.cells().size());
        for (int c = 0; c < map.cells().size(); c += 3) {
          float[] logits = logits(model, CORRUPT, request.changes(map.cells().get(c)));
          double expected = logits[request.pair().answer()[0]] - logits[request.pair().wrong()[0]];
          assertEquals(expected, map.patched(c), 2e-4, map.cells().get(c).toString());
        }
      }
    }
  }

  /** Along a short step the first-order estimate is the exact effect. */
  @ParameterizedTest
  @ValueSource(strings = {"gpt2", "llama", "bert"})
  void attributionIsTheSlopeOfThePatch(String family) {
    try (Model model = Model.open(Parity.folder(family), Progress.NONE)) {
      for (Site site : List.of(Site.Z, Site.Q, Site.K, Site.V, Site.MLP_OUT, Site.RESID_PRE)) {
        PatchGrid grid = PatchGrid.LAYER_POSITION;
        PatchMap map =
            AttributionPatching.run(model, request(model, site, grid, Places.ALL), Progress.NONE);
        for (int c = 0; c < map.cells().size(); c += 4) {
          double slope = slope(model, map.request(), map.cells().get(c));
          double scale = Math.max(0.05, Math.abs(slope));
          assertEquals(slope, map.values()[c], 0.03 * scale, site + " " + map.cells().get(c));
        }
      }
    }
  }

  /** Of the metric along the way from the corrupt values to the clean ones, at its start. */
  private static double slope(Model model, PatchRequest request, PatchCell cell) {
    double[] ends = new double[2];
    for (int end = 0; end < 2; end++) {
      double step = end == 0 ? -0.01 : 0.01;
      String place =
          "add:%s/L%d@%d<-".formatted(request.site().shortName(), cell.layer(), cell.position());
      List<Intervention> along =
          List.of(
              Intervention.parse(place + ids(CLEAN) + "*" + step),
              Intervention.parse(place + ids(CORRUPT) + "*" + -step));
      float[] logits = logits(model, CORRUPT, along);
      ends[end] = logits[request.pair().answer()[0]] - logits[request.pair().wrong()[0]];
    }
    return (ends[1] - ends[0]) / 0.02;
  }

  private static String ids(int[] tokens) {
    List<Integer> list = new ArrayList<>();
    for (int token : tokens) {
      list.add(token);
    }
    return list.toString().replace(" ", "");
  }

  /** The estimates of a pattern's rows add up to those of its map, and heads to layers. */
  @Test
  void attributionAddsUp() {
    try (Model model = Model.open(Parity.folder("gpt2"), Progress.NONE)) {
      for (Site site : List.of(Site.Z, Site.PATTERN)) {
        Map<PatchGrid, Double> sums = new TreeMap<>();
        for (PatchGrid grid : PatchGrid.values()) {
          PatchMap map =
              AttributionPatching.run(model, request(model, site, grid, Places.ALL), Progress.NONE);
          double sum = 0;
          for (double value : map.values()) {
            sum += value;
          }
          sums.put(grid, sum);
        }
        assertEquals(sums.get(PatchGrid.HEAD), sums.get(PatchGrid.HEAD_POSITION), 1e-6);
        assertEquals(sums.get(PatchGrid.HEAD), sums.get(PatchGrid.LAYER_POSITION), 1e-6);
      }
    }
  }

  @Test
  void theStrongestAreVerified() {
    try (Model model = Model.open(Parity.folder("gpt2"), Progress.NONE)) {
      PatchRequest request = request(model, Site.Z, PatchGrid.HEAD, Places.ALL);
      PatchMap first = AttributionPatching.run(model, request, Progress.NONE);
      PatchMap exact = exact(model, request);
      Verification verified = Verification.of(model, first, 3, SweepListener.NONE, Progress.NONE);
      assertEquals(3, verified.rows().size());
      for (Verification.Row row : verified.rows()) {
        int cell = exact.cells().indexOf(row.cell());
        assertEquals(exact.change(cell), row.exact(), 1e-5);
        assertEquals(first.values()[cell], row.estimated());
      }
      assertTrue(
          Math.abs(verified.rows().get(0).estimated())
              >= Math.abs(verified.rows().get(2).estimated()));
    }
  }

  @Test
  void badPairsAreRefusedAndAlikeOnesAreNoScale() {
    try (Model model = Model.open(Parity.folder("gpt2"), Progress.NONE)) {
      int[] one = {3};
      int[] other = {4};
      TokenPair unequal = new TokenPair(CLEAN, new int[] {1, 2}, one, other);
      String message =
          assertThrows(
                  HeadlightException.class,
                  () ->
                      new PatchRequest(
                          unequal, Site.Z, PatchGrid.HEAD, Places.ALL, Direction.DENOISING))
              .getMessage();
      assertTrue(message.contains("9 tokens") && message.contains("one 2"), message);
      PatchRequest alike =
          new PatchRequest(
              new TokenPair(CLEAN, CLEAN, one, other),
              Site.Z,
              PatchGrid.HEAD,
              Places.ALL,
              Direction.DENOISING);
      for (PatchMap map :
          List.of(AttributionPatching.run(model, alike, Progress.NONE), exact(model, alike))) {
        String why = map.contrast().refusal().orElseThrow();
        assertTrue(why.contains("nothing can be normalised"), why);
        assertTrue(Double.isNaN(map.normalised(0)));
        assertEquals(0, map.change(0), 1e-4);
        assertEquals(map.contrast().corrupt(), map.patched(0), 1e-4);
      }
    }
  }

  @Test
  void answersWithoutALogitAreRefused() {
    try (Model model = Model.open(Parity.folder("gpt2"), Progress.NONE)) {
      for (int answer : new int[] {-1, 320, 4}) {
        TokenPair pair = new TokenPair(CLEAN, CORRUPT, new int[] {answer}, new int[] {4});
        PatchRequest request =
            new PatchRequest(pair, Site.Z, PatchGrid.HEAD, Places.ALL, Direction.DENOISING);
        String expected = answer == 4 ? "always 0" : "outside the vocabulary, 0 to 319";
        String exact =
            assertThrows(HeadlightException.class, () -> exact(model, request)).getMessage();
        String estimated =
            assertThrows(
                    HeadlightException.class,
                    () -> AttributionPatching.run(model, request, Progress.NONE))
                .getMessage();
        assertTrue(exact.contains(expected), exact);
        assertEquals(exact, estimated);
      }
    }
  }

  @Test
  void placesAreReadAndWritten() {
    for (String text : List.of("all", "last", "3", "3,5-7", "0,-2")) {
      assertEquals(text, Places.parse(text).toString());
    }
    assertEquals(List.of(0, 7, 8), Places.parse("-2,0,last,8").in(LENGTH));
    assertThrows(HeadlightException.class, () -> Places.parse("all,3"));
    assertThrows(HeadlightException.class, () -> Places.parse("first"));
    assertThrows(HeadlightException.class, () -> Places.parse("9").in(LENGTH));
  }
}
