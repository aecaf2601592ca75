package dev.headlight.analysis.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.Parity;
import dev.headlight.analysis.checkpoint.SafetensorsWriter;
import dev.headlight.analysis.checkpoint.StoredType;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every change is the identity where it should be, and does something where it should. */
class InterventionTest {
  private static final int[] TOKENS = {3, 14, 15, 92, 65, 35, 89, 79, 32, 38, 46, 26};
  private static final int[] OTHER = {31, 41, 59, 26, 53, 58, 97, 93, 23, 84, 62, 64};
  private static final float CLOSE = 2e-5f;
  private static Model model;

  @TempDir Path folder;

  @BeforeAll
  static void open() {
    model = Model.open(Parity.folder("llama"), Progress.NONE);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static Run run(RunRequest request) {
    return model.run(request, Progress.NONE).get(0);
  }

  private static float[] logits(String... changes) {
    List<Intervention> all = Arrays.stream(changes).map(Intervention::parse).toList();
    try (Run run = run(RunRequest.of(TOKENS).withInterventions(all))) {
      return run.logits(-1);
    }
  }

  private static Tensor site(Site site, int layer, String... changes) {
    List<Intervention> all = Arrays.stream(changes).map(Intervention::parse).toList();
    RunRequest request = RunRequest.of(TOKENS).withSites(site).withInterventions(all);
    try (Run run = run(request)) {
      return run.get(new HookName(site, layer));
    }
  }

  private static float distance(float[] a, float[] b) {
    float worst = 0;
    for (int i = 0; i < a.length; i++) {
      worst = Math.max(worst, Math.abs(a[i] - b[i]));
    }
    return worst;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "scale:L*H*=1",
        "column:L*H*/0=1",
        "scale:L0H0@3-5=1",
        "move:L*H*/3,5=1",
        "temperature:L*H*=1"
      })
  void neutralSettingsChangeNothing(String change) {
    assertArrayEquals(logits(), logits(change), CLOSE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zero:L0H1",
        "zero:L1H3@-1",
        "uniform:L0H1",
        "mean:L1H0",
        "scale:L0H2=0.5",
        "column:L0H1/2=0.1",
        "move:L0H1/2,3=0.4",
        "temperature:L0H1@-1=3",
        "row:L0H1@-1=2:0.5,3:0.5",
        "mask:L0H*/q=-1/k=0-3"
      })
  void changesDoSomething(String change) {
    assertTrue(distance(logits(), logits(change)) > 1e-3, change);
  }

  @Test
  void zeroSilencesOneHeadOnly() {
    Tensor z = site(Site.Z, 0, "zero:L0H1@4-6");
    Tensor base = site(Site.Z, 0);
    int width = z.size(2);
    for (int p = 0; p < z.size(0); p++) {
      for (int h = 0; h < z.size(1); h++) {
        int at = (p * z.size(1) + h) * width;
        float[] row = Arrays.copyOfRange(z.data(), at, at + width);
        boolean silenced = h == 1 && p >= 4 && p <= 6;
        float[] expected =
            silenced ? new float[width] : Arrays.copyOfRange(base.data(), at, at + width);
        assertArrayEquals(expected, row, CLOSE);
      }
    }
  }

  @Test
  void scaleZeroIsZeroAblation() {
    assertArrayEquals(logits("zero:L0H1"), logits("scale:L0H1=0"), CLOSE);
  }

  @Test
  void uniformRowsAreOneOverVisible() {
    Tensor map = site(Site.PATTERN, 1, "uniform:L1H2").slice(2);
    for (int q = 0; q < TOKENS.length; q++) {
      for (int k = 0; k < TOKENS.length; k++) {
        assertEquals(k <= q ? 1f / (q + 1) : 0, map.data()[q * TOKENS.length + k], 1e-6f);
      }
    }
  }

  /** A row set to what it is changes nothing; another is what the map then has. */
  @Test
  void setRowsAreThoseOfTheMap() {
    int t = TOKENS.length;
    float[] own = site(Site.PATTERN, 0).slice(1).data();
    StringJoiner weights = new StringJoiner(",");
    for (int k = 0; k <= 7; k++) {
      weights.add(k + ":" + own[7 * t + k]);
    }
    assertArrayEquals(logits(), logits("row:L0H1@7=" + weights), CLOSE);
    float[] set = site(Site.PATTERN, 0, "row:L0H1@7-8=3:0.6,5:0.25").slice(1).data();
    for (int q = 0; q < t; q++) {
      boolean changed = q == 7 || q == 8;
      for (int k = 0; k < t; k++) {
        float expected = changed ? k == 3 ? 0.6f : k == 5 ? 0.25f : 0 : own[q * t + k];
        assertEquals(expected, set[q * t + k], 1e-6f, q + "," + k);
      }
    }
  }

