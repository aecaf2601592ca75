package dev.headlight.samples.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The course of a training, one line for some steps: the mean loss over them, and what the last of
 * them said.
 */
final class LossLog {
  private static final int SECONDS = 6;

  private final Path file;
  private final int every;
  private final StepTable table;
  private double sum;
  private int count;

  /** A log that begins, or goes on after {@code steps} steps. */
  LossLog(Path file, int every, int steps) throws IOException {
    this.file = file;
    this.every = every;
    table =
        StepTable.begin(file, "step,loss,learning_rate,gradient_norm,rows,length,seconds", steps);
  }

  /** Seconds that the steps in the log took, all sittings together. */
  double seconds() {
    List<double[]> rows = table.rows();
    return rows.isEmpty() ? 0 : rows.get(rows.size() - 1)[SECONDS];
  }

  /** Notes a step. */
  void add(StepResult step, double seconds) {
    sum += step.loss();
    count++;
    if (step.step() % every == 0) {
      table.add(
          String.format(
              Locale.ROOT,
              "%d,%.5f,%.6g,%.4f,%d,%d,%.1f",
              step.step(),
              sum / count,
              step.learningRate(),
              step.gradientNorm(),
              step.stage().rows(),
              step.stage().length(),
              seconds));
      sum = 0;
      count = 0;
    }
  }

  /** Writes the file. */
  void write() {
    table.write(file);
  }
}
