package dev.headlight.analysis.sinks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.Parity;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.scores.HeadScore;
import dev.headlight.analysis.scores.HeadScores;
import dev.headlight.analysis.scores.ScoreJob;
import dev.headlight.analysis.text.Bos;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sequences without meaning, and what they tell of positions. */
class SinkProbeTest {
  private static SinkStatistics repeated(Model model) {
    List<int[]> ids = SinkProbe.REPEATED.draw(model, 48, 3, false, new Random(3));
    return SinkAnalysis.measure(model, SinkRequest.of(ids), Progress.NONE);
  }

  /** How far the residual streams of tokens from 1 on are from the first's, at their worst. */
  private static double spread(SinkStatistics statistics) {
    double worst = 0;
    for (SequenceSinks s : statistics.sequences()) {
      Activations a = s.activations().orElseThrow();
      for (int l = 1; l <= statistics.spec().layers(); l++) {
        for (int t = 1; t < s.length(); t++) {
          worst = Math.max(worst, Math.abs(a.norm(l, t) / a.norm(l, 0) - 1));
        }
      }
    }
    return worst;
  }

  /** One id all along looks the same at every token where positions only turn queries and keys. */
  @ParameterizedTest
  @ValueSource(strings = {"llama", "gpt_neox", "qwen3"})
  void repeatsHaveNoFirstTokenUnderRotation(String family) {
    try (Model model = Model.open(Parity.folder(family), Progress.NONE)) {
      SinkStatistics statistics = repeated(model);
      assertEquals(0, spread(statistics), 1e-4);
      assertEquals(0, statistics.rates(0.3).model(), family);
    }
  }

  @Test
  void drawnIdsAreOfOneKind() {
    try (Model model = Model.open(Parity.folder("llama"), Progress.NONE)) {
      List<int[]> random = SinkProbe.RANDOM.draw(model, 30, 4, true, new Random(1));
      int bos = model.tokenizer().orElseThrow().bosId().orElseThrow();
      for (int[] ids : random) {
        assertEquals(bos, ids[0]);
        assertTrue(Arrays.stream(ids).skip(1).distinct().count() > 20);
        assertTrue(
            Arrays.stream(ids).skip(1).noneMatch(model.tokenizer().orElseThrow()::isSpecial));
      }
      assertArrayEquals(
          random.get(3), SinkProbe.RANDOM.draw(model, 30, 4, true, new Random(1)).get(3));
      int[] one = SinkProbe.REPEATED.draw(model, 30, 1, true, new Random(1)).get(0);
      assertEquals(1, Arrays.stream(one).skip(1).distinct().count());
      assertEquals(bos, one[0]);
    }
  }

  @Test
  void whatIsMissingIsSaid() {
    try (Model model = Model.open(Parity.folder("mistral"), Progress.NONE)) {
      refused(
          "no beginning-of-sequence token",
          () -> SinkProbe.RANDOM.draw(model, 20, 1, true, new Random(0)));
      refused(
          "has no tokenizer.json", () -> SinkProbe.texts(model, List.of("a text"), Bos.DEFAULT));
      refused(
          "a length of 4 says nothing",
          () -> SinkProbe.REPEATED.draw(model, 4, 1, false, new Random(0)));
      refused(
          "does not fit", () -> SinkProbe.REPEATED.draw(model, 99_999, 1, false, new Random(0)));
    }
  }

  private static void refused(String message, Runnable work) {
    HeadlightException e = assertThrows(HeadlightException.class, work::run);
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void theScoresOfHeadsAreMeasuredAndSayOnWhat() {
    HeadScores known = HeadScores.standard().plus(SinkScores.all());
    try (Model model = Model.open(Parity.folder("llama"), Progress.NONE)) {
      for (HeadScore score : List.of(SinkScores.RANDOM, SinkScores.REPEATED)) {
        ScoreJob job = ((HeadScore.OfJob) known.get(score.id()).origin()).job();
        ScoreJob.Result result = job.measure(model, Progress.NONE);
        assertEquals(8, result.tables().get(score.id()).runs());
        assertTrue(result.tables().get(score.id()).max() <= 1);
        assertEquals("8 sequences of 64 ids, no beginning, ε = 0.3, seed 0", result.conditions());
      }
    }
  }
}
