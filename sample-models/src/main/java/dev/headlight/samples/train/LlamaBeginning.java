package dev.headlight.samples.train;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The weights a {@link LlamaBlueprint} begins with: small normal random numbers, but for what lets
 * heads form in an hour on a processor. All tokens begin with a common part, from which rotary
 * queries and keys can tell positions, and which values do not read. A few heads begin with a lean
 * to a token some places back. A few others begin by comparing their token with what the first of
 * those wrote, faintly: a beginning of induction (after Trockman and Kolter 2023, "Mimetic
 * Initialization of Self-Attention Layers"). All are trained like the rest.
 */
final class LlamaBeginning {
  private static final double TOKEN = 0.09;
  private static final double COMMON = 0.06;
  private static final double WRITING = 0.005;
  private static final int LEANING_PAIRS = 4;
  private static final double LEAN = 5;
  private static final double SHIFT = 0.4;
  private static final double MATCH = 2.5;
  private static final double COPY = 0.5;
  private static final double FAINT = 0.2;

  private final LlamaBlueprint shape;
  private final ParameterFactory make;
  private final int width;
  private final int headDim;

  /** What leaning heads that others are matched with read, {@code [e, d]}, by their numbers. */
  private final Map<Integer, float[]> read = new HashMap<>();

  /** What these write, {@code [d, e]}. */
  private final Map<Integer, float[]> written = new HashMap<>();

  LlamaBeginning(LlamaBlueprint shape, ParameterFactory make) {
    this.shape = shape;
    this.make = make;
    this.width = shape.width();
    this.headDim = shape.headDim();
  }

  /**
   * Weights of an attention.
   *
   * @param qkv {@code [(H + 2G)·e, d]}
   * @param out {@code [d, H·e]}
   */
  record Attention(float[] qkv, float[] out) {}

  float[] tokens() {
    float[] values = make.normals(TOKEN, shape.vocab(), width);
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) COMMON;
    }
    return values;
  }

  float[] mlpIn() {
    return make.normals(1 / Math.sqrt(width), 2 * shape.inner(), width);
  }

  float[] mlpOut() {
    return make.normals(WRITING / 2, width, shape.inner());
  }

  Attention attention(int layer) {
    int rows = (shape.heads() + 2 * shape.groups()) * headDim;
    Attention attention =
        new Attention(
            make.normals(1 / Math.sqrt(width), rows, width),
            make.normals(WRITING, width, shape.heads() * headDim));
    ignoreCommon(attention.qkv(), valueRow(0), shape.groups() * headDim);
    shape.leaning().stream().filter(l -> l.layer() == layer).forEach(l -> lean(l, attention));
    shape.matching().stream().filter(m -> m.layer() == layer).forEach(m -> match(m, attention));
    return attention;
  }

  private int keyRow(int head) {
    return (shape.heads() + head / (shape.heads() / shape.groups())) * headDim;
  }

  private int valueRow(int head) {
    return keyRow(head) + shape.groups() * headDim;
  }

  /**
   * Queries and keys read the tokens' common part into the fastest turning pairs, queries as turned
   * back by the distance: a score is then largest that many tokens back.
   */
  private void lean(LlamaBlueprint.Leaning head, Attention attention) {
    int queries = head.head() * headDim;
    int keys = keyRow(head.head());
    scale(attention.qkv(), queries, headDim, FAINT);
    scale(attention.qkv(), keys, headDim, FAINT);
    // What a normed token has of the common part, for amplitudes that do not depend on widths.
    double share = COMMON / Math.hypot(COMMON, TOKEN) * Math.sqrt(width);
    double amplitude = Math.sqrt(LEAN * Math.sqrt(headDim)) / share;
    for (int pair = 0; pair < LEANING_PAIRS; pair++) {
      double angle = head.distance() * Math.pow(shape.theta(), -2.0 * pair / headDim);
      addCommon(attention.qkv(), queries + pair, amplitude * Math.cos(angle));
      addCommon(attention.qkv(), queries + pair + headDim / 2, -amplitude * Math.sin(angle));
      addCommon(attention.qkv(), keys + pair, amplitude);
    }
    int number = shape.leaning().indexOf(head);
    if (number == 0 || shape.matching().stream().anyMatch(m -> m.of() == number)) {
      int from = valueRow(head.head()) * width;
      float[] writing = make.normals(SHIFT / Math.sqrt(headDim), width, headDim);
      read.put(number, Arrays.copyOfRange(attention.qkv(), from, from + headDim * width));
      written.put(number, writing);
      write(head.head(), writing, attention);
    }
  }

  private void ignoreCommon(float[] matrix, int row, int rows) {
    for (int from = row * width; from < (row + rows) * width; from += width) {
      double mean = 0;
      for (int column = 0; column < width; column++) {
        mean += matrix[from + column] / width;
      }
      for (int column = 0; column < width; column++) {
        matrix[from + column] -= (float) mean;
      }
    }
  }

  private void addCommon(float[] matrix, int row, double value) {
    for (int column = 0; column < width; column++) {
      matrix[row * width + column] += (float) (value / Math.sqrt(width));
    }
  }

  /**
   * Queries read their token as the leaning head reads its own, keys read what it wrote, or the
   * other way round; mostly in the slowly turning pairs, so that distance hardly counts. What is
   * found is copied.
   */
  private void match(LlamaBlueprint.Matching head, Attention attention) {
    float[] mixing = make.normals(1 / Math.sqrt(headDim), headDim, headDim);
    double unwrite = 0.5 / (SHIFT * SHIFT * width / headDim);
    int tokens = head.asking() ? keyRow(head.head()) : head.head() * headDim;
    int writings = head.asking() ? head.head() * headDim : keyRow(head.head());
    float[] reading = read.get(head.of());
    float[] writing = written.get(head.of());
    for (int row = 0; row < headDim; row++) {
      boolean slow = row % (headDim / 2) >= headDim / 4;
      double scale = slow ? MATCH : FAINT;
      for (int column = 0; column < width; column++) {
        double token = 0;
        double mark = 0;
        for (int i = 0; i < headDim; i++) {
          token += scale * mixing[row * headDim + i] * reading[i * width + column];
          mark += scale * unwrite * mixing[row * headDim + i] * writing[column * headDim + i];
        }
        attention.qkv()[(tokens + row) * width + column] = (float) token;
        attention.qkv()[(writings + row) * width + column] = (float) mark;
      }
    }
    float[] copy = new float[width * headDim];
    for (int i = 0; i < copy.length; i++) {
      int value = (valueRow(head.head()) + i % headDim) * width + i / headDim;
      copy[i] = (float) (COPY * attention.qkv()[value]);
    }
    write(head.head(), copy, attention);
  }

  /** Sets a head's columns of the output matrix. */
  private void write(int head, float[] matrix, Attention attention) {
    int columns = shape.heads() * headDim;
    for (int row = 0; row < width; row++) {
      System.arraycopy(
          matrix, row * headDim, attention.out(), row * columns + head * headDim, headDim);
    }
  }

  private void scale(float[] matrix, int row, int rows, double factor) {
    for (int i = row * width; i < (row + rows) * width; i++) {
      matrix[i] *= (float) factor;
    }
  }
}
