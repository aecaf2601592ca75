package dev.headlight.renderer;

import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;

/** Splits loops over the common pool, and only where the work is worth the hand-over. */
final class Parallel {
  /** About 0.2 ms of simple work; below it one thread is faster. */
  private static final long WORTH_SPLITTING = 200_000;

  private Parallel() {}

  /** A loop body over the half-open range from..to. */
  @FunctionalInterface
  interface Range {
    void run(int from, int to);
  }

  /** Runs 0..count in a few ranges, where one step costs about {@code costPerStep} cells. */
  static void ranges(int count, long costPerStep, Range body) {
    int threads = ForkJoinPool.getCommonPoolParallelism() + 1;
    if (threads == 1 || count < 2 || count * costPerStep < WORTH_SPLITTING) {
      body.run(0, count);
      return;
    }
    int parts = Math.min(count, 4 * threads);
    IntStream.range(0, parts)
        .parallel()
        .forEach(
            part ->
                body.run((int) ((long) part * count / parts), (int) ((part + 1L) * count / parts)));
  }
}
