package dev.headlight.renderer;

/** Turns pooled values into colours, one curve at a time so that the inner loops stay small. */
final class Colouring {
  private final ValueScale scale;
  private final int[] table;
  private final int masked;

  /**
   * @param scale as of {@link ValueScale#afterPooling()}
   */
  Colouring(ValueScale scale, Palette palette) {
    this.scale = scale;
    this.table = palette.map().table();
    this.masked = palette.masked();
  }

  /** Colours {@code count} values; NaN becomes the masked colour. */
  void colour(float[] values, int from, int count, int[] argb, int at) {
    if (scale.signed()) {
      signed(values, from, count, argb, at);
    } else if (scale.kind() == ValueScale.Kind.LOG) {
      logarithmic(values, from, count, argb, at);
    } else if (scale.kind() == ValueScale.Kind.SQRT) {
      root(values, from, count, argb, at);
    } else {
      linear(values, from, count, argb, at);
    }
  }

  private void linear(float[] values, int from, int count, int[] argb, int at) {
    float min = (float) scale.min();
    float gain = (float) ((ColorMap.SIZE - 1) / (scale.max() - scale.min()));
    for (int i = 0; i < count; i++) {
      float value = values[from + i];
      argb[at + i] = Float.isNaN(value) ? masked : table[clamp((value - min) * gain + 0.5f)];
    }
  }

  private void root(float[] values, int from, int count, int[] argb, int at) {
    float min = (float) scale.min();
    float gain = (float) (1 / (scale.max() - scale.min()));
    for (int i = 0; i < count; i++) {
      float value = values[from + i];
      double share = Math.max(0, (value - min) * gain);
      argb[at + i] =
          Float.isNaN(value)
              ? masked
              : table[clamp((float) Math.sqrt(share) * (ColorMap.SIZE - 1) + 0.5f)];
    }
  }

  private void logarithmic(float[] values, int from, int count, int[] argb, int at) {
    double min = Math.log(scale.min());
    double gain = (ColorMap.SIZE - 1) / (Math.log(scale.max()) - min);
    for (int i = 0; i < count; i++) {
      float value = values[from + i];
      if (Float.isNaN(value)) {
        argb[at + i] = masked;
      } else {
        double index = value <= 0 ? 0 : (Math.log(value) - min) * gain + 0.5;
        argb[at + i] = table[clamp((float) index)];
      }
    }
  }

  private void signed(float[] values, int from, int count, int[] argb, int at) {
    float gain = (float) (1 / scale.max());
    boolean root = scale.kind() == ValueScale.Kind.SQRT;
    for (int i = 0; i < count; i++) {
      float value = values[from + i];
      double share = Math.abs(value) * gain;
      double strength = root ? Math.sqrt(share) : share;
      double index = value < 0 ? 128.5 - strength * 128 : 128.5 + strength * 127;
      argb[at + i] = Float.isNaN(value) ? masked : table[clamp((float) index)];
    }
  }

  private static int clamp(float index) {
    return Math.min(ColorMap.SIZE - 1, Math.max(0, (int) index));
  }
}
