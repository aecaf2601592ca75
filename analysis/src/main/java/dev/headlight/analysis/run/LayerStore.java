package dev.headlight.analysis.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;

/**
 * What a pass keeps of every layer, as one array: kept piece by piece it would lie between the
 * arrays that come and go, and the system would not get their room back.
 */
final class LayerStore {
  private final NDManager keeper;
  private final NDArray[] layers;
  private NDArray all;

  /**
   * @param keeper owns the array
   */
  LayerStore(NDManager keeper, int layers) {
    this.keeper = keeper;
    this.layers = new NDArray[layers];
  }

  /** Copies a layer's values; all layers have one shape. */
  void put(int layer, NDArray value) {
    if (all == null) {
      all = keeper.create(new Shape(layers.length).addAll(value.getShape()));
    }
    all.set(new NDIndex().addIndices(layer), value);
    layers[layer] = all.get(layer);
  }

  /** What was kept of a layer, else null. */
  NDArray get(int layer) {
    return layers[layer];
  }
}
