package dev.headlight.analysis.sweep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.ablation.Ablation;
import dev.headlight.analysis.ablation.AblationMetric;
import dev.headlight.analysis.ablation.AblationRequest;
import dev.headlight.analysis.ablation.AblationResult;
import dev.headlight.analysis.ablation.AblationRun;
import dev.headlight.analysis.ablation.Answers;
import dev.headlight.analysis.ablation.Target;
import dev.headlight.analysis.ablation.Treatment;
import dev.headlight.analysis.checkpoint.SafetensorsFile;
import dev.headlight.analysis.image.Pixels;
import dev.headlight.analysis.image.StoredPixels;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Sweeps over prompts with pictures, with cells in the tower. */
class VisionSweepTest {
  private static final Path PARITY = Path.of("src", "test", "resources", "parity");
  private static final int ANSWER = 42;

  private static Model llava;
  private static Pixels pixels;
  private static int[] tokens;

  @BeforeAll
  static void open() {
    llava = Model.open(PARITY.resolve("llava"), Progress.NONE);
    pixels = pixels("llava");
    int image = llava.spec().vision().orElseThrow().imageToken();
    List<Integer> ids = new ArrayList<>(List.of(1, 9));
    for (int i = 0; i < 16; i++) {
      ids.add(image);
    }
    ids.addAll(List.of(5, 6, 7));
    tokens = ids.stream().mapToInt(i -> i).toArray();
  }

  @AfterAll
  static void close() {
    llava.close();
  }

  private static Pixels pixels(String fixture) {
    try (SafetensorsFile stored =
        SafetensorsFile.open(PARITY.resolve(fixture).resolve("reference.safetensors"))) {
      return StoredPixels.read(stored);
    }
  }

  private static Cell cell(String... changes) {
    return new Cell(List.of(changes).stream().map(Intervention::parse).toList());
  }

  private static double whole(Cell cell) {
    RunRequest request =
        RunRequest.of(tokens).withPictures(List.of(pixels)).withInterventions(cell.changes());
    try (Run run = llava.run(request, Progress.NONE).get(0)) {
      return logProbability(run.logits(-1), ANSWER);
    }
  }

  private static double logProbability(float[] logits, int id) {
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - logits[id]);
    }
    return -Math.log(sum);
  }

  @Test
  void cellsOfTheTowerAreWholePasses() {
    List<Cell> cells =
        List.of(
            cell(),
            cell("zero:vision.L0H1"),
            cell("zero:L1H2"),
            cell("scale:vision.L1H*=3", "zero:L2H0@-1"),
            cell("zero:vision.L0H*", "zero:vision.L1H*"));
    SweepRequest request =
        new SweepRequest(List.of(tokens), cells, Metrics.logProbability(new int[] {ANSWER}))
            .withPictures(List.of(pixels));
    int before = llava.liveArrays();
    List<Integer> heard = new ArrayList<>();
    SweepResult found = Sweep.run(llava, request, (c, s, value) -> heard.add(c), Progress.NONE);
    assertEquals(before, llava.liveArrays());
    assertEquals(5, heard.size());
    assertTrue(found.complete());
    for (int c = 0; c < cells.size(); c++) {
      assertEquals(whole(cells.get(c)), found.values()[c][0], 1e-5, cells.get(c).toString());
    }
    assertEquals(found.baseline()[0], found.values()[0][0], 1e-6);
    assertNotEquals(found.baseline()[0], found.values()[1][0], 1e-5);
  }

  @Test
  void whatChangesNothingInTheTowerIsFound() {
    List<Cell> cells = List.of(cell("scale:vision.L0H1=1"), cell("zero:vision.L0H1"));
    SweepRequest request =
        new SweepRequest(List.of(tokens), cells, Metrics.logProbability(new int[] {ANSWER}))
            .withPictures(List.of(pixels));
    assertEquals(
        Set.of(0), EffectCheck.withoutEffect(llava, request, List.of(0, 1), Progress.NONE));
  }

  @Test
  void headsOfBothAreTakenAway() {
    List<Target> targets = new ArrayList<>(Target.heads(llava.spec()));
    targets.addAll(Target.visionHeads(llava.spec()));
    AblationRequest request =
        AblationRequest.of(List.of(tokens), targets)
            .with(AblationMetric.LOGPROB, Answers.of(new int[] {ANSWER}))
            .withPictures(List.of(pixels));
    AblationResult found = Ablation.run(llava, request, Progress.NONE);
    assertEquals(targets.size(), found.runs().size());
    assertTrue(found.complete());
    AblationRun last = found.runs().get(targets.size() - 1);
    assertTrue(last.target().name().startsWith("vision.L"), last.target().name());
    assertEquals(
        whole(new Cell(List.of(request.treatment().on(last.target())))), last.values()[0], 1e-5);
    assertEquals(
        Target.heads(llava.spec()).size(),
        found.ranking().size(),
        "heads of the tower are no heads of the model");
  }

  @Test
  void aTowerByItselfGoesByBothNames() {
    try (Model vit = Model.open(PARITY.resolve("vit"), Progress.NONE)) {
      RunRequest places = RunRequest.ofPicture(vit.spec(), pixels("vit"));
      SweepRequest request =
          new SweepRequest(
                  places.sequences(),
                  List.of(cell("zero:L0H1"), cell("zero:vision.L0H1")),
                  Metrics.logProbability(new int[] {0}))
              .withPictures(places.pictures());
      SweepResult found = Sweep.run(vit, request, SweepListener.NONE, Progress.NONE);
      assertArrayEquals(found.values()[0], found.values()[1], 1e-6);
      assertNotEquals(found.baseline()[0], found.values()[0][0], 1e-6);
    }
  }

  @Test
  void namesOfTargetsAreRead() {
    Target two = Target.parse("vision.L0H1, vision.L1H*");
    assertTrue(two.vision());
    assertEquals("vision.L0H1,vision.L1H*", two.name());
    assertEquals("zero:vision.L0H1,L1H*", Treatment.of(Treatment.Mode.ZERO).on(two).text());
    assertEquals(Target.parse("L0H1"), Target.parse("L0H1"));
    refused("of one transformer", () -> Target.parse("vision.L0H1,L1H1"));
    refused("layers, 0 to", () -> Target.parse("vision.L9H0").resolve(llava.spec()));
  }

  private static void refused(String message, Runnable asks) {
    HeadlightException e = assertThrows(HeadlightException.class, asks::run);
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }
}
