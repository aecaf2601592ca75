package dev.headlight.analysis.circuit;

import dev.headlight.analysis.model.HostMemory;
import dev.headlight.analysis.model.ModelSpec.Norm;
import dev.headlight.analysis.model.NormWeights;
import java.util.ArrayList;
import java.util.List;

/**
 * A row of the residual stream as a sum of named vectors. Norms are applied to the parts one by one
 * with the centre taken out of each and the scale of their sum, as the pass has it.
 */
final class StreamParts {
  /** A vector with the part it belongs to. */
  record Named(String name, int layer, int head, double[] vector) {}

  private final List<Named> parts = new ArrayList<>();

  void add(String name, int layer, int head, double[] vector) {
    parts.add(new Named(name, layer, head, vector));
  }

  void addAll(StreamParts others) {
    parts.addAll(others.parts);
  }

  List<Named> list() {
    return parts;
  }

  /** The whole row. */
  double[] sum() {
    double[] sum = new double[parts.get(0).vector.length];
    for (Named part : parts) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += part.vector[i];
      }
    }
    return sum;
  }

  /** Norms the sum, each part by its share; a bias becomes a part named {@code bias}. */
  void norm(Norm norm, NormWeights weights, String bias, int layer) {
    if (weights == null) {
      return;
    }
    boolean centred = norm.kind() == Norm.Kind.LAYER;
    double[] whole = sum();
    double scale = 1 / Math.sqrt(variance(whole, centred) + norm.epsilon());
    float[] gain = weights.weight() == null ? null : HostMemory.copy(weights.weight());
    for (Named part : parts) {
      double mean = centred ? mean(part.vector) : 0;
      for (int i = 0; i < part.vector.length; i++) {
        part.vector[i] = (part.vector[i] - mean) * scale * (gain == null ? 1 : gain[i]);
      }
    }
    if (weights.bias() != null) {
      add(bias, layer, -1, doubles(HostMemory.copy(weights.bias())));
    }
  }

  private static double mean(double[] vector) {
    double sum = 0;
    for (double v : vector) {
      sum += v;
    }
    return sum / vector.length;
  }

  private static double variance(double[] vector, boolean centred) {
    double mean = centred ? mean(vector) : 0;
    double sum = 0;
    for (double v : vector) {
      sum += (v - mean) * (v - mean);
    }
    return sum / vector.length;
  }

  static double[] doubles(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }
}
