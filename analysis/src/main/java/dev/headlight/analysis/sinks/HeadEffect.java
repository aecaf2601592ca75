package dev.headlight.analysis.sinks;

import dev.headlight.analysis.run.Head;

/**
 * What changing one head alone does to a metric.
 *
 * @param head which head
 * @param deltas change of the metric for each setting, mean over the sequences, in its unit; not
 *     copied
 * @param best index of the setting that serves best; -1 where none is better than no change
 * @param direction which way the head should be turned
 */
public record HeadEffect(Head head, double[] deltas, int best, Direction direction) {
  /** Which way serves. */
  public enum Direction {
    /** Better with a factor above 1. */
    UP,
    /** Better with a factor below 1. */
    DOWN,
    /** No setting is better than the unchanged head. */
    NONE
  }
}