  @Test
  void columnFollowsZeroTuningsFormula() {
    int t = TOKENS.length;
    Tensor base = site(Site.PATTERN, 0).slice(3);
    Tensor changed = site(Site.PATTERN, 0, "column:L0H3/0=0.3").slice(3);
    for (int q = 0; q < t; q++) {
      float first = base.data()[q * t];
      float total = (0.3f - 1) * first + 1;
      for (int k = 0; k <= q; k++) {
        float expected = base.data()[q * t + k] * (k == 0 ? 0.3f : 1) / total;
        assertEquals(expected, changed.data()[q * t + k], 1e-5f);
      }
    }
  }

  @Test
  void movedAttentionGoesToTheOtherKeysInProportion() {
    int t = TOKENS.length;
    Tensor base = site(Site.PATTERN, 0).slice(3);
    Tensor changed = site(Site.PATTERN, 0, "move:L0H3/2,5=0.4").slice(3);
    for (int q = 0; q < t; q++) {
      float taken = 0;
      for (int k : new int[] {2, 5}) {
        taken += base.data()[q * t + k];
      }
      for (int k = 0; k < t; k++) {
        float own = base.data()[q * t + k];
        boolean sink = k == 2 || k == 5;
        float expected = sink ? 0.4f * own : own + 0.6f * taken * own / (1 - taken);
        assertEquals(expected, changed.data()[q * t + k], 1e-5f, q + " " + k);
      }
    }
  }

  /** Query 0 sees only key 0: all its attention lies there, so it stays. */
  @Test
  void rowsThatWouldHaveNothingLeftStay() {
    int t = TOKENS.length;
    Tensor changed = site(Site.PATTERN, 0, "move:L0H3/0,1=0").slice(3);
    Tensor base = site(Site.PATTERN, 0).slice(3);
    assertEquals(1, changed.data()[0], 1e-6f);
    assertEquals(base.data()[t], changed.data()[t], 1e-6f);
    assertEquals(0, changed.data()[2 * t]);
    assertEquals(1, changed.data()[2 * t + 2], 1e-6f);
  }

  @Test
  void aTemperatureDividesTheLogitsOfItsQueries() {
    int t = TOKENS.length;
    Tensor base = site(Site.ATTN_SCORES, 0).slice(2);
    Tensor map = site(Site.PATTERN, 0).slice(2);
    Tensor changed = site(Site.PATTERN, 0, "temperature:L0H2@4-6=2").slice(2);
    for (int q = 0; q < t; q++) {
      double total = 0;
      for (int k = 0; k <= q; k++) {
        total += Math.exp(base.data()[q * t + k] / 2);
      }
      for (int k = 0; k <= q; k++) {
        double divided = Math.exp(base.data()[q * t + k] / 2) / total;
        double expected = q >= 4 && q <= 6 ? divided : map.data()[q * t + k];
        assertEquals(expected, changed.data()[q * t + k], 1e-5);
      }
    }
  }

  @Test
  void cutEdgesCarryNothingAndRowsStillSumToOne() {
    int t = TOKENS.length;
    Tensor map = site(Site.PATTERN, 0, "mask:L0H1/q=5-7/k=0-5").slice(1);
    for (int q = 0; q < t; q++) {
      float sum = 0;
      for (int k = 0; k < t; k++) {
        sum += map.data()[q * t + k];
        boolean blind = q == 5 && k == 5;
        if (q >= 5 && q <= 7 && k <= 5 && !blind) {
          assertEquals(0, map.data()[q * t + k]);
        }
      }
      assertEquals(1, sum, 1e-5f);
    }
    assertEquals(1, map.data()[5 * t + 5], 1e-6f);
  }

