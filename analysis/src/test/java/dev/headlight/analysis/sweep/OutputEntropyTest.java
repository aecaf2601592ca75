package dev.headlight.analysis.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDManager;
import dev.headlight.analysis.Parity;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import org.junit.jupiter.api.Test;

class OutputEntropyTest {
  @Test
  void isThatOfTheDistributionHereAndInTheEngine() {
    Metric entropy = Metrics.entropy();
    assertEquals(Math.log(4), entropy.value(0, null, new float[] {7, 7, 7, 7}), 1e-6);
    assertEquals(0, entropy.value(0, null, new float[] {900, 1, 2}), 1e-6);
    // Probabilities 1/2, 1/4, 1/4.
    float[] logits = {(float) Math.log(2), 0, 0};
    assertEquals(1.5 * Math.log(2), entropy.value(0, null, logits), 1e-6);
    try (Model model = Model.open(Parity.folder("llama"), Progress.NONE);
        NDManager scope = model.newScope()) {
      float engine = entropy.objective(0, null, scope.create(logits)).getFloat();
      assertEquals(1.5 * Math.log(2), engine, 1e-6);
    }
  }
}
