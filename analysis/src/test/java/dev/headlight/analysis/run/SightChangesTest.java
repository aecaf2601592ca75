package dev.headlight.analysis.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.Fixtures;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.Parity;
import dev.headlight.analysis.attention.AttentionMap;
import dev.headlight.analysis.checkpoint.SafetensorsFile;
import dev.headlight.analysis.image.PatchGrid;
import dev.headlight.analysis.image.Pixels;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.PatchSpec;
import dev.headlight.analysis.sweep.Cell;
import dev.headlight.analysis.sweep.Metrics;
import dev.headlight.analysis.sweep.Sweep;
import dev.headlight.analysis.sweep.SweepListener;
import dev.headlight.analysis.sweep.SweepRequest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is done with towers and pictures: maps, statistics, changes, sweeps, and what is refused.
 */
class SightChangesTest {
  private static Model open(String family) {
    return Model.open(Parity.folder(family), Progress.NONE);
  }

  private static Pixels pixels(String family) {
    try (SafetensorsFile reference = Fixtures.reference(family)) {
      return Fixtures.pixels(reference);
    }
  }

  private static int[] ids(String family) {
    try (SafetensorsFile reference = Fixtures.reference(family)) {
      return Fixtures.ints(reference, "input_ids");
    }
  }

  private static RunRequest request(Model model, String family) {
    return model.spec().patches().isPresent()
        ? RunRequest.ofPicture(model.spec(), pixels(family))
        : RunRequest.of(ids(family)).withPictures(List.of(pixels(family)));
  }

  private static float[] output(Model model, RunRequest request) {
    int before = model.liveArrays();
    float[] output;
    try (Run run = model.run(request, Progress.NONE).get(0)) {
      output = run.contrasted().map(c -> c.images().get(0)).orElseGet(() -> run.logits(-1));
    }
    assertEquals(before, model.liveArrays());
    return output;
  }

  @ParameterizedTest
  @CsvSource({
    "zero:vision.L3H2",
    "'mean:vision.L*H1,L2H0@3-7'",
    "'scale:text.L5H3=0.5'",
    "'column:vision.L5H3/0=0.3'",
    "'mask:vision.L5H*/q=10-20/k=0-3'",
    "'patch:vision.z/L5H3@-1<-[1,2,3]'",
    "'add:vision.resid_post/L5@-1<-FILE*1.5'",
    "'rank:vision.k/L5G1=4'"
  })
  void textsComeBack(String text) {
    Intervention change = Intervention.parse(text);
    assertTrue(change instanceof Intervention.InTower, text);
    assertEquals(change, Intervention.parse(change.text()));
    assertTrue(change.text().contains("vision.") || change.text().contains("text."));
  }

  /** What changes nothing changes nothing, a silenced head changes the output. */
  @ParameterizedTest
  @CsvSource({
    "vit,L1H2",
    "vit,vision.L1H2",
    "dinov2,L0H1",
    "clip,vision.L1H2",
    "siglip,vision.L0H3",
    "llava,vision.L1H2",
    "smolvlm,vision.L0H1",
    "gemma3_vision,vision.L1H1",
    "llava_siglip,vision.L1H1",
    "qwen2_5_vl,vision.L0H0",
    "qwen2_vl,vision.L0H0"
  })
  void aHeadOfATowerCounts(String family, String head) {
    try (Model model = open(family)) {
      RunRequest plain = clipped(model, family);
      float[] unchanged = output(model, plain);
      float[] same = output(model, plain.plus(Intervention.parse("scale:" + head + "=1")));
      assertArrayEquals(unchanged, same, 1e-5f);
      float[] without = output(model, plain.plus(Intervention.parse("zero:" + head)));
      double most = 0;
      for (int i = 0; i < same.length; i++) {
        most = Math.max(most, Math.abs(without[i] - unchanged[i]));
      }
      assertTrue(most > 1e-3, family + ": " + most);
    }
  }

  /** A prompt of the right length for towers of text. */
  private static RunRequest clipped(Model model, String family) {
    if (model.spec().vision().filter(v -> !v.inPrompt()).isEmpty()) {
      return request(model, family);
    }
    int[] first = Arrays.copyOf(ids(family), model.spec().maxPositions());
    return RunRequest.of(first).withPictures(List.of(pixels(family)));
  }

