package dev.headlight.analysis.sinks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.Parity;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelWeights;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HookName;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.run.Site;
import dev.headlight.analysis.scores.HeadScore;
import dev.headlight.analysis.scores.HeadScores;
import dev.headlight.analysis.scores.ScoreJob;
import dev.headlight.analysis.text.Bos;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
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

  /**
   * A GPT-2 in which one position is unlike the others and every query of the first layer asks for
   * its key.
   */
  private static Model withOddPosition(int position) {
    Model model = Model.open(Parity.folder("gpt2"), Progress.NONE);
    ModelWeights weights = model.transformer().weights();
    NDArray positions = weights.embedding().positions().held().orElseThrow();
    positions.get(Integer.toString(position)).muli(200);
    RunRequest request = RunRequest.of(new Random(9).ints(12, 5, 300).toArray());
    try (Run run = model.run(request.withSites(Site.K), Progress.NONE).get(0)) {
      float[] key = run.get(HookName.of(Site.K, 0)).slice(position).data();
      NDArray bias = weights.layers().get(0).qkv().bias();
      bias.get("0:" + key.length).muli(0).addi(bias.getManager().create(key).mul(4));
    }
    return model;
  }

  private static List<Head> sinks(Model model, SinkProbe probe, int position) {
    List<int[]> ids = probe.draw(model, 40, 4, false, new Random(2));
    SinkRequest request = SinkRequest.of(ids).withFirstKeys(position + 1);
    SinkRates rates = SinkAnalysis.measure(model, request, Progress.NONE).rates(0.3, 0, position);
    return IntStream.range(0, model.spec().heads())
        .mapToObj(h -> new Head(0, h))
        .filter(h -> rates.rate(h) == 1)
        .toList();
  }

  /** What makes a learned position a sink is its row of the table, not what stands there. */
  @ParameterizedTest
  @ValueSource(ints = {0, 7})
  void learnedPositionsKeepTheirSinkOnRepeats(int position) {
    try (Model model = withOddPosition(position)) {
      List<Head> random = sinks(model, SinkProbe.RANDOM, position);
      assertFalse(random.isEmpty());
      assertTrue(sinks(model, SinkProbe.REPEATED, position).containsAll(random));
    }
    try (Model model = Model.open(Parity.folder("gpt2"), Progress.NONE)) {
      assertEquals(List.of(), sinks(model, SinkProbe.REPEATED, position));
      assertTrue(spread(repeated(model)) > 0.05);
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