  @ParameterizedTest
  @EnumSource(
      value = Site.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"POS_EMBED", "ROUTER_LOGITS", "NORMALIZED_RESID_POST", "LOGITS"})
  void patchingASiteWithItselfIsTheIdentityAndWithAnotherIsNot(Site site) {
    HookName name = new HookName(site, site.perLayer() ? 1 : -1);
    Path own = capture(TOKENS, name, "own.safetensors");
    Path other = capture(OTHER, name, "other.safetensors");
    String place = site.shortName() + (site.perLayer() ? "/L1" : "");
    assertArrayEquals(logits(), logits("patch:" + place + "<-" + own), 1e-4f);
    float[] patched = logits("patch:" + place + "<-" + other);
    assertTrue(distance(logits(), patched) > 1e-3, place);
  }

  @Test
  void patchingTheEmbeddingGivesTheOtherPromptsAnswer() {
    Path other = capture(OTHER, HookName.of(Site.EMBED), "embed.safetensors");
    try (Run run = run(RunRequest.of(OTHER))) {
      assertArrayEquals(run.logits(-1), logits("patch:embed<-" + other), CLOSE);
    }
  }

  @Test
  void patchingOneHeadAtOnePositionTouchesNothingElse() {
    HookName name = HookName.of(Site.Z, 0);
    Path other = capture(OTHER, name, "z.safetensors");
    Tensor base = site(Site.Z, 0);
    Tensor changed = site(Site.Z, 0, "patch:z/L0H2@-1<-" + other);
    int width = base.size(2);
    for (int i = 0; i < base.data().length; i++) {
      boolean there = i / width % base.size(1) == 2 && i / width / base.size(1) == 11;
      assertEquals(there, Math.abs(base.data()[i] - changed.data()[i]) > 1e-7f, "element " + i);
    }
  }

  @Test
  void addingHalfAVectorTwiceIsAddingIt() {
    Path vector = capture(OTHER, HookName.of(Site.RESID_PRE, 1), "v.safetensors");
    String whole = "add:resid_pre/L1@-1<-" + vector + "*1.0";
    String half = "add:resid_pre/L1@-1<-" + vector + "*0.5";
    assertArrayEquals(logits(whole), logits(half, half), 1e-4f);
    assertTrue(distance(logits(), logits(whole)) > 1e-3);
  }

  @Test
  void meanIsOverPromptsByPosition() {
    RunRequest both = RunRequest.ofSequences(List.of(TOKENS, OTHER)).withSites(Site.Z);
    List<Run> base = model.run(both, Progress.NONE);
    List<Run> changed = model.run(both.plus(Intervention.parse("mean:L0H1")), Progress.NONE);
    HookName name = HookName.of(Site.Z, 0);
    Tensor a = base.get(0).get(name);
    Tensor b = base.get(1).get(name);
    Tensor mean = changed.get(0).get(name);
    int width = a.size(2);
    for (int i = 0; i < a.data().length; i++) {
      boolean head = i / width % a.size(1) == 1;
      float expected = head ? (a.data()[i] + b.data()[i]) / 2 : a.data()[i];
      assertEquals(expected, mean.data()[i], CLOSE);
    }
    base.forEach(Run::close);
    changed.forEach(Run::close);
  }

  @Test
  void resampleTakesTheNextPromptsOutput() {
    RunRequest both = RunRequest.ofSequences(List.of(TOKENS, OTHER)).withSites(Site.Z);
    List<Run> base = model.run(both, Progress.NONE);
    List<Run> changed = model.run(both.plus(Intervention.parse("resample:L0H1")), Progress.NONE);
    HookName name = HookName.of(Site.Z, 0);
    int width = base.get(0).get(name).size(2);
    int heads = base.get(0).get(name).size(1);
    for (int p = 0; p < TOKENS.length; p++) {
      int at = (p * heads + 1) * width;
      assertArrayEquals(
          Arrays.copyOfRange(base.get(1).get(name).data(), at, at + width),
          Arrays.copyOfRange(changed.get(0).get(name).data(), at, at + width),
          CLOSE);
    }
    List<Run> all = new ArrayList<>(base);
    all.addAll(changed);
    all.forEach(Run::close);
    HeadlightException e = assertThrows(HeadlightException.class, () -> logits("resample:L0H1"));
    assertTrue(e.getMessage().contains("second prompt"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zero:L9H0",
        "zero:L0H0@12",
        "column:L0H0/12=2",
        "move:L0H0/3,12=0.4",
        "temperature:L0H0@12=2",
        "row:L0H0@12=0:1",
        "row:L0H0@5=6:1",
        "row:L0H0=3:1",
        "mask:L0H0/q=0-12/k=0"
      })
  void changesOutsideModelOrPromptAreRefused(String change) {
    assertThrows(HeadlightException.class, () -> logits(change));
  }

  @Test
  void aSiteThatTheFamilyLacksIsNamedWithThoseItHas() {
    HeadlightException e =
        assertThrows(
            HeadlightException.class, () -> run(RunRequest.of(TOKENS).withSites(Site.POS_EMBED)));
    assertTrue(
        e.getMessage().contains("pos_embed") && e.getMessage().contains("resid_pre"),
        e.getMessage());
  }

  private Path capture(int[] tokens, HookName name, String file) {
    Path path = folder.resolve(file);
    try (Run run = run(RunRequest.of(tokens).withSites(Set.of(name.site())))) {
      Tensor value = run.get(name);
      long[] shape = Arrays.stream(value.shape()).asLongStream().toArray();
      try (SafetensorsWriter writer =
          SafetensorsWriter.to(path).tensor(name.toString(), StoredType.F32, shape).open()) {
        writer.floats(name.toString(), FloatBuffer.wrap(value.data()));
        writer.commit();
      }
    }
    return path;
  }
}