  /** The last layer of LLaVA's tower is in its file and read by nobody. */
  @Test
  void whatNobodyReadsChangesNothing() {
    try (Model model = open("llava")) {
      RunRequest plain = request(model, "llava");
      float[] without = output(model, plain.plus(Intervention.parse("zero:vision.L2H*")));
      assertArrayEquals(output(model, plain), without, 1e-6f);
    }
  }

  /** Image tokens share an id; no head looks at an earlier copy of one. */
  @Test
  void imageTokensAreNoCopiesOfEachOther() {
    try (Model model = open("llava");
        Run run = model.run(request(model, "llava").forViewing(), Progress.NONE).get(0)) {
      int[] ids = run.tokens();
      int image = model.spec().vision().orElseThrow().imageToken();
      Set<Integer> words = new HashSet<>();
      boolean copies = false;
      for (int id : ids) {
        copies |= id != image && !words.add(id);
      }
      float duplicate = run.statistics().orElseThrow().shares().duplicate().data()[0];
      assertEquals(copies, !Float.isNaN(duplicate), Arrays.toString(ids));
    }
  }

  /** Maps on demand are the patterns of the pass, whatever the prompt shows and hides. */
  @ParameterizedTest
  @ValueSource(strings = {"vit", "llava", "idefics3", "paligemma", "gemma3_vision", "qwen2_vl"})
  void mapsAreThePatternsOfThePass(String family) {
    try (Model model = open(family)) {
      RunRequest request = request(model, family).forViewing().withSites(Site.PATTERN);
      try (Run run = model.run(request, Progress.NONE).get(0)) {
        int rows = run.tokens().length;
        int triangle = rows * (rows - 1) / 2 * run.spec().layers() * run.spec().heads();
        int hidden = maps(run);
        switch (family) {
          case "vit", "paligemma" -> assertEquals(0, hidden);
          case "gemma3_vision" -> assertEquals(6 * 24, triangle - hidden);
          default -> assertEquals(triangle, hidden);
        }
        run.sight().orElseThrow().tower().forEach(seen -> assertEquals(0, maps(seen)));
      }
    }
  }

  /** Compares every cell; tells how many are hidden. */
  private static int maps(Run run) {
    int hidden = 0;
    int length = run.tokens().length;
    assertTrue(run.statistics().isPresent());
    for (int layer = 0; layer < run.spec().layers(); layer++) {
      Tensor kept = run.get(HookName.of(Site.PATTERN, layer));
      for (int head = 0; head < run.spec().heads(); head++) {
        AttentionMap map = run.map(new Head(layer, head));
        float[] expected = kept.slice(head).data();
        float[] found = map.weights(0, length, 0, length).data();
        for (int cell = 0; cell < expected.length; cell++) {
          float weight = Float.isNaN(found[cell]) ? 0 : found[cell];
          assertEquals(expected[cell], weight, 1e-5f);
          hidden += Float.isNaN(found[cell]) ? 1 : 0;
        }
      }
    }
    return hidden;
  }

  /** A picture in one pass with a second is the picture alone. */
  @Test
  void severalPicturesAreReadEachByItself() {
    try (Model model = open("vit")) {
      Pixels one = pixels("vit");
      float[] twice = Arrays.copyOf(one.values(), 2 * one.values().length);
      System.arraycopy(one.values(), 0, twice, one.values().length, one.values().length);
      Pixels both = new Pixels(twice, 2, 3, 32, 32);
      List<Run> runs = model.run(RunRequest.ofPictures(model.spec(), List.of(both)), Progress.NONE);
      assertEquals(2, runs.size());
      assertArrayEquals(runs.get(0).logits(-1), runs.get(1).logits(-1), 1e-6f);
      runs.forEach(Run::close);
    }
  }

