package dev.headlight.analysis.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Device;
import dev.headlight.analysis.model.Engines;

/**
 * How fast a device of this machine multiplies matrices right now: the yardstick for everything a
 * pass does, measured in the same process because other work on the machine changes it.
 */
public final class MatmulRate {
  private static final int SIDE = 1024;
  private static final int WARM_UP = 3;
  private static final int REPEATS = 10;

  private MatmulRate() {}

  /**
   * The best of ten fp32 products of two 1024 × 1024 matrices (2·1024³ operations each), after
   * three to warm up.
   *
   * @return 10⁹ floating-point operations a second
   */
  public static double gflops(Device device, Progress progress) {
    try (NDManager manager = Engines.manager(device)) {
      NDArray left = manager.randomUniform(-1, 1, new Shape(SIDE, SIDE));
      NDArray right = manager.randomUniform(-1, 1, new Shape(SIDE, SIDE));
      double best = Double.POSITIVE_INFINITY;
      for (int i = 0; i < WARM_UP + REPEATS; i++) {
        progress.check();
        long start = System.nanoTime();
        try (NDArray product = left.matMul(right)) {
          // Reading one number waits for the result where the engine works asynchronously.
          product.getFloat(0, 0);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        best = i < WARM_UP ? best : Math.min(best, seconds);
      }
      return 2.0 * SIDE * SIDE * SIDE / best / 1e9;
    }
  }
}
