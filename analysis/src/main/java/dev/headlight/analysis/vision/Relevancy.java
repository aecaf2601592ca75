package dev.headlight.analysis.vision;

import dev.headlight.analysis.run.Tensor;

/**
 * Relevancy by gradients, as LVLM-Interpret shows it (Ben Melech Stan et al. 2024, after Chefer et
 * al. 2021): {@code Ā = mean over heads of ReLU(∂y/∂A ∘ A)}, {@code R ← R + Ā R} from R = I, layer
 * by layer; then I is taken off and each row divided by its sum. y is what is asked for, such as
 * the logit of the word that was written. Followed for one query, layer by layer from the last: a
 * row times one matrix after the other, so that no product of two matrices is ever formed.
 */
public final class Relevancy {
  private double[] row;
  private final int query;

  /**
   * Begins behind the last layer.
   *
   * @param length tokens
   * @param query the position whose relevancies are asked for
   */
  public Relevancy(int length, int query) {
    row = new double[length];
    row[query] = 1;
    this.query = query;
  }

  /**
   * Takes in the layer before those taken in so far.
   *
   * @param attention Ā of the layer, {@code [T, T]}, 0 or more
   */
  public void below(Tensor attention) {
    int length = row.length;
    float[] weights = attention.data();
    double[] next = row.clone();
    for (int q = 0; q < length; q++) {
      for (int k = 0; k < length && row[q] != 0; k++) {
        next[k] += row[q] * weights[q * length + k];
      }
    }
    row = next;
  }

  /**
   * The relevancies of all positions for the query, {@code [T]}: 0 or more, sum 1; all 0 where
   * nothing speaks for y.
   */
  public float[] row() {
    double[] left = row.clone();
    left[query] -= 1;
    double sum = 0;
    for (double value : left) {
      sum += value;
    }
    for (int i = 0; i < left.length; i++) {
      left[i] /= sum > 0 ? sum : 1;
    }
    return Rollout.floats(left);
  }
}