  /** A cell of a sweep is a run with that change. */
  @ParameterizedTest
  @ValueSource(strings = {"vit", "deit", "llava", "paligemma", "gemma3_vision", "qwen2_vl"})
  void sweepsAreTheirRuns(String family) {
    try (Model model = open(family)) {
      RunRequest request = request(model, family);
      List<Cell> cells =
          List.of("zero:L0H1", "zero:L1H2", "uniform:L1H0", "scale:L1H1@4=2", "zero:L1H3@-1")
              .stream()
              .map(text -> Cell.of(Intervention.parse(text)))
              .toList();
      SweepRequest sweep =
          new SweepRequest(request.sequences(), cells, Metrics.kl())
              .withPictures(request.pictures());
      int before = model.liveArrays();
      double[][] values = Sweep.run(model, sweep, SweepListener.NONE, Progress.NONE).values();
      assertEquals(before, model.liveArrays());
      float[] unchanged = output(model, request);
      for (int i = 0; i < cells.size(); i++) {
        float[] changed = output(model, request.withInterventions(cells.get(i).changes()));
        double expected = divergence(unchanged, changed);
        assertEquals(expected, values[i][0], 1e-4 + 1e-3 * expected, family + " cell " + i);
      }
    }
  }

  private static double divergence(float[] p, float[] q) {
    double sumP = 0;
    double sumQ = 0;
    for (int i = 0; i < p.length; i++) {
      sumP += Math.exp(p[i]);
      sumQ += Math.exp(q[i]);
    }
    double kl = 0;
    for (int i = 0; i < p.length; i++) {
      double logP = p[i] - Math.log(sumP);
      kl += Math.exp(logP) * (logP - (q[i] - Math.log(sumQ)));
    }
    return kl;
  }

  @Test
  void placesOfATowerHaveNames() {
    PatchSpec registers = new PatchSpec(3, 8, new PatchGrid(2, 3), 1, 2);
    assertEquals("cls", registers.label(0, new PatchGrid(2, 3)));
    assertEquals("reg1", registers.label(2, new PatchGrid(2, 3)));
    assertEquals("r1c2", registers.label(8, new PatchGrid(2, 3)));
    PatchSpec blocks = PatchSpec.ofBlocks(3, 8, 2, 2);
    assertEquals("r1c0", blocks.label(2, new PatchGrid(4, 6)));
    assertEquals("r0c2", blocks.label(4, new PatchGrid(4, 6)));
    assertEquals("r2c0", blocks.label(12, new PatchGrid(4, 6)));
  }

  private static String refused(Model model, RunRequest request) {
    int before = model.liveArrays();
    String message =
        assertThrows(HeadlightException.class, () -> model.run(request, Progress.NONE))
            .getMessage();
    assertEquals(before, model.liveArrays());
    return message;
  }

  @Test
  void whatDoesNotFitSaysWhy() {
    try (Model llava = open("llava");
        Model text = open("llama");
        Model vit = open("vit")) {
      Pixels pixels = pixels("llava");
      int[] ids = ids("llava");
      RunRequest none = RunRequest.of(1, 2, 3).withPictures(List.of(pixels));
      assertTrue(refused(llava, none).contains("no image token (id 319); put 16"));
      RunRequest few = RunRequest.of(Arrays.copyOf(ids, 12)).withPictures(List.of(pixels));
      assertTrue(refused(llava, few).contains("6 image tokens (id 319), its pictures take 16"));
      assertTrue(refused(text, none).contains("llama reads no pictures"));
      Pixels small = new Pixels(new float[3 * 4 * 4], 1, 3, 4, 4);
      RunRequest tiny = RunRequest.of(ids).withPictures(List.of(small));
      assertTrue(refused(llava, tiny).contains("[1, 3, 4, 4]"));
      Pixels grey = new Pixels(new float[32 * 32], 1, 1, 32, 32);
      RunRequest flat = RunRequest.of(ids).withPictures(List.of(grey));
      assertTrue(refused(llava, flat).contains("[1, 1, 32, 32]"));
      RunRequest two = RunRequest.of(ids).withPictures(List.of(pixels, pixels));
      assertTrue(refused(llava, two).contains("give one a prompt"));
      assertTrue(refused(vit, RunRequest.of(1, 2, 3)).contains("vit reads pictures and no text"));
      RunRequest tower = RunRequest.of(1, 2, 3).plus(Intervention.parse("zero:vision.L0H0"));
      assertTrue(refused(text, tower).contains("llama has no tower called vision"));
      assertTrue(refused(llava, tower).contains("give a picture too"));
    }
  }
}
