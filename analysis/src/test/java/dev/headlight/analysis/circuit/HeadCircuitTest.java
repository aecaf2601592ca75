package dev.headlight.analysis.circuit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.Head;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HeadCircuitTest {
  private static double[][] random(int rows, int columns, long seed) {
    Random random = new Random(seed);
    double[][] matrix = new double[rows][columns];
    for (double[] row : matrix) {
      Arrays.setAll(row, i -> random.nextGaussian());
    }
    return matrix;
  }

  private static double[] sorted(double[] values) {
    double[] copy = values.clone();
    Arrays.sort(copy);
    return copy;
  }

  @Test
  void eigenvaluesOfACompanionMatrixAreTheRoots() {
    // (x − 1)(x − 3)(x² + 4) = x⁴ − 4x³ + 7x² − 16x + 12
    double[][] companion = {{4, -7, 16, -12}, {1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}};
    double[][] found = Eigenvalues.of(companion);
    double[] real = sorted(found[0]);
    double[] imaginary = sorted(found[1]);
    double[] expectedReal = {0, 0, 1, 3};
    double[] expectedImaginary = {-2, 0, 0, 2};
    for (int i = 0; i < 4; i++) {
      assertEquals(expectedReal[i], real[i], 1e-9);
      assertEquals(expectedImaginary[i], imaginary[i], 1e-9);
    }
  }

  @Test
  void eigenvaluesOfEasyMatrices() {
    double[][] triangle = {{1, 5, 7}, {0, 2, 9}, {0, 0, 3}};
    assertEquals(6, Arrays.stream(Eigenvalues.of(triangle)[0]).sum(), 1e-12);
    assertEquals(0, Eigenvalues.of(new double[][] {{0, 1}, {0, 0}})[0][0], 1e-12);
    assertEquals(4, Eigenvalues.of(new double[][] {{4}})[0][0]);
    double[][] turn = Eigenvalues.of(new double[][] {{0, -1, 0}, {1, 0, 0}, {0, 0, 1}});
    assertEquals(1, Math.abs(turn[1][0]) + Math.abs(turn[0][0]), 1e-9);
  }

  @Test
  void sumsOfPowersOfEigenvaluesAreTraces() {
    for (int n : new int[] {5, 64}) {
      double[][] m = random(n, n, n);
      double[][] values = Eigenvalues.of(m);
      double trace = 0;
      double square = 0;
      for (int i = 0; i < n; i++) {
        trace += m[i][i];
        for (int j = 0; j < n; j++) {
          square += m[i][j] * m[j][i];
        }
      }
      double sum = Arrays.stream(values[0]).sum();
      double squares = 0;
      for (int i = 0; i < n; i++) {
        squares += values[0][i] * values[0][i] - values[1][i] * values[1][i];
      }
      assertEquals(trace, sum, 1e-9 * n);
      assertEquals(square, squares, 1e-8 * n);
      assertEquals(0, Arrays.stream(values[1]).sum(), 1e-9 * n);
    }
  }

  @Test
  void aHeadThatWritesWhatItReadsCopies() {
    double[][] v = random(4, 12, 1);
    double[][] minus = new double[4][];
    for (int i = 0; i < 4; i++) {
      minus[i] = Arrays.stream(v[i]).map(x -> -2 * x).toArray();
    }
    assertEquals(1, HeadCircuit.of(v, v, v, v).copying(), 1e-12);
    assertEquals(-1, HeadCircuit.of(v, v, v, minus).copying(), 1e-12);
  }

  @Test
  void theSmallProductHasTheEigenvaluesOfTheLargeOne() {
    double[][] v = random(3, 9, 2);
    double[][] o = random(3, 9, 3);
    double[][] large = new double[9][9];
    for (int i = 0; i < 9; i++) {
      for (int j = 0; j < 9; j++) {
        for (int e = 0; e < 3; e++) {
          large[i][j] += o[e][i] * v[e][j];
        }
      }
    }
    double[][] values = Eigenvalues.of(large);
    double sizes = 0;
    for (int i = 0; i < 9; i++) {
      sizes += Math.hypot(values[0][i], values[1][i]);
    }
    double expected = Arrays.stream(values[0]).sum() / sizes;
    assertEquals(expected, HeadCircuit.of(v, v, v, o).copying(), 1e-6);
  }

  @Test
  void strengthOfOrthogonalDirections() {
    double[][] x = {{3, 0, 0}, {0, 1, 0}};
    double[][] y = {{1, 0, 0}, {0, 1, 0}};
    HeadCircuit.Spectrum spectrum = HeadCircuit.of(x, y, x, y).qk();
    assertEquals(0.9, spectrum.top(), 1e-12);
    assertEquals(100.0 / 82, spectrum.rank(), 1e-12);
    double[][] none = new double[2][3];
    assertTrue(Double.isNaN(HeadCircuit.of(x, y, none, y).copying()));
    assertTrue(Double.isNaN(HeadCircuit.of(x, y, none, y).ov().top()));
  }

  @Test
  void readsTheWeightsOfAModel() {
    Path folder = Path.of("src", "test", "resources", "stories260K");
    try (Model model = Model.open(folder, Progress.NONE)) {
      int width = model.spec().headDim();
      int arrays = model.liveArrays();
      HeadCircuit first = HeadWeights.circuit(model, new Head(0, 0));
      HeadCircuit last = HeadWeights.circuit(model, new Head(4, 7));
      for (HeadCircuit circuit : new HeadCircuit[] {first, last}) {
        assertTrue(Math.abs(circuit.copying()) <= 1, circuit.toString());
        assertTrue(circuit.ov().rank() >= 1 && circuit.ov().rank() <= width, circuit.toString());
        assertTrue(circuit.qk().top() * width >= 1 && circuit.qk().top() <= 1);
      }
      assertTrue(Math.abs(first.copying() - last.copying()) > 1e-3);
      assertEquals(arrays, model.liveArrays());
    }
  }
}
