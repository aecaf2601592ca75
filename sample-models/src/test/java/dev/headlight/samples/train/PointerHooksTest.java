package dev.headlight.samples.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.headlight.analysis.model.Engines;
import dev.headlight.analysis.run.Head;
import dev.headlight.samples.world.Aim;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a head that is to point pays. */
class PointerHooksTest {
  private static final float[] PATTERN = {
    1, 0, 0, 0, 0.5f, 0.5f, 0, 0, 0.1f, 0.2f, 0.3f, 0.4f, // head 0
    1, 0, 0, 0, 0.9f, 0.1f, 0, 0, 0.5f, 0.3f, 0.1f, 0.1f // head 1
  };

  private static double cost(int head, int layer, List<Aim> aims) {
    try (NDManager scope = Engines.manager()) {
      Pointer pointer = new Pointer(new Head(2, head), 0.1, 0);
      PointerHooks hooks = new PointerHooks(pointer, List.of(aims), 1, scope);
      NDArray pattern = scope.create(PATTERN, new Shape(1, 2, 3, 4));
      hooks.rows(layer, pattern, pattern, 0, 0);
      return hooks.addTo(scope.create(2f)).getFloat() - 2;
    }
  }

  @Test
  void paysForWhatItDoesNotGiveToTheObject() {
    Aim aim = new Aim(2, new int[] {0, 2}); // keys 1 and 3
    assertEquals(-0.1 * Math.log(0.6), cost(0, 2, List.of(aim)), 1e-5);
    assertEquals(-0.1 * Math.log(0.4), cost(1, 2, List.of(aim)), 1e-5);
    assertEquals(0, cost(0, 1, List.of(aim)), 0);
  }

  @Test
  void paysTheMeanOverAnswers() {
    List<Aim> aims = List.of(new Aim(1, new int[] {0}), new Aim(2, new int[] {1}));
    double mean = -0.1 * (Math.log(0.5) + Math.log(0.3)) / 2;
    assertEquals(mean, cost(0, 2, aims), 1e-5);
    assertEquals(0, cost(0, 2, List.of()), 1e-6);
  }
}
