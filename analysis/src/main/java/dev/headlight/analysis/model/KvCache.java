package dev.headlight.analysis.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;

/** Keys and values of the tokens read so far, {@code [1, G, capacity, e]} a layer. */
public final class KvCache implements Past, AutoCloseable {
  private final NDManager manager;
  private final NDArray[] keys;
  private final NDArray[] values;
  private int length;
  private int shift;

  /** An empty cache with room for {@code capacity} tokens. */
  public KvCache(ModelSpec spec, int capacity, NDManager parent) {
    manager = parent.newSubManager();
    Shape shape = new Shape(1, spec.kvHeads(), capacity, spec.headDim());
    keys = new NDArray[spec.layers()];
    values = new NDArray[spec.layers()];
    for (int l = 0; l < keys.length; l++) {
      keys[l] = manager.zeros(shape);
      values[l] = manager.zeros(shape);
    }
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public int shift() {
    return shift;
  }

  @Override
  public NDArray[] extend(int layer, NDArray k, NDArray v) {
    long end = length + k.getShape().get(2);
    NDManager scope = k.getManager();
    keys[layer].set(rows(length, end), k);
    values[layer].set(rows(length, end), v);
    NDArray[] whole = {keys[layer].get(rows(0, end)), values[layer].get(rows(0, end))};
    for (NDArray array : whole) {
      array.attach(scope);
    }
    return whole;
  }

  private static NDIndex rows(long from, long to) {
    return new NDIndex().addAllDim().addAllDim().addSliceDim(from, to);
  }

  /** Forgets every token. */
  void clear() {
    length = 0;
    shift = 0;
  }

  /**
   * Forgets all but the first tokens, so that the text can go on another way from there.
   *
   * @param tokens 0 to {@link #length()}
   */
  public void truncate(int tokens) {
    if (tokens < 0 || tokens > length) {
      throw new IllegalArgumentException(tokens + " of " + length + " tokens");
    }
    length = tokens;
  }

  /**
   * Counts tokens in, once every layer has them.
   *
   * @param further how much further than its number the token after them stands, beyond what came
   *     before
   */
  void advance(int tokens, int further) {
    length += tokens;
    shift += further;
  }

  @Override
  public void close() {
    manager.close();
  }
}
