package dev.headlight.analysis.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.Parity;
import dev.headlight.analysis.checkpoint.SafetensorsFile;
import dev.headlight.analysis.image.StoredPixels;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.RandomModels;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.run.Site;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Estimates from a made-up machine, whose seconds are known; no test looks at a clock. */
class CostEstimateTest {
  private static final ModelSpec GPT2 = RandomModels.spec("gpt2-small");

  /** A row of a block takes 1 ms, a million cells 1 ms, logits 10 ms a row, 4 GB/s leave. */
  private static Calibration machine(ModelSpec spec) {
    Curve cells = new Curve(new double[] {1e6}, new double[] {1e-3});
    return new Calibration(
        spec,
        0,
        new Curve(new double[] {1, 100}, new double[] {1e-3, 0.1}),
        cells,
        cells,
        new Curve(new double[] {1}, new double[] {0.01}),
        4e9);
  }

  private static RunRequest prompt(int tokens) {
    return RunRequest.of(new int[tokens]);
  }

  private static CostEstimate of(RunRequest request) {
    return CostEstimate.capture(machine(GPT2), request);
  }

  @Test
  void secondsAreThoseOfRowsCellsAndLogits() {
    // The final norm's values of every position are kept, so that the last block computes all rows.
    RunRequest whole = prompt(256).withSites(Site.LN_FINAL);
    double cells = 12 * 1e-3 * 12 * 256 * 256 / 1e6;
    // Copies, which are not counted here, take a few milliseconds.
    assertEquals(12 * 256e-3 + cells + 0.01, of(whole).seconds(), 5e-3);
    assertTrue(of(prompt(256)).seconds() < of(whole).seconds() - 0.15);
  }

  @Test
  void whatIsKeptIsCountedToTheByte() {
    RunRequest one = prompt(100);
    long pattern = 12L * 12 * 100 * 100 * 4;
    long z = 12L * 100 * 768 * 4;

    assertEquals(pattern, of(one.withSites(Site.PATTERN)).bytes() - of(one).bytes());
    assertEquals(z, of(one.withSites(Site.Z)).bytes() - of(one).bytes());
    assertEquals(z / 3, of(one.withSites(Site.Z).withLayers(2, 5)).bytes() - of(one).bytes());
    RunRequest some = one.withSites(Site.PATTERN).withHeads(HeadSet.parse("L0H*,L3H1"));
    assertEquals(13L * 100 * 100 * 4, of(some).bytes() - of(one).bytes());
  }

  @Test
  void moreOfAnythingCostsMore() {
    RunRequest one = prompt(200);
    for (RunRequest more :
        new RunRequest[] {
          prompt(201),
          one.withAllLogits(),
          one.forViewing(),
          one.withSites(Site.RESID_PRE),
          RunRequest.ofSequences(List.of(new int[200], new int[1])),
        }) {
      assertTrue(of(more).seconds() > of(one).seconds(), more.toString());
      assertTrue(of(more).bytes() > of(one).bytes(), more.toString());
    }
    RunRequest mean = one.plus(Intervention.parse("mean:L1H1"));
    assertTrue(of(mean).seconds() > 1.9 * of(one).seconds());
  }

  @Test
  void aSweepIsItsBaselineAndItsBatches() {
    PassPart cell = PassPart.whole(64, 1);
    int[] cells = new int[12];
    cells[11] = 5;
    Calibration machine = machine(GPT2);

    double baseline = CostEstimate.parts(machine, List.of(cell)).seconds();
    double last = 5 * (64e-3 + 12 * 64 * 64 / 1e9 + 0.01);
    double sweep = CostEstimate.sweep(machine, cell, cells, 2).seconds() - baseline;
    assertEquals(last, sweep, 0.02 * last);
    cells[0] = 5;
    assertTrue(CostEstimate.sweep(machine, cell, cells, 2).seconds() > baseline + 10 * last);
    assertTrue(
        CostEstimate.sweep(machine, cell, cells, 5).bytes()
            > CostEstimate.sweep(machine, cell, cells, 2).bytes());
  }

  @Test
  void aLongerTextCostsMoreTokenByToken() {
    Calibration machine = machine(GPT2);
    CostEstimate ten = CostEstimate.generation(machine, 32, 10);
    CostEstimate eleven = CostEstimate.generation(machine, 32, 11);
    double step = 12 * (1e-3 + 1e-3) + 0.01;
    assertEquals(step, eleven.seconds() - ten.seconds(), 0.01 * step);
    assertTrue(eleven.bytes() > ten.bytes());
  }

  @Test
  void peopleAreToldInUnitsTheyUse() {
    assertEquals("about 12 s, 0.8 GB", new CostEstimate(12.3, 800_000_000).text());
    assertEquals("about 0.4 s, 80 MB", new CostEstimate(0.41, 80_000_000).text());
    assertEquals("about 5 min, 2.0 GB", new CostEstimate(300, 2_000_000_000L).text());
    assertEquals("about 2.5 h, 2.0 GB", new CostEstimate(9000, 2_000_000_000L).text());
    assertTrue(new CostEstimate(2.1, 0).slow());
    assertFalse(new CostEstimate(1.9, 0).slow());
  }

  /** Each tile goes through the tower, and its patches through the projector. */
  @Test
  void seeingAPictureIsCounted() {
    try (Model model = Model.open(Parity.folder("llava"), Progress.NONE);
        SafetensorsFile stored =
            SafetensorsFile.open(Parity.folder("llava").resolve("reference.safetensors"))) {
      ModelSpec spec = model.spec();
      RunRequest text = prompt(36);
      RunRequest seeing = text.withPictures(List.of(StoredPixels.read(stored)));
      ModelSpec tower = spec.vision().orElseThrow().tower();
      int tokens = 17;
      double patches = 2.0 * tokens * tower.patches().orElseThrow().numbers() * tower.width();
      double projector = 2.0 * tokens * spec.width() * (tower.width() + spec.width());
      double expected =
          FlopCount.computed(tower, PassPart.whole(tokens, 0)).total() + patches + projector;
      assertEquals(
          expected,
          CostEstimate.flops(spec, seeing).total() - CostEstimate.flops(spec, text).total(),
          1);
      Calibration calibration = Calibration.measure(model, Progress.NONE);
      CostEstimate without = CostEstimate.capture(calibration, text.forViewing());
      CostEstimate with = CostEstimate.capture(calibration, seeing.forViewing());
      assertTrue(with.seconds() > without.seconds(), with + " " + without);
      long kept = with.bytes() - without.bytes();
      assertTrue(kept > 3L * 4 * tokens * tokens, "maps of the tower stay too, " + kept);
    }
  }

  /** Every form of block can be measured, and leaves nothing behind. */
  @ParameterizedTest
  @ValueSource(strings = {"gpt2", "gemma2", "bert", "albert", "electra", "mixtral", "bloom", "opt"})
  void everyFormOfModelIsMeasured(String family) {
    try (Model model = Model.open(Parity.folder(family), Progress.NONE)) {
      int before = model.liveArrays();
      Calibration calibration = Calibration.measure(model, Progress.NONE);
      assertEquals(before, model.liveArrays());
      CostEstimate few = CostEstimate.capture(calibration, prompt(4));
      CostEstimate many = CostEstimate.capture(calibration, prompt(20).forViewing());
      assertTrue(few.seconds() > 0 && many.seconds() > 0, few + " " + many);
      assertTrue(few.bytes() > 0 && many.bytes() > few.bytes(), few + " " + many);
    }
  }
}
