package dev.headlight.analysis.circuit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Engines;
import dev.headlight.analysis.model.HostMemory;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelWeights;
import dev.headlight.analysis.model.Weight;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tokens in and out of the stream, against sums over all tokens one by one. */
class TokenMapTest {
  private static final Path MODELS = Path.of("src", "test", "resources");

  private static float[] rows(Weight table, int vocabulary) {
    try (NDManager scope = Engines.manager()) {
      int[] ids = IntStream.range(0, vocabulary).toArray();
      NDArray all = table.gather(ids, new Shape(vocabulary), scope);
      return HostMemory.copy(all);
    }
  }

  /** x ↦ Σ over tokens of (x · embedding) unembedding, with the last norm's weight. */
  private static double[] expected(Model model, double[] x, boolean centred) {
    ModelWeights weights = model.transformer().weights();
    int d = model.spec().width();
    float[] in = rows(weights.embedding().tokens(), model.spec().vocab());
    float[] out = rows(weights.unembedding().weight(), model.spec().vocab());
    float[] gain = HostMemory.copy(weights.finalNorm().weight());
    double[] sum = new double[d];
    for (int t = 0; t < model.spec().vocab(); t++) {
      double read = 0;
      double[] row = new double[d];
      for (int i = 0; i < d; i++) {
        read += x[i] * in[t * d + i];
        row[i] = out[t * d + i] * gain[i];
      }
      double mean = centred ? Arrays.stream(row).average().orElseThrow() : 0;
      for (int i = 0; i < d; i++) {
        sum[i] += read * (row[i] - mean);
      }
    }
    return sum;
  }

  @Test
  void itSumsOverEveryToken() {
    for (String name : new String[] {"stories260K", "parity/gpt2"}) {
      try (Model model = Model.open(MODELS.resolve(name), Progress.NONE);
          TokenMap map = TokenMap.of(model).orElseThrow()) {
        double[] x = new Random(3).doubles(model.spec().width(), -1, 1).toArray();
        double[] sum = expected(model, x, name.endsWith("gpt2"));
        double size = Arrays.stream(sum).map(Math::abs).max().orElseThrow();
        assertEquals(model.spec().vocab(), map.tokens());
        assertArrayEquals(sum, map.apply(new double[][] {x})[0], 1e-4 * size, name);
      }
    }
  }

  @Test
  void aPlainMapLeavesCopyingAsItIs() {
    try (Model model = Model.open(MODELS.resolve("stories260K"), Progress.NONE)) {
      int d = model.spec().width();
      float[] one = new float[d * d];
      IntStream.range(0, d).forEach(i -> one[i * d + i] = 2);
      try (TokenMap map = new TokenMap(model.newScope(), one, d, 1)) {
        assertArrayEquals(HeadWeights.copying(model, 1), HeadWeights.copying(model, 1, map), 1e-4);
      }
    }
  }

  @Test
  void modelsWithMoreThanATableHaveNone() {
    try (Model model = Model.open(MODELS.resolve("parity/bert"), Progress.NONE)) {
      assertTrue(TokenMap.of(model).isEmpty());
    }
  }
}
