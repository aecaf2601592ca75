package dev.headlight.analysis.vision;

import dev.headlight.analysis.run.GradientRun;
import java.util.List;

/**
 * Relevancy by gradients, as LVLM-Interpret shows it (Ben Melech Stan et al. 2024, after Chefer et
 * al. 2021): {@code Ā = mean over heads of ReLU(∂y/∂A ∘ A)}, {@code R ← R + Ā R} from R = I, layer
 * by layer; then I is taken off and each row divided by its sum. y is what is asked for, such as
 * the logit of the word that was written. Followed for one query, layer by layer from the last.
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
   * @param pattern a layer's attention and its gradient, {@code [H, T, T]}
   */
  public void below(GradientRun.Value pattern) {
    int heads = pattern.value().size(0);
    int length = row.length;
    float[] weights = pattern.value().data();
    float[] gradients = pattern.gradient().data();
    double[] next = row.clone();
    for (int q = 0; q < length; q++) {
      for (int h = 0; h < heads && row[q] != 0; h++) {
        int at = (h * length + q) * length;
        for (int k = 0; k < length; k++) {
          double product = (double) weights[at + k] * gradients[at + k];
          next[k] += product > 0 ? row[q] * product / heads : 0;
        }
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

  /**
   * All layers at once.
   *
   * @param layers patterns with gradients, from the first layer to the last
   */
  public static float[] row(List<GradientRun.Value> layers, int query) {
    Relevancy relevancy = new Relevancy(layers.get(0).value().size(1), query);
    for (int l = layers.size() - 1; l >= 0; l--) {
      relevancy.below(layers.get(l));
    }
    return relevancy.row();
  }
}
