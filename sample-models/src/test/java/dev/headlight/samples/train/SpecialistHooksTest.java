package dev.headlight.samples.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.headlight.analysis.model.Engines;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Site;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who pays, and for what. */
class SpecialistHooksTest {
  /** After 5, 9, 5 comes the 9 again; that it does is three quarters of the loss. */
  private static final Batch BATCH =
      new Batch(
          List.of(new int[] {5, 9, 5}), new int[] {9, 5, 9}, new float[] {0, 1, 3}, List.of());

  private static final float[] PATTERN = {
    1, 0, 0, 0.5f, 0.5f, 0, 0.2f, 0.7f, 0.1f, // head 0
    1, 0, 0, 0.4f, 0.6f, 0, 0.5f, 0.1f, 0.4f // head 1
  };

  private static double cost(Set<Head> free, int firstWord) {
    try (NDManager scope = Engines.manager()) {
      Specialists specialists = new Specialists(free, 0.1, 0, 0);
      SpecialistHooks hooks =
          new SpecialistHooks(specialists, BATCH, firstWord, 2, new Random(1), scope);
      NDArray pattern = scope.create(PATTERN, new Shape(1, 2, 3, 3));
      hooks.rows(0, pattern, pattern, 0, 0);
      return hooks.addTo(scope.create(2f)).getFloat() - 2;
    }
  }

  @Test
  void allButTheSpecialistsPayForLookingAtCopies() {
    double first = 0.25 * 0.5 + 0.75 * 0.7;
    double second = 0.25 * 0.4 + 0.75 * 0.1;
    assertEquals(0.1 * (first + second), cost(Set.of(), 1), 1e-6);
    assertEquals(0.1 * second, cost(Set.of(new Head(0, 0)), 1), 1e-6);
    assertEquals(0.1 * (first + second), cost(Set.of(new Head(1, 0)), 1), 1e-6);
  }

  @Test
  void marksAreFree() {
    assertEquals(0.1 * 0.75 * 0.8, cost(Set.of(), 9), 1e-6);
    assertEquals(0, cost(Set.of(), 10), 1e-6);
  }

  @Test
  void onlyOthersAreLeftOut() {
    try (NDManager scope = Engines.manager()) {
      Specialists all = new Specialists(Set.of(new Head(3, 1)), 0.1, 1, 0);
      SpecialistHooks hooks = new SpecialistHooks(all, BATCH, 1, 2, new Random(1), scope);
      NDArray z = scope.ones(new Shape(1, 3, 2, 2));
      float[] kept = hooks.at(Site.Z, 3, z).toFloatArray();
      assertArrayEquals(new float[] {0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1}, kept);
      assertEquals(z, hooks.at(Site.Q, 3, z));
    }
  }
}
