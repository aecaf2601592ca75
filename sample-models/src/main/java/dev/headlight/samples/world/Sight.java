package dev.headlight.samples.world;

import java.util.List;

/**
 * A picture that a sequence is about, and words for what is in its patches.
 *
 * @param rgb red, green and blue of each pixel, row by row
 * @param words ids, the same number for each patch, patches row by row
 * @param weights how much each counts; 0 where there is no word
 * @param aims where the answers in the sequence lie; none for those about nothing or all
 */
public record Sight(byte[] rgb, int[] words, float[] weights, List<Aim> aims) {
  /** Copies the list and checks that the lengths agree. */
  public Sight {
    aims = List.copyOf(aims);
    if (words.length != weights.length) {
      throw new IllegalArgumentException(words.length + " words, " + weights.length + " weights");
    }
  }
}
