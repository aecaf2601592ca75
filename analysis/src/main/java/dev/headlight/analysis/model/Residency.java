package dev.headlight.analysis.model;

/** Where weights stay while a model is open; the answer is the same in all. */
public enum Residency {
  /** The first of the others that fits into free memory. */
  AUTO,
  /** All in memory as fp32. */
  FULL,
  /** All in memory in their stored type, widened to fp32 a layer at a time. */
  STORED,
  /** On disk, read and widened a layer at a time. */
  STREAMED
}
