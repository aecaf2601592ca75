package dev.headlight.samples.world;

import java.util.Arrays;

/** A sequence while it is being put together; what goes past its length is cut off. */
public final class Growing {
  private final int[] tokens;
  private final float[] weights;
  private int size;

  /** An empty sequence that takes this many tokens. */
  public Growing(int length) {
    tokens = new int[length];
    weights = new float[length];
  }

  /** Whether no more fit. */
  public boolean full() {
    return size == tokens.length;
  }

  /** Adds a token that counts so much. */
  public void add(int token, float weight) {
    if (!full()) {
      tokens[size] = token;
      weights[size] = weight;
      size++;
    }
  }

  /** Adds tokens that count the same. */
  public void addAll(int[] more, float weight) {
    Arrays.stream(more).forEach(t -> add(t, weight));
  }

  void append(Example more) {
    for (int i = 0; i < more.length(); i++) {
      add(more.tokens()[i], more.weights()[i]);
    }
  }

  /** Tokens there are. */
  public int size() {
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

  /** The sequence; what is missing are tokens 0 that do not count. */
  public Example done() {
    return new Example(tokens, weights);
  }
}
