package dev.headlight.analysis.vision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.Parity;
import dev.headlight.analysis.checkpoint.SafetensorsFile;
import dev.headlight.analysis.image.PatchGrid;
import dev.headlight.analysis.image.Pixels;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The measures on a small LLaVA: sixteen image tokens from position 6 on, fourteen words behind.
 */
class VisualProbeTest {
  private static Model model;
  private static int[] ids;
  private static Pixels pixels;

  @BeforeAll
  static void open() {
    model = Model.open(Parity.folder("llava"), Progress.NONE);
    try (SafetensorsFile file =
        SafetensorsFile.open(Parity.folder("llava").resolve("reference.safetensors"))) {
      ids = Arrays.stream(file.longs("input_ids")).mapToInt(i -> (int) i).toArray();
      pixels = new Pixels(file.floats("pixel_values"), 1, 3, 32, 32);
    }
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static RunRequest request() {
    return RunRequest.of(ids).withPictures(List.of(pixels));
  }

  @Test
  void theSpanIsWhereTheImageTokensAre() {
    try (Run run = model.run(request(), Progress.NONE).get(0)) {
      ImageSpan span = ImageSpan.of(run);
      assertEquals(36, span.length());
      assertEquals(6, span.image()[0]);
      assertEquals(22, span.behind());
      assertEquals(new PatchGrid(4, 4), span.parts().get(0).grid());
      ImageSpan tower = ImageSpan.of(run.sight().orElseThrow().tower().get(0));
      assertEquals(17, tower.length());
      assertEquals(1, tower.parts().get(0).positions()[0], "the class token is no patch");
    }
    try (Run run = model.run(RunRequest.of(1, 2, 3), Progress.NONE).get(0)) {
      assertThrows(HeadlightException.class, () -> ImageSpan.of(run));
    }
  }

  /** Against the sums of the maps themselves. */
  @Test
  void sharesAreSumsOfTheMaps() {
    VisualProbe.Findings found = VisualProbe.measure(model, request(), Progress.NONE);
    try (Run run = model.run(request().forViewing(), Progress.NONE).get(0)) {
      float[] map = run.map(new Head(1, 2)).weights().data();
      double sum = 0;
      for (int q = 22; q < 36; q++) {
        for (int k = 6; k < 22; k++) {
          sum += map[q * 36 + k];
        }
      }
      assertEquals(sum / 14, found.share().textToImage().slice(1).data()[2], 1e-5);
      double all = found.share().textToImage().data()[6] + found.share().textToText().data()[6];
      assertEquals(1, all, 1e-5);
    }
    // Random weights have no massive dimensions.
    assertEquals(0, found.sinks().dimensions().length);
  }

  @Test
  void divergenceIsAboveZeroWhereThePictureMatters() {
    int before = model.liveArrays();
    HeadDivergence vhd = VisualProbe.divergence(model, request(), Progress.NONE);
    assertEquals(before, model.liveArrays());
    for (float value : vhd.divergence().data()) {
      assertTrue(value >= 0);
    }
    assertTrue(vhd.total(3) > 0.1, "T-VHD " + vhd.total(3));
    assertTrue(!vhd.vhr().isEmpty());
    float[] plain = logits(List.of());
    assertArrayEquals(plain, logits(vhd.reinforcement(1)), 2e-5f);
    assertTrue(distance(plain, logits(vhd.reinforcement(2))) > 1e-3);
  }

  /** Sinks are made up: a random model has none. */
  @Test
  void varIsTheIdentityAtOneAndChangesTheAnswerElsewhere() {
    float[] plain = logits(List.of());
    String text = "var:L0-1H*/q=22../image=6-21/sinks=0,7/p=%s/v=0.1/r=0.5";
    assertArrayEquals(plain, logits(List.of(Intervention.parse(text.formatted("1.0")))), 2e-5f);
    double changed = distance(plain, logits(List.of(Intervention.parse(text.formatted("0.2")))));
    assertTrue(changed > 1e-4, "changed by " + changed);
  }

  @Test
  void cuttingThePictureOffOrDroppingItChangesTheAnswer() {
    ImageSpan span = ImageSpan.of(ids.length, 6, new PatchGrid(4, 4));
    float[] plain = logits(List.of());
    float[] cut = logits(List.of(VisionInterventions.knockOut(span, 0, 2)));
    assertTrue(distance(plain, cut) > 1e-3);
    float[] row = new float[ids.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = i;
    }
    List<Integer> dropped = VisionInterventions.leastAttended(span, row, 0.25);
    assertEquals(12, dropped.size());
    float[] fewer = logits(VisionInterventions.drop(0, 3, dropped));
    assertTrue(distance(plain, fewer) > 1e-4);
    float[] none = logits(VisionInterventions.drop(2, 3, dropped));
    assertArrayEquals(plain, none);
  }

  @Test
  void relevancyIsAShareOfEveryPosition() {
    int before = model.liveArrays();
    float[] row = VisualProbe.relevancy(model, request(), 40, Progress.NONE);
    assertEquals(before, model.liveArrays());
    double sum = 0;
    double image = 0;
    for (int i = 0; i < row.length; i++) {
      assertTrue(row[i] >= -1e-6, "position " + i);
      sum += row[i];
      image += i >= 6 && i < 22 ? row[i] : 0;
    }
    assertEquals(1, sum, 1e-4);
    assertTrue(image > 0 && image < 1);
    float[] other = VisualProbe.relevancy(model, request(), 41, Progress.NONE);
    assertTrue(distance(row, other) > 1e-4, "another answer has other reasons");
  }

  @Test
  void towerHeadsLookAtDistances() {
    try (Run run = model.run(request().forViewing(), Progress.NONE).get(0)) {
      Run tower = run.sight().orElseThrow().tower().get(0);
      ImageSpan.Part part = ImageSpan.of(tower).parts().get(0);
      int layers = tower.spec().layers();
      int heads = tower.spec().heads();
      SpatialStrength s = SpatialStrength.of(Maps.of(tower), layers, heads, part, Progress.NONE);
      for (int l = 0; l < layers; l++) {
        double sum = 0;
        for (float share : s.of(new Head(l, 1))) {
          sum += share;
        }
        // What is missing goes to the class token.
        assertTrue(sum > 0 && sum < 1, "layer " + l + ": " + sum);
      }
    }
  }

  /** A patch of a ViT sees its neighbours and the class token, which still sees all. */
  @Test
  void towersAreCutToNeighbours() {
    try (Model vit = Model.open(Parity.folder("vit"), Progress.NONE);
        SafetensorsFile file =
            SafetensorsFile.open(Parity.folder("vit").resolve("reference.safetensors"))) {
      Pixels picture = new Pixels(file.floats("pixel_values"), 1, 3, 32, 32);
      ImageSpan.Part part = ImageSpan.of(17, 1, new PatchGrid(4, 4)).parts().get(0);
      Intervention near = VisionInterventions.near(HeadSet.parse("L0H*"), part, 1);
      RunRequest request =
          RunRequest.ofPicture(vit.spec(), picture).forViewing().withInterventions(List.of(near));
      try (Run run = vit.run(request, Progress.NONE).get(0)) {
        float[] map = run.map(new Head(0, 1)).weights().data();
        assertTrue(map[17 + 1 + 5] > 0, "patch 0 sees patch 5");
        assertEquals(0, map[17 + 1 + 2], "patch 0 does not see patch 2");
        assertTrue(map[17] > 0, "patch 0 sees the class token");
        assertTrue(map[1 + 15] > 0, "the class token sees all");
        assertEquals(17, ImageSpan.of(run).length());
      }
    }
  }

  private static float[] logits(List<Intervention> changes) {
    try (Run run = model.run(request().withInterventions(changes), Progress.NONE).get(0)) {
      return run.logits(-1);
    }
  }

  private static double distance(float[] a, float[] b) {
    double most = 0;
    for (int i = 0; i < a.length; i++) {
      most = Math.max(most, Math.abs(a[i] - b[i]));
    }
    return most;
  }
}
