package dev.headlight.analysis.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.headlight.analysis.attention.RowBlock;
import dev.headlight.analysis.model.HostMemory;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Takes attention from sinks and gives it to the picture, in rows that look at the picture enough;
 * see {@link Intervention.Redistribute}.
 *
 * @param head query head
 * @param firstRow first query
 * @param end one past the last query
 * @param image keys of the picture
 * @param sinks keys that give
 * @param change how much, and from when on
 */
record Redistribution(
    int head, int firstRow, int end, BitSet image, BitSet sinks, Intervention.Redistribute change)
    implements RowEdit {
  @Override
  public void pattern(NDArray pattern, RowBlock block) {
    int keys = block.keys();
    int from = Math.max(firstRow, block.row0());
    int to = Math.min(end, block.row1());
    if (from >= to) {
      return;
    }
    float[] weights = HostMemory.copy(pattern);
    float[] factors = new float[weights.length];
    Arrays.fill(factors, 1);
    for (int q = from; q < to; q++) {
      row(weights, factors, (q - block.row0()) * keys, block);
    }
    pattern.muli(HostMemory.array(factors, new Shape(block.rows(), keys), pattern.getManager()));
  }

  private void row(float[] weights, float[] factors, int at, RowBlock block) {
    double sunk = 0;
    double onImage = 0;
    double rest = 0;
    for (int k = block.key0(); k < block.key1(); k++) {
      double weight = weights[at + k - block.key0()];
      sunk += sinks.get(k) ? weight : 0;
      onImage += image.get(k) ? weight : 0;
      rest += image.get(k) && !sinks.get(k) ? weight : 0;
    }
    boolean chosen = onImage >= change.leastImage() && rest >= change.rho() * onImage;
    if (!chosen || rest <= 0) {
      return;
    }
    float more = (float) (1 + (1 - change.kept()) * sunk / rest);
    for (int k = block.key0(); k < block.key1(); k++) {
      if (sinks.get(k)) {
        factors[at + k - block.key0()] = (float) change.kept();
      } else if (image.get(k)) {
        factors[at + k - block.key0()] = more;
      }
    }
  }
}
