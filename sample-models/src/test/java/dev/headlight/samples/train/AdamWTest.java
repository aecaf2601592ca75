package dev.headlight.samples.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.headlight.analysis.model.Engines;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Closed forms of the optimizer. */
class AdamWTest {
  private static final float[] SLOPES = {0.3f, -0.2f, 0.1f};

  /** With the same gradient every time, each step is the learning rate, against its sign. */
  @Test
  void equalGradientsGiveEqualSteps() {
    AdamW.Constants constants = new AdamW.Constants(0.9, 0.98, 0, 0, 100);
    try (NDManager manager = Engines.manager()) {
      NDArray array = manager.create(new float[] {1, 2, 3});
      array.setRequiresGradient(true);
      AdamW optimizer = new AdamW(constants, List.of(new Parameter("x", array, false, false)));
      for (int step = 0; step < 4; step++) {
        backward(array, manager);
        double norm = optimizer.update(step, 0.01);
        assertEquals(Math.sqrt(0.14), norm, 1e-6);
      }
      assertArrayEquals(new float[] {0.96f, 2.04f, 2.96f}, array.toFloatArray(), 1e-5f);
    }
  }

  /** With no gradient to speak of, weight decay alone is left, of what decays. */
  @Test
  void decayPullsToZero() {
    AdamW.Constants constants = new AdamW.Constants(0.9, 0.98, 1e9, 0.5, 1);
    try (NDManager manager = Engines.manager()) {
      NDArray array = manager.create(new float[] {1, 2, 3});
      array.setRequiresGradient(true);
      AdamW optimizer = new AdamW(constants, List.of(new Parameter("x", array, false, true)));
      backward(array, manager);
      optimizer.update(0, 0.1);
      assertArrayEquals(new float[] {0.95f, 1.9f, 2.85f}, array.toFloatArray(), 1e-5f);
    }
  }

  private static void backward(NDArray array, NDManager manager) {
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      collector.backward(array.mul(manager.create(SLOPES)).sum());
    }
  }
}
