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

  void append(Example more) {
    for (int i = 0; i < more.length(); i++) {
      add(more.tokens()[i], more.weights()[i]);
    }
  }

  /** Tokens there are. */
  int size() {
    return size;
  }

  /** Tokens that still fit. */
  int room() {
    return tokens.length - size;
  }

  /** What there is, also when it is not full. */
  Example soFar() {
    return new Example(Arrays.copyOf(tokens, size), Arrays.copyOf(weights, size));
  }

  Example done() {
    return new Example(tokens, weights);
  }
}
