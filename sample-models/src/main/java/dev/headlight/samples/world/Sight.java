package dev.headlight.samples.world;

/**
 * A picture that a sequence is about, and words for what is in its patches.
 *
 * @param rgb red, green and blue of each pixel, row by row
 * @param words ids, the same number for each patch, patches row by row
 * @param weights how much each counts; 0 where there is no word
 */
public record Sight(byte[] rgb, int[] words, float[] weights) {
  /** Checks that the lengths agree. */
  public Sight {
    if (words.length != weights.length) {
      throw new IllegalArgumentException(words.length + " words, " + weights.length + " weights");
    }
  }
}
