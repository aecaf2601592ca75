package dev.headlight.analysis.sweep;

/** Hears cells as they are done, on the thread of the sweep. */
@FunctionalInterface
public interface SweepListener {
  /** Hears nothing. */
  SweepListener NONE = (cell, sequence, value) -> {};

  /**
   * A cell is done.
   *
   * @param cell index among the request's cells
   * @param sequence index among its sequences
   * @param value of the metric, in its unit
   */
  void cell(int cell, int sequence, double value);
}
