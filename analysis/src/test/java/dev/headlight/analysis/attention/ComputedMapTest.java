package dev.headlight.analysis.attention;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.Parity;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Engines;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.RandomModels;
import dev.headlight.analysis.model.Transformer;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HookName;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.run.Site;
import dev.headlight.analysis.run.Tensor;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Maps computed on demand are the patterns of the pass. */
class ComputedMapTest {
  private static int[] tokens(int length, int vocab) {
    return new Random(7).ints(length, 0, vocab).toArray();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "zero:L0H1",
        "uniform:L1H2@3-9",
        "column:L1H1/0=0.2",
        "move:L1H1/2,7=0.4",
        "temperature:L1H1@20-30=3",
        "mask:L1H*/q=10-20/k=0-5"
      })
  void mapsAreThePatternsWithInterventions(String change) {
    mapsAreThePatterns("mistral", change);
  }

  /** Caps, ALiBi, windows, experts, both directions. */
  @ParameterizedTest
  @CsvSource({
    "gemma2,",
    "gemma2,column:L1H1/0=0.2",
    "bloom,",
    "bloom,mask:L1H*/q=10-20/k=0-5",
    "mpt,uniform:L1H2@3-9",
    "falcon,",
    "falcon_new,zero:L0H1",
    "gpt_neo,",
    "bert,",
    "bert,uniform:L1H2@3-9",
    "bert,column:L1H1/30=0.2",
    "bert,'move:L1H1/30,3=0.2'",
    "bert,mask:L1H*/q=10-20/k=0-25",
    "bert,mask:L1H*/q=3/k=0-39"
  })
  void mapsAreThePatterns(String family, String change) {
    try (Model model = Model.open(Parity.folder(family), Progress.NONE)) {
      RunRequest request =
          RunRequest.of(tokens(40, 100)).forViewing().withSites(Site.PATTERN, Site.ATTN_SCORES);
      if (change != null && !change.isEmpty()) {
        request = request.plus(Intervention.parse(change));
      }
      try (Run run = model.run(request, Progress.NONE).get(0)) {
        for (int l = 0; l < model.spec().layers(); l++) {
          Tensor pattern = run.get(HookName.of(Site.PATTERN, l));
          Tensor scores = run.get(HookName.of(Site.ATTN_SCORES, l));
          for (int h = 0; h < model.spec().heads(); h++) {
            compare(run, new Head(l, h), pattern.slice(h), scores.slice(h));
          }
        }
      }
    }
  }

  private static void compare(Run run, Head head, Tensor pattern, Tensor scores) {
    AttentionMap map = run.map(head);
    float[] weights = map.weights().data();
    float[] logits = map.scores(0, 40, 0, 40).data();
    Tensor tile = map.weights(11, 30, 5, 22);
    // Wholly outside the window of these rows, where there is one.
    float[] corner = map.weights(35, 40, 0, 3).data();
    for (int i = 0; i < corner.length; i++) {
      assertEquals(weights[(35 + i / 3) * 40 + i % 3], corner[i], 1e-6f);
    }
    for (int q = 0; q < 40; q++) {
      for (int k = 0; k < 40; k++) {
        int i = q * 40 + k;
        if (Float.isNaN(weights[i])) {
          assertEquals(0, pattern.data()[i], head + " " + q + "," + k);
        } else {
          assertEquals(pattern.data()[i], weights[i], 1e-6f, head + " " + q + "," + k);
          if (Float.isFinite(scores.data()[i])) {
            assertEquals(scores.data()[i], logits[i], 1e-4f);
          }
        }
        if (q >= 11 && q < 30 && k >= 5 && k < 22) {
          assertEquals(weights[i], tile.data()[(q - 11) * 17 + k - 5], 1e-6f);
        }
      }
    }
  }

  /** Above 512 tokens the pass goes in blocks of rows; nothing may change. */
  @Test
  void blocksOfRowsAgreeWithTheWholeMap() {
    ModelSpec spec = RandomModels.gpt2(2, 4, 32, 100, 1024);
    NDManager manager = Engines.manager();
    Transformer transformer = new Transformer(spec, RandomModels.weights(spec, manager));
    try (Model model = Model.of("random", transformer, manager)) {
      RunRequest request = RunRequest.of(tokens(700, 100)).forViewing().withSites(Site.PATTERN);
      try (Run run = model.run(request, Progress.NONE).get(0)) {
        for (int h = 0; h < 4; h++) {
          float[] pattern = run.get(HookName.of(Site.PATTERN, 1)).slice(h).data();
          float[] map = run.map(new Head(1, h)).weights().data();
          IntStream.range(0, map.length)
              .filter(i -> !Float.isNaN(map[i]))
              .forEach(i -> assertEquals(pattern[i], map[i], 1e-6f));
          rowsSumToOne(pattern, 700);
          HeadStatistics statistics = run.statistics().orElseThrow();
          assertArrayEquals(
              run.map(new Head(1, h)).pooled(64).data(), statistics.thumbnail(1, h).data(), 1e-6f);
          assertEquals(firstColumn(pattern, 700), at(statistics, h), 1e-5f);
        }
      }
    }
  }

  private static float at(HeadStatistics statistics, int head) {
    return HeadStatistics.at(statistics.firstShare(), 1, head);
  }

  private static double firstColumn(float[] pattern, int length) {
    return IntStream.range(0, length).mapToDouble(q -> pattern[q * length]).average().orElse(0);
  }

  private static void rowsSumToOne(float[] pattern, int length) {
    for (int q = 0; q < length; q++) {
      double sum = 0;
      for (int k = 0; k < length; k++) {
        sum += pattern[q * length + k];
        assertTrue(k <= q || pattern[q * length + k] == 0);
      }
      assertEquals(1, sum, 1e-4);
    }
  }

  @Test
  void mapsMustBeAskedFor() {
    try (Model model = Model.open(Parity.folder("gpt2"), Progress.NONE);
        Run run = model.run(RunRequest.of(1, 2, 3), Progress.NONE).get(0)) {
      assertThrows(HeadlightException.class, () -> run.map(new Head(0, 0)));
      assertThrows(HeadlightException.class, () -> run.get(HookName.of(Site.Z, 0)));
    }
  }
}
