package dev.headlight.samples.world;

import java.util.Arrays;

/** A sequence while it is being put together; what goes past its length is cut off. */
final class Growing {
  private final int[] tokens;
  private final float[] weights;
  private int size;

  Growing(int length) {
    tokens = new int[length];
    weights = new float[length];
  }

  boolean full() {
    return size == tokens.length;
  }

  void add(int token, float weight) {
    if (!full()) {
      tokens[size] = token;
      weights[size] = weight;
      size++;
    }
  }

  void addAll(int[] more, float weight) {
    Arrays.stream(more).forEach(t -> add(t, weight));
  }

  Example done() {
    return new Example(tokens, weights);
  }
}
