package dev.headlight.samples.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training is decided by its recipe, and it learns. */
class TrainingRunTest {
  @TempDir private Path folder;

  private static double[] losses(TrainingRun run, int steps) {
    return IntStream.range(0, steps).mapToDouble(i -> run.next().loss()).toArray();
  }

  @Test
  void theSameRecipeGivesTheSameLosses() {
    try (TrainingRun first = new TrainingRun(Small.recipe(40));
        TrainingRun second = new TrainingRun(Small.recipe(40))) {
      assertArrayEquals(losses(first, 25), losses(second, 25));
    }
  }

  @Test
  void gradientsDoNotAddUp() {
    try (TrainingRun run = new TrainingRun(Small.recipe(40))) {
      run.next();
      for (Parameter parameter : run.model().parameters()) {
        try (NDArray gradient = parameter.array().getGradient()) {
          assertArrayEquals(new float[parameter.size()], gradient.toFloatArray(), parameter.name());
        }
      }
    }
  }

  /** What a backward pass reads must be there still when the collector frees Java's memory. */
  @Test
  void theCollectorChangesNothing() throws InterruptedException {
    AtomicBoolean done = new AtomicBoolean();
    double[] calm;
    double[] disturbed;
    try (TrainingRun run = new TrainingRun(Small.recipe(80))) {
      calm = losses(run, 15);
    }
    Thread collector = new Thread(() -> disturb(done));
    collector.start();
    try (TrainingRun run = new TrainingRun(Small.recipe(80))) {
      disturbed = losses(run, 15);
    } finally {
      done.set(true);
      collector.join();
    }
    assertArrayEquals(calm, disturbed);
  }

  /** Collects, and fills what was freed with other numbers. */
  private static void disturb(AtomicBoolean done) {
    ByteBuffer[] held = new ByteBuffer[2000];
    while (!done.get()) {
      System.gc();
      for (int i = 0; i < held.length; i++) {
        held[i] = ByteBuffer.allocateDirect(4 << (i % 4)).putInt(0, Integer.MAX_VALUE);
      }
    }
  }

  @Test
  void lossFalls() {
    try (TrainingRun run = new TrainingRun(Small.recipe(120))) {
      double[] losses = losses(run, 120);
      double before = Arrays.stream(losses, 0, 10).average().orElseThrow();
      double after = Arrays.stream(losses, 110, 120).average().orElseThrow();
      assertTrue(after < before - 1, before + " to " + after);
    }
  }

  @Test
  void aStoppedTrainingGoesOnAsIfItHadNot() {
    Path state = folder.resolve("state.safetensors");
    double[] whole;
    try (TrainingRun run = new TrainingRun(Small.recipe(40))) {
      whole = losses(run, 12);
    }
    try (TrainingRun run = new TrainingRun(Small.recipe(40))) {
      losses(run, 7);
      ModelFolder.writeState(run, state);
    }
    try (TrainingRun run = new TrainingRun(Small.recipe(40))) {
      ModelFolder.readState(run, state);
      assertEquals(7, run.step());
      assertArrayEquals(Arrays.copyOfRange(whole, 7, 12), losses(run, 5));
    }
  }

  /** The gradient of a weight against the slope of the loss itself. */
  @Test
  void gradientsAreSlopesOfTheLoss() {
    float[] gradient;
    try (TrainingRun run = new TrainingRun(Small.recipe(40))) {
      run.next();
      // After one step the running mean is a tenth of the gradient, as clipped.
      int index = place(run);
      gradient = run.optimizer().means().get(index).clone();
    }
    int steepest = steepest(gradient);
    double up = lossWith(steepest, 0.01f);
    double down = lossWith(steepest, -0.01f);
    double clipped = gradient[steepest] / 0.1;
    double slope = (up - down) / 0.02;
    double scale = Math.min(1, 1 / norm());
    assertEquals(slope * scale, clipped, 0.05 * Math.abs(clipped));
  }

  private static double norm() {
    try (TrainingRun run = new TrainingRun(Small.recipe(40))) {
      return run.next().gradientNorm();
    }
  }

  private static int place(TrainingRun run) {
    return IntStream.range(0, run.model().parameters().size())
        .filter(i -> run.model().parameters().get(i).name().endsWith("h.1.attn.c_attn.bias"))
        .findFirst()
        .orElseThrow();
  }

  private static int steepest(float[] gradient) {
    return IntStream.range(0, gradient.length)
        .reduce(0, (a, b) -> Math.abs(gradient[a]) >= Math.abs(gradient[b]) ? a : b);
  }

  private static double lossWith(int element, float change) {
    try (TrainingRun run = new TrainingRun(Small.recipe(40))) {
      FloatBuffer memory = run.model().parameters().get(place(run)).memory();
      memory.put(element, memory.get(element) + change);
      return run.next().loss();
    }
  }
}
