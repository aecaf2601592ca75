package dev.headlight.samples.train;

/**
 * The weights a {@link ClipBlueprint} begins with: small normal random numbers, but for what lets
 * it see shapes in minutes. The first columns of the position table begin as sinusoids of row and
 * column, which patches hardly write to, and every head begins by comparing them with its own
 * turned by some patches: it looks at one neighbour, as a convolution would (after Zheng et al.
 * 2024, "Structured Initialization for Attention in Vision Transformers"). All are trained like the
 * rest.
 */
final class ClipBeginning {
  /** Rows and columns to the neighbour that each head of a block looks at. */
  private static final int[][] NEXT = {
    {-1, -1}, {-1, 0}, {-1, 1}, {0, -1}, {0, 1}, {1, -1}, {1, 0}, {1, 1}
  };

  /** The same for the second block, which looks further. */
  private static final int[][] FURTHER = {
    {-2, 0}, {2, 0}, {0, -2}, {0, 2}, {-1, 0}, {1, 0}, {0, -1}, {0, 1}
  };

  /** Turns of a sinusoid over twice the picture's side. */
  private static final int[] TURNS = {1, 3, 5};

  private static final int PLACES = 2 * 2 * TURNS.length;
  private static final double FAINT = 0.2;
  private static final double HARDLY = 0.05;
  private static final double SHARPNESS = 1.6;
  private static final double CONTENT = 0.7;
  private static final double WRITING = 0.35;
  private static final double TABLE = 0.02;

  private final ClipBlueprint shape;
  private final ParameterFactory make;
  private final int width;

  ClipBeginning(ClipBlueprint shape, ParameterFactory make) {
    this.shape = shape;
    this.make = make;
    this.width = shape.width();
  }

  /** {@code [d, channels · patch · patch]}. */
  float[] patches() {
    float[] values = make.normals(1 / Math.sqrt(shape.numbers()), width, shape.numbers());
    for (int i = 0; i < PLACES * shape.numbers(); i++) {
      values[i] *= (float) HARDLY;
    }
    return values;
  }

  /** {@code [1 + patches, d]}, the class token first. */
  float[] positions() {
    float[] values = make.normals(TABLE, 1 + shape.patches(), width);
    for (int patch = 0; patch < shape.patches(); patch++) {
      int[] at = {patch / shape.side(), patch % shape.side()};
      for (int place = 0; place < PLACES; place += 2) {
        double angle = turn(place) * at[axis(place)];
        int column = (1 + patch) * width + place;
        values[column] += (float) Math.sin(angle);
        values[column + 1] += (float) Math.cos(angle);
      }
    }
    return values;
  }

  private int axis(int place) {
    return place / (PLACES / 2);
  }

  private double turn(int place) {
    return Math.PI * TURNS[place % (PLACES / 2) / 2] / shape.side();
  }

  /** Queries, keys and values: {@code [3d, d]}. */
  float[] attention(int layer) {
    float[] qkv = make.normals(CONTENT / Math.sqrt(width), 3 * width, width);
    for (int i = 0; i < 2 * width * width; i++) {
      qkv[i] *= (float) FAINT;
    }
    int[][] towards = layer == 1 ? FURTHER : NEXT;
    for (int head = 0; head < shape.heads(); head++) {
      look(towards[head % towards.length], head * shape.headDim(), qkv);
    }
    return qkv;
  }

  /** Keys read the sinusoids, queries the same as they are so many patches on. */
  private void look(int[] towards, int row, float[] qkv) {
    double amplitude = Math.sqrt(SHARPNESS * Math.sqrt(shape.headDim()));
    for (int place = 0; place < Math.min(PLACES, shape.headDim()); place += 2) {
      double angle = turn(place) * towards[axis(place)];
      double cos = amplitude * Math.cos(angle);
      double sin = amplitude * Math.sin(angle);
      int keys = width + row + place;
      add(qkv, keys, place, amplitude);
      add(qkv, keys + 1, place + 1, amplitude);
      add(qkv, row + place, place, cos);
      add(qkv, row + place, place + 1, sin);
      add(qkv, row + place + 1, place + 1, cos);
      add(qkv, row + place + 1, place, -sin);
    }
  }

  private void add(float[] matrix, int row, int column, double value) {
    matrix[row * width + column] += (float) value;
  }

  float[] out() {
    return make.normals(WRITING / Math.sqrt(width), width, width);
  }

  float[] mlpIn() {
    return make.normals(1 / Math.sqrt(width), shape.inner(), width);
  }

  float[] mlpOut() {
    return make.normals(WRITING / Math.sqrt(shape.inner()), width, shape.inner());
  }
}
