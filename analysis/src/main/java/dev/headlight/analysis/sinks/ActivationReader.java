package dev.headlight.analysis.sinks;

import dev.headlight.analysis.run.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Gathers the {@link Activations} of one sequence, layer by layer. */
final class ActivationReader {
  private static final int MOST = 16;

  private final int sequence;
  private final int length;
  private final int width;
  private final float[] norms;
  private final float[] medians;
  private final MassiveActivation[] peaks;
  private final List<List<MassiveActivation>> massive = new ArrayList<>();

  ActivationReader(int sequence, int layers, int length, int width) {
    this.sequence = sequence;
    this.length = length;
    this.width = width;
    norms = new float[(layers + 1) * length];
    medians = new float[layers + 1];
    peaks = new MassiveActivation[layers + 1];
    Arrays.fill(norms, Float.NaN);
    Arrays.fill(medians, Float.NaN);
    for (int l = 0; l <= layers; l++) {
      massive.add(List.of());
    }
  }

  /**
   * Reads a layer.
   *
   * @param x residual stream, rows of {@code width} numbers, the sequence's first at {@code at}
   */
  void read(int layer, float[] x, int at) {
    float[] magnitudes = new float[length * width];
    for (int i = 0; i < magnitudes.length; i++) {
      magnitudes[i] = Math.abs(x[at + i]);
    }
    int peak = 0;
    for (int i = 1; i < magnitudes.length; i++) {
      peak = magnitudes[i] > magnitudes[peak] ? i : peak;
    }
    for (int t = 0; t < length; t++) {
      double sum = 0;
      for (int i = t * width; i < (t + 1) * width; i++) {
        sum += (double) magnitudes[i] * magnitudes[i];
      }
      norms[layer * length + t] = (float) Math.sqrt(sum);
    }
    float largest = magnitudes[peak];
    List<Integer> candidates = new ArrayList<>();
    for (int i = 0; largest > MassiveActivation.MAGNITUDE && i < magnitudes.length; i++) {
      if (magnitudes[i] > MassiveActivation.MAGNITUDE) {
        candidates.add(i);
      }
    }
    medians[layer] = Selection.lowerMedian(magnitudes);
    peaks[layer] = entry(layer, x, at, peak);
    massive.set(
        layer,
        candidates.stream()
            .map(i -> entry(layer, x, at, i))
            .filter(MassiveActivation::massive)
            .sorted(Comparator.comparingDouble(m -> -m.ratio()))
            .limit(MOST)
            .toList());
  }

  private MassiveActivation entry(int layer, float[] x, int at, int i) {
    float value = x[at + i];
    double ratio = Math.abs(value) / medians[layer];
    return new MassiveActivation(sequence, layer, i / width, i % width, value, ratio);
  }

  Activations finish() {
    int layers = medians.length;
    return new Activations(
        new Tensor(norms, layers, length),
        new Tensor(medians, layers),
        Arrays.stream(peaks).filter(Objects::nonNull).toList(),
        massive.stream().flatMap(List::stream).toList());
  }
}
