package dev.headlight.analysis.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.headlight.analysis.attention.Slices;
import java.util.List;

/**
 * Cosines and sines of rotary positions, computed in fp32 step by step as the reference
 * implementation does, so that long positions round the same way.
 */
final class RotaryTable {
  private RotaryTable() {}

  /** Cosine and sine of positions {@code [from, to)}, each {@code [1, to - from, 1, dims / 2]}. */
  static NDArray[] of(Rotary rotary, int from, int to, int length, NDManager manager) {
    float[] frequencies = frequencies(rotary, length);
    float factor = (float) attentionFactor(rotary.scaling());
    int half = frequencies.length;
    float[] cos = new float[(to - from) * half];
    float[] sin = new float[cos.length];
    for (int p = from; p < to; p++) {
      for (int i = 0; i < half; i++) {
        float angle = p * frequencies[i];
        cos[(p - from) * half + i] = (float) Math.cos(angle) * factor;
        sin[(p - from) * half + i] = (float) Math.sin(angle) * factor;
      }
    }
    Shape shape = new Shape(1, to - from, 1, half);
    return new NDArray[] {Numbers.table(cos, shape, manager), Numbers.table(sin, shape, manager)};
  }

  /**
   * Cosine and sine of tokens with places along several axes, each {@code [1, T, 1, dims / 2]}.
   *
   * @param places {@code [axes][T]}
   */
  static NDArray[] of(Rotary rotary, int[][] places, NDManager manager) {
    int length = places[0].length;
    float[] frequencies = frequencies(rotary, length);
    int half = frequencies.length;
    float[] cos = new float[length * half];
    float[] sin = new float[cos.length];
    int first = 0;
    for (int axis = 0; axis < rotary.axes().size(); axis++) {
      int count = rotary.axes().get(axis);
      for (int i = first; i < first + count; i++) {
        // An axis of its own has the frequencies of a head that is as much narrower.
        float frequency =
            rotary.restarts() ? frequencies[(i - first) * rotary.axes().size()] : frequencies[i];
        for (int token = 0; token < length; token++) {
          float angle = places[axis][token] * frequency;
          cos[token * half + i] = (float) Math.cos(angle);
          sin[token * half + i] = (float) Math.sin(angle);
        }
      }
      first += count;
    }
    Shape shape = new Shape(1, length, 1, half);
    return new NDArray[] {Numbers.table(cos, shape, manager), Numbers.table(sin, shape, manager)};
  }

  /**
   * Turns the first dimensions of {@code x [B, T, heads, e]}.
   *
   * @return a new array; {@code x} is left alone
   */
  static NDArray turn(Rotary rotary, NDArray x, NDArray[] table) {
    long e = x.getShape().get(3);
    int dims = rotary.dims();
    NDArray head = Slices.range(x, 3, 0, dims);
    NDArray a = rotary.neighbours() ? head.get("..., 0::2") : Slices.range(head, 3, 0, dims / 2);
    NDArray b = rotary.neighbours() ? head.get("..., 1::2") : Slices.range(head, 3, dims / 2, dims);
    NDArray turned = joined(rotary, turned(a, b, table, false), turned(b, a, table, true), head);
    return dims == e ? turned : turned.concat(Slices.range(x, 3, dims, e), 3);
  }

  /** {@code x · cos ± y · sin}; what lies between is freed at once, as it is as large as q. */
  private static NDArray turned(NDArray x, NDArray y, NDArray[] table, boolean plus) {
    try (NDArray cosine = x.mul(table[0]);
        NDArray sine = y.mul(table[1])) {
      return plus ? cosine.add(sine) : cosine.sub(sine);
    }
  }

  private static NDArray joined(Rotary rotary, NDArray a, NDArray b, NDArray head) {
    try (a;
        b) {
      return rotary.neighbours() ? a.stack(b, 4).reshape(head.getShape()) : a.concat(b, 3);
    }
  }

  /** Frequencies of a prompt of this length, {@code [dims / 2]}, in radians a token. */
  static float[] frequencies(Rotary rotary, int length) {
    int dims = rotary.dims();
    RopeScaling scaling = rotary.scaling();
    double theta = rotary.theta();
    if (scaling instanceof RopeScaling.Dynamic d && length > d.original()) {
      double grown = d.factor() * length / d.original() - (d.factor() - 1);
      theta *= Math.pow(grown, dims / (dims - 2.0));
    }
    float[] frequencies = new float[dims / 2];
    for (int i = 0; i < frequencies.length; i++) {
      float power = (float) Math.pow(theta, (float) (2 * i) / dims);
      frequencies[i] =
          scaling instanceof RopeScaling.LongRope s
              ? 1f / (divisors(s, length).get(i).floatValue() * power)
              : scaled(1f / power, i, rotary);
    }
    return frequencies;
  }

  private static List<Double> divisors(RopeScaling.LongRope scaling, int length) {
    return length > scaling.original() ? scaling.longDivisors() : scaling.shortDivisors();
  }

  private static float scaled(float frequency, int index, Rotary rotary) {
    if (rotary.scaling() instanceof RopeScaling.Linear s) {
      return frequency / (float) s.factor();
    } else if (rotary.scaling() instanceof RopeScaling.Llama3 s) {
      return llama3(frequency, s);
    } else if (rotary.scaling() instanceof RopeScaling.Yarn s) {
      float kept = 1 - ramp(index, rotary, s);
      return frequency / (float) s.factor() * (1 - kept) + frequency * kept;
    }
    return frequency;
  }

  private static float llama3(float frequency, RopeScaling.Llama3 s) {
    double wave = 2 * Math.PI / frequency;
    if (wave > s.original() / s.lowFactor()) {
      return (float) (frequency / s.factor());
    }
    if (wave < s.original() / s.highFactor()) {
      return frequency;
    }
    double smooth = (s.original() / wave - s.lowFactor()) / (s.highFactor() - s.lowFactor());
    return (float) ((1 - smooth) * frequency / s.factor() + smooth * frequency);
  }

  private static float ramp(int index, Rotary rotary, RopeScaling.Yarn s) {
    double low = correction(s.betaFast(), rotary, s);
    double high = correction(s.betaSlow(), rotary, s);
    if (s.truncate()) {
      low = Math.floor(low);
      high = Math.ceil(high);
    }
    low = Math.max(low, 0);
    high = Math.min(high, rotary.dims() - 1);
    if (low == high) {
      high += 0.001;
    }
    return (float) Math.min(1, Math.max(0, (index - low) / (high - low)));
  }

  private static double correction(double rotations, Rotary rotary, RopeScaling.Yarn s) {
    return rotary.dims()
        * Math.log(s.original() / (rotations * 2 * Math.PI))
        / (2 * Math.log(rotary.theta()));
  }

  private static double attentionFactor(RopeScaling scaling) {
    if (scaling instanceof RopeScaling.LongRope s) {
      return s.attentionFactor();
    }
    return scaling instanceof RopeScaling.Yarn s ? s.attentionFactor() : 1;
  }
}
