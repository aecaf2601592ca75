package dev.headlight.analysis.run;

import java.util.function.IntToDoubleFunction;

/** Means of {@code hook_z} of one layer over unchanged passes. */
final class HeadMeans {
  private int passes;
  private int rows;
  private int length;
  private int heads;
  private int width;
  private double[] overall;
  private double[] byPosition;

  /** Adds a pass, {@code [T, H, e]}. */
  void add(Tensor z) {
    if (passes == 0) {
      length = z.size(0);
      heads = z.size(1);
      width = z.size(2);
      overall = new double[heads * width];
      byPosition = new double[length * heads * width];
    }
    boolean same = byPosition != null && z.size(0) == length;
    byPosition = same ? byPosition : null;
    for (int i = 0; i < z.data().length; i++) {
      overall[i % overall.length] += z.data()[i];
      if (same) {
        byPosition[i] += z.data()[i];
      }
    }
    passes++;
    rows += z.size(0);
  }

  /** Whether there is a mean for each position of a prompt of this length: more than one value. */
  boolean byPosition(int tokens) {
    return passes > 1 && byPosition != null && length == tokens;
  }

  /** The mean of a head at a position, {@code [e]}. */
  float[] at(int position, int head) {
    int from = (position * heads + head) * width;
    return vector(i -> byPosition[from + i] / passes);
  }

  /** The mean of a head over all positions of all passes, {@code [e]}. */
  float[] overall(int head) {
    return vector(i -> overall[head * width + i] / rows);
  }

  private float[] vector(IntToDoubleFunction value) {
    float[] vector = new float[width];
    for (int i = 0; i < width; i++) {
      vector[i] = (float) value.applyAsDouble(i);
    }
    return vector;
  }
}
