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
  public NDArray[] extend(int layer, NDArray k, NDArray v) {
    String fresh = ":, :, " + length + ":" + (length + k.getShape().get(2));
    String all = ":, :, 0:" + (length + k.getShape().get(2));
    keys[layer].set(new NDIndex(fresh), k);
    values[layer].set(new NDIndex(fresh), v);
    NDArray[] whole = {keys[layer].get(all), values[layer].get(all)};
    for (NDArray a : whole) {
      a.attach(k.getManager());
    }
    return whole;
  }

  /** Forgets every token. */
  void clear() {
    length = 0;
  }

  /** Counts tokens in, once every layer has them. */
  void advance(int tokens) {
    length += tokens;
  }

  @Override
  public void close() {
    manager.close();
  }
}
