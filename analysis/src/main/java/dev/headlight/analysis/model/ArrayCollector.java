package dev.headlight.analysis.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Lists the arrays of parameters, each once, leaving out what is null. */
final class ArrayCollector {
  private final NDList found = new NDList();
  private final Set<NDArray> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  void arrays(NDArray... arrays) {
    for (NDArray array : arrays) {
      if (array != null && seen.add(array)) {
        found.add(array);
      }
    }
  }

  void norms(NormWeights... norms) {
    Arrays.stream(norms).filter(n -> n != null).forEach(n -> arrays(n.weight(), n.bias()));
  }

  void projections(Projection... projections) {
    for (Projection projection : projections) {
      if (projection != null) {
        weights(projection.weight());
        arrays(projection.bias());
      }
    }
  }

  void weights(Weight... weights) {
    Arrays.stream(weights).filter(w -> w != null).forEach(w -> w.held().ifPresent(this::arrays));
  }

  void mlp(MlpWeights mlp) {
    if (mlp != null) {
      projections(mlp.up(), mlp.down());
    }
  }

  NDList arrays() {
    return found;
  }
}
