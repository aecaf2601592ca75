package dev.headlight.app.engine;

/**
 * Exact weights of one key: what looks at it.
 *
 * @param run number of the pass
 * @param of which head or heads
 * @param key the column
 * @param weights attention of each query, NaN where masked
 */
public record ColumnReadout(long run, MapOf of, int key, float[] weights) {
  /** Whether this is the column of a key in a map of a pass. */
  public boolean isOf(long otherRun, MapOf other, int otherKey) {
    return run == otherRun && key == otherKey && of.equals(other);
  }
}
