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
    Arrays.stream(projections).filter(p -> p != null).forEach(p -> arrays(p.weight(), p.bias()));
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
