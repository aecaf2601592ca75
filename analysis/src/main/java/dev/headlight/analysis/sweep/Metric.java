package dev.headlight.analysis.sweep;

import ai.djl.ndarray.NDArray;

/** A number that says what the model answers to a sequence. */
public interface Metric {
  /** Its name on the command line and in tables. */
  String name();

  /** Its unit: nats, logits, or a share. */
  String unit();

  /** What is read of a sequence's passes. */
  ReadOut reads(int sequence);

  /**
   * The metric.
   *
   * @param sequence index of the sequence
   * @param baseline what was read of the unchanged pass
   * @param changed what was read of the changed one, of the same length
   */
  double value(int sequence, float[] baseline, float[] changed);

  /**
   * The same as an array of the engine, through which gradients flow.
   *
   * @param baseline what was read of the unchanged pass
   * @param read what is read of this one, {@code [n]}
   * @return a scalar
   */
  NDArray objective(int sequence, float[] baseline, NDArray read);
}
