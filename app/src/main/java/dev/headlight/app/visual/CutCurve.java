package dev.headlight.app.visual;

/**
 * What is left of the answer when text no longer reads from the picture in some layers.
 *
 * @param cut in which layers, for each bar
 * @param token that is read
 * @param before its probability when nothing is cut
 * @param after with the cut of each layer, {@code [L]}
 */
public record CutCurve(VisualChoice.Cut cut, String token, double before, double[] after) {
  /** The layer whose cut takes the most. */
  public int strongest() {
    int best = 0;
    for (int l = 1; l < after.length; l++) {
      best = after[l] < after[best] ? l : best;
    }
    return best;
  }
}
