package dev.headlight.app.visual;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HookName;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.run.Site;
import dev.headlight.analysis.run.Tensor;
import dev.headlight.analysis.text.Bos;
import dev.headlight.analysis.vision.Grounding;
import dev.headlight.analysis.vision.HeadDivergence;
import dev.headlight.analysis.vision.ImageShare;
import dev.headlight.analysis.vision.Mask;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Questions to models that see, on the fixtures: 3 layers of 4 heads, 4 × 4 patches. */
class VisualWorkTest {
  private static final Path PARITY =
      Path.of("..", "analysis", "src", "test", "resources", "parity");
  private static final Path PICTURE = Path.of("src", "test", "resources", "pictures", "rgb.png");
  private static final int[] PROMPT = {1, 9, 319, 5, 6, 7};

  private static Model llava;
  private static VisualAsk ask;
  private static Looked looked;

  @BeforeAll
  static void look() {
    llava = Model.open(PARITY.resolve("llava"), Progress.NONE);
    ask =
        VisualPrompt.read(
                llava, List.of(PICTURE), Optional.empty(), Optional.of(PROMPT), Bos.DEFAULT)
            .ask()
            .withMaxNew(4);
    looked = VisualWork.look(ask, Side.MAIN, Shown.FIRST, -1).ask(llava, Progress.NONE);
  }

  @AfterAll
  static void close() {
    llava.close();
  }

  @Test
  void theRowsAreThoseOfThePass() {
    assertEquals(21, looked.promptLength());
    assertEquals(16, looked.span().image().length);
    assertTrue(looked.answered());
    RunRequest request =
        RunRequest.of(looked.tokens())
            .withPictures(List.of(ask.prepared().pixels()))
            .withSites(Site.PATTERN);
    try (Run run = llava.run(request, Progress.NONE).get(0)) {
      Tensor pattern = run.get(HookName.of(Site.PATTERN, 1));
      int query = looked.query(looked.firstWord());
      float[] row = pattern.slice(2).slice(query).data();
      float[] expected = Arrays.copyOfRange(row, 2, 18);
      assertArrayEquals(expected, looked.rows().row(new Head(1, 2), query), 1e-5f);
      float[] shares = looked.rows().shares(new Head(1, 2), query);
      double picture = 0;
      for (float weight : expected) {
        picture += weight;
      }
      assertEquals(picture, shares[0], 1e-5);
      assertEquals(row[0], shares[2], 1e-5);
      assertEquals(1, shares[0] + shares[1] + shares[2] + shares[3], 1e-5);
    }
  }

  @Test
  void aWordOfTheAnswerLooksFromTheRowThatWroteIt() {
    assertEquals(21, looked.firstWord());
    assertEquals(20, looked.query(21));
    assertEquals(18, looked.query(18));
    assertEquals(20, looked.reads(21));
    assertEquals(20, looked.reads(5));
  }

  @Test
  void aGreyPictureTakenOffLeavesTheRestAndOfItselfNothing() {
    Looked blank = VisualWork.blank(looked).ask(llava, Progress.NONE);
    assertArrayEquals(looked.tokens(), blank.tokens());
    VisualChoice minus = VisualChoice.FIRST.with(MapMode.MINUS_BLANK);
    Head head = new Head(1, 0);
    PatchView view =
        new VisualMaps(looked, minus, Optional.of(blank), Optional.empty()).view(List.of(head));
    float[] with = looked.rows().row(head, 20);
    float[] without = blank.rows().row(head, 20);
    assertEquals(with[3] - without[3], view.values()[3], 1e-7);
    assertEquals(with[3], view.raw()[3]);
    PatchView nothing =
        new VisualMaps(blank, minus, Optional.of(blank), Optional.empty()).view(List.of(head));
    assertArrayEquals(new float[16], nothing.values());
  }

  @Test
  void sharesAndDivergenceBelongToTheLook() {
    ImageShare shares = VisualWork.shares(looked).ask(llava, Progress.NONE);
    for (int i = 0; i < 12; i++) {
      assertEquals(1, shares.textToImage().data()[i] + shares.textToText().data()[i], 1e-4);
    }
    HeadDivergence vhd = VisualWork.divergence(looked, 21).ask(llava, Progress.NONE);
    assertEquals(3, vhd.divergence().size(0));
    assertTrue(vhd.total(12) > 0);
  }

  @Test
  void relevanceAndRolloutAreRowsOverTheSequence() {
    float[] rolled = VisualWork.rollout(looked, 20, 2).ask(llava, Progress.NONE);
    double sum = 0;
    for (float value : rolled) {
      sum += value;
    }
    assertEquals(1, sum, 1e-4);
    float[] relevant = VisualWork.relevancy(looked, 21).ask(llava, Progress.NONE);
    assertEquals(looked.length(), relevant.length);
    assertEquals(0, relevant[21]);
  }

  @Test
  void theTowerIsLookedAtByItself() {
    Looked tower = VisualWork.look(ask, Side.TOWER, Shown.FIRST, -1).ask(llava, Progress.NONE);
    assertEquals(17, tower.length());
    assertEquals("cls", tower.labels().get(0));
    assertEquals(List.of("Patches", "cls"), tower.groups());
    assertEquals(0, tower.firstWord());
  }

  @Test
  void aClassifierNamesWhatItSees() {
    try (Model vit = Model.open(PARITY.resolve("vit"), Progress.NONE)) {
      VisualAsk alone =
          VisualPrompt.read(vit, List.of(PICTURE), Optional.empty(), Optional.empty(), Bos.DEFAULT)
              .ask();
      Looked seen = VisualWork.look(alone, Side.MAIN, Shown.FIRST, -1).ask(vit, Progress.NONE);
      assertEquals(5, seen.verdicts().size());
      assertTrue(seen.verdicts().get(0).label().startsWith("LABEL_"));
      assertFalse(seen.answered());
    }
  }

  @Test
  void aMaskRanksEveryHead() {
    int width = ask.pictures().get(0).width();
    int height = ask.pictures().get(0).height();
    Mask mask = Mask.box(width, height, 0, 0, width / 2, height / 2);
    VisualMaps maps =
        new VisualMaps(looked, VisualChoice.FIRST, Optional.empty(), Optional.empty());
    List<Grounding> all = maps.groundings(mask);
    assertEquals(12, all.size());
    assertTrue(all.get(0).iou() >= all.get(11).iou());
    float[] row = looked.rows().row(all.get(0).head(), 20);
    double inside = (row[0] + row[1] + row[4] + row[5]) / sum(row);
    assertEquals(inside, all.get(0).share(), 1e-5);
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }

  @Test
  void aTextModelSaysThatItReadsNoPictures() {
    try (Model text = Model.open(PARITY.resolve("gpt2"), Progress.NONE)) {
      HeadlightException refused =
          assertThrows(
              HeadlightException.class,
              () ->
                  VisualPrompt.read(
                      text, List.of(PICTURE), Optional.of("a"), Optional.empty(), Bos.DEFAULT));
      assertTrue(refused.getMessage().contains("gpt2 reads no pictures"), refused.getMessage());
    }
  }
}
