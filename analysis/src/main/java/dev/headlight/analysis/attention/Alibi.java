package dev.headlight.analysis.attention;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * ALiBi (Press et al. 2022): a term for each head and distance that is added to scores.
 *
 * @param slopes one a query head of the layer; empty for none
 * @param factor on every term
 * @param rounded whether slopes and terms are rounded to bf16, and terms are those of key positions
 *     instead of distances; it then matters to the numbers from where one counts (Falcon)
 */
public record Alibi(List<Float> slopes, double factor, boolean rounded) {
  /** Adds nothing. */
  public static final Alibi NONE = new Alibi(List.of(), 1, false);

  /** Copies the list. */
  public Alibi {
    slopes = List.copyOf(slopes);
  }

  /** Whether anything is added. */
  public boolean present() {
    return !slopes.isEmpty();
  }

  /**
   * What is added to a block: factor · slope · (key − query), {@code [H, rows, keys]}; where
   * rounded, factor · slope · key, {@code [H, 1, keys]}.
   */
  NDArray terms(RowBlock block, NDManager manager) {
    if (rounded) {
      return byKey(block, manager);
    }
    float[] perHead = new float[block.heads()];
    for (int i = 0; i < perHead.length; i++) {
      perHead[i] = (float) (factor * slopes.get(block.head0() + i));
    }
    NDArray keys = manager.arange((float) block.key0(), (float) block.key1());
    NDArray queries = manager.arange((float) block.row0(), (float) block.row1());
    NDArray distance = keys.sub(queries.expandDims(1));
    return distance.mul(manager.create(perHead, new Shape(perHead.length, 1, 1)));
  }

  private NDArray byKey(RowBlock block, NDManager manager) {
    float[] terms = new float[block.heads() * block.keys()];
    int i = 0;
    for (int head = 0; head < block.heads(); head++) {
      float slope = bf16(slopes.get(block.head0() + head));
      for (int key = block.key0(); key < block.key1(); key++) {
        terms[i++] = (float) (factor * bf16(slope * bf16(key)));
      }
    }
    return manager.create(terms, new Shape(block.heads(), 1, block.keys()));
  }

  /** The nearest number of bf16, ties to even; for finite numbers. */
  static float bf16(float value) {
    int bits = Float.floatToRawIntBits(value);
    int up = 0x7fff + (bits >>> 16 & 1);
    return Float.intBitsToFloat((bits + up) & 0xffff0000);
  }
}
