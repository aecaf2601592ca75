package dev.headlight.renderer;

/** What a pixel keeps of the cells under it. Masked cells never take part. */
public enum Pooling {
  /** The largest value: a single strong cell never vanishes. */
  MAX,
  /** The value of largest magnitude, with its sign. */
  MAX_ABS,
  /** The mean of the cells that are not masked. */
  MEAN
}
