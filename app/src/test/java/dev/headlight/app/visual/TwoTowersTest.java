package dev.headlight.app.visual;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
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
import dev.headlight.analysis.text.Bos;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Towers of pictures and of texts side by side: CLIP and SigLIP. */
class TwoTowersTest {
  private static final Path PARITY =
      Path.of("..", "analysis", "src", "test", "resources", "parity");
  private static final Path PICTURE = Path.of("src", "test", "resources", "pictures", "rgb.png");
  private static final Path OTHER = Path.of("src", "test", "resources", "pictures", "grey.png");
  private static final List<int[]> TEXTS =
      List.of(new int[] {10, 11, 12, 2}, new int[] {30, 31, 2}, new int[] {7, 90, 45, 60, 2});

  private static VisualAsk ask(Model model) {
    return VisualPrompt.read(model, List.of(PICTURE, OTHER), Optional.empty(), TEXTS, Bos.DEFAULT)
        .ask();
  }

  private static Looked look(Model model, Side side, Shown shown) {
    return VisualWork.look(ask(model), side, shown, -1).ask(model, Progress.NONE);
  }

  @Test
  void everyPictureIsHeldAgainstEveryText() {
    try (Model clip = Model.open(PARITY.resolve("clip"), Progress.NONE)) {
      Looked seen = look(clip, VisualWork.firstSide(clip.spec()), Shown.FIRST);
      assertEquals(Side.TOWER, seen.side());
      assertEquals(6, seen.agreements().size());
      for (int picture = 0; picture < 2; picture++) {
        double sum = 0;
        for (Looked.Agreement a : seen.agreements().subList(3 * picture, 3 * picture + 3)) {
          assertEquals(picture, a.picture());
          assertTrue(Math.abs(a.cosine()) <= 1);
          sum += a.probability();
        }
        assertEquals(1, sum, 1e-9);
      }
      Looked.Agreement last = seen.agreements().get(5);
      RunRequest pair =
          RunRequest.of(TEXTS.get(2)).withPictures(List.of(seen.ask().prepared().pixels()));
      try (Run run = clip.run(pair, Progress.NONE).get(0)) {
        assertEquals(run.contrasted().orElseThrow().logits()[1], last.score(), 1e-4);
      }
    }
  }

  @Test
  void siglipJudgesEachPairByItself() {
    try (Model siglip = Model.open(PARITY.resolve("siglip"), Progress.NONE)) {
      Looked seen = look(siglip, Side.TOWER, Shown.FIRST);
      for (Looked.Agreement a : seen.agreements()) {
        assertTrue(a.pairwise());
        assertEquals(1 / (1 + Math.exp(-a.score())), a.probability(), 1e-9);
      }
    }
  }

  @Test
  void theTowerOfTextIsLookedAtTokenByToken() {
    try (Model clip = Model.open(PARITY.resolve("clip"), Progress.NONE)) {
      Looked text = look(clip, Side.MAIN, Shown.FIRST.withText(2));
      assertTrue(text.text());
      assertArrayEquals(TEXTS.get(2), text.tokens());
      assertEquals(4, text.firstWord());
      assertArrayEquals(new int[] {0, 1, 2, 3, 4}, text.words());
      VisualMaps maps =
          new VisualMaps(text, VisualChoice.FIRST, Optional.empty(), Optional.empty());
      RunRequest request = RunRequest.of(TEXTS.get(2)).withSites(Site.PATTERN);
      try (Run run = clip.run(request, Progress.NONE).get(0)) {
        float[] row = run.get(HookName.of(Site.PATTERN, 1)).slice(3).slice(4).data();
        assertArrayEquals(row, maps.view(List.of(new Head(1, 3))).values(), 1e-5f);
        float[] shares = text.rows().shares(new Head(1, 3), 4);
        assertEquals(row[0], shares[1], 1e-5);
        assertEquals(row[4], shares[2], 1e-5);
      }
      LayerCurve curve =
          ChangeWork.byLayer(text, 4, VisualChange.FIRST, VisualChoice.FIRST.spread(), now -> {})
              .ask(clip, Progress.NONE);
      assertEquals(2, curve.rows().get(0).points().size());
      assertNotEquals(curve.before(), curve.rows().get(0).points().get(0).after());
      HeadlightException cut =
          assertThrows(
              HeadlightException.class,
              () ->
                  ChangeWork.effect(
                          text, 4, List.of(new Head(0, 0)), VisualChange.of(ChangeKind.CUT))
                      .ask(clip, Progress.NONE));
      assertTrue(cut.getMessage().contains("the tower of text reads none"), cut.getMessage());
      HeadlightException refused =
          assertThrows(
              HeadlightException.class, () -> VisualWork.blank(text).ask(clip, Progress.NONE));
      assertTrue(refused.getMessage().contains("reads no picture"), refused.getMessage());
    }
  }

  @Test
  void aChangeMovesTheScoreOfThePictureAndTextThatAreShown() {
    try (Model clip = Model.open(PARITY.resolve("clip"), Progress.NONE)) {
      Looked second = look(clip, Side.TOWER, new Shown(1, Shown.TOGETHER, 1));
      assertEquals(1, second.parts().get(0).picture());
      Effect zero =
          ChangeWork.effect(second, 0, List.of(new Head(0, 0)), VisualChange.FIRST)
              .ask(clip, Progress.NONE);
      assertEquals(second.agreements().get(4).score(), zero.before(), 1e-4);
      assertNotEquals(zero.before(), zero.after());
      assertEquals("zero:vision.L0H0", zero.changes().get(0).text());
    }
  }

  @Test
  void severalTextsAreForTwoTowersAlone() {
    try (Model llava = Model.open(PARITY.resolve("llava"), Progress.NONE)) {
      HeadlightException refused = assertThrows(HeadlightException.class, () -> ask(llava));
      assertTrue(refused.getMessage().contains("llava reads one prompt"), refused.getMessage());
      assertFalse(VisualWork.firstSide(llava.spec()) == Side.TOWER);
    }
  }
}
