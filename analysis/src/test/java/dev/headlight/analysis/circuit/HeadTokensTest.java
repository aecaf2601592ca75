package dev.headlight.analysis.circuit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.circuit.HeadTokens.Circuit;
import dev.headlight.analysis.circuit.HeadTokens.Pair;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HookName;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.run.Site;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeadTokensTest {
  /** The largest cells of the whole map, wherever the blocks end. */
  @ParameterizedTest
  @CsvSource({"gpt2,OV", "gpt2,QK", "llama,OV", "llama,QK", "cohere,OV"})
  void theTopPairsAreTheLargestCells(String family, Circuit circuit) {
    Toy.on(
        family,
        model -> {
          Head head = new Head(1, 3);
          int[] all = IntStream.range(0, model.spec().vocab()).toArray();
          double[][] map = HeadTokens.map(model, head, circuit, all);
          List<Pair> expected = new ArrayList<>();
          for (int r = 0; r < map.length; r++) {
            for (int c = 0; c < map.length; c++) {
              expected.add(new Pair(r, c, map[r][c]));
            }
          }
          expected.sort(Comparator.comparingDouble(p -> -p.value()));
          List<Pair> found = HeadTokens.top(model, head, circuit, 12, Progress.NONE);
          assertEquals(12, found.size());
          for (int i = 0; i < found.size(); i++) {
            assertEquals(expected.get(i).value(), found.get(i).value(), 1e-4);
            assertEquals(
                map[found.get(i).row()][found.get(i).column()], found.get(i).value(), 1e-4);
          }
        });
  }

  /**
   * In a model that rotates nothing at position 0 and has no biases, a prompt of one token is what
   * the maps are made of: its head's output is the row of OV before the unembedding, and its score
   * with itself is the cell of QK.
   */
  @Test
  void aSingleTokensScoreIsItsCell() {
    Toy.on(
        "llama",
        model -> {
          Head head = new Head(0, 5);
          int[] ids = {17, 230, 4};
          double[][] map = HeadTokens.map(model, head, Circuit.QK, ids);
          for (int i = 0; i < ids.length; i++) {
            RunRequest request = RunRequest.of(ids[i]).withSites(Site.ATTN_SCORES);
            try (Run run = model.run(request, Progress.NONE).get(0)) {
              float score = run.get(HookName.of(Site.ATTN_SCORES, 0)).data()[head.head()];
              assertEquals(score, map[i][i], 1e-4 * Math.max(1, Math.abs(score)));
            }
          }
        });
  }

  /** What a head writes for a token moves the logits, before the final scale, as its row says. */
  @Test
  void whatAHeadWritesIsItsRow() {
    Toy.on(
        "llama",
        model -> {
          Head head = new Head(0, 5);
          int[] ids = {17, 230, 4};
          double[][] map = HeadTokens.map(model, head, Circuit.OV, ids);
          for (int i = 0; i < ids.length; i++) {
            LogitParts parts =
                DirectLogits.of(model, RunRequest.of(ids[i]), ids[1], ids[2], Progress.NONE);
            double part =
                parts.parts().stream()
                    .filter(p -> p.name().equals(head.toString()))
                    .mapToDouble(LogitParts.Part::value)
                    .findFirst()
                    .orElseThrow();
            assertEquals(part, (map[i][1] - map[i][2]) * scale(model, ids[i]), 1e-4);
          }
        });
  }

  /** 1 / RMS of the stream that leaves the last block. */
  private static double scale(Model model, int id) {
    RunRequest request = RunRequest.of(id).withSites(Site.RESID_POST);
    try (Run run = model.run(request, Progress.NONE).get(0)) {
      float[] x = run.get(HookName.of(Site.RESID_POST, model.spec().layers() - 1)).data();
      double square = 0;
      for (float v : x) {
        square += (double) v * v / x.length;
      }
      return 1 / Math.sqrt(square + model.spec().norm().epsilon());
    }
  }

  @Test
  void projectedEmbeddingsAreRefused() {
    Toy.on(
        "opt_350m",
        model ->
            assertThrows(
                HeadlightException.class,
                () -> HeadTokens.map(model, new Head(0, 0), Circuit.OV, new int[] {1})));
  }
}
