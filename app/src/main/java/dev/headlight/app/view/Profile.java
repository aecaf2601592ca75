package dev.headlight.app.view;

/**
 * One row or column of a map as a curve over pixels.
 *
 * @param values largest weight under each pixel; NaN where all is masked or beyond the end
 * @param max the largest of them; 0 where there is none
 */
record Profile(float[] values, float max) {
  /**
   * Pools weights to pixels: a single strong cell never vanishes.
   *
   * @param weights along the axis, NaN where masked
   * @param first left edge of the view, in cells
   * @param span cells on view
   * @param pixels of the view
   * @param hideFirst whether cell 0 counts as masked
   */
  static Profile of(float[] weights, double first, double span, int pixels, boolean hideFirst) {
    float[] values = new float[pixels];
    float max = 0;
    double step = span / pixels;
    for (int p = 0; p < pixels; p++) {
      int from = Math.max(hideFirst ? 1 : 0, (int) Math.floor(first + p * step + 1e-6));
      int to = Math.max(from + 1, (int) Math.ceil(first + (p + 1) * step - 1e-6));
      to = step < 1 ? from + 1 : to;
      values[p] = largest(weights, from, Math.min(weights.length, to));
      max = values[p] > max ? values[p] : max;
    }
    return new Profile(values, max);
  }

  private static float largest(float[] weights, int from, int to) {
    float best = Float.NaN;
    for (int i = from; i < to; i++) {
      best = best >= weights[i] || Float.isNaN(weights[i]) ? best : weights[i];
    }
    return best;
  }
}
