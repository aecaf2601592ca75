package dev.headlight.analysis.circuit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.headlight.analysis.model.HostMemory;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.ModelWeights;
import dev.headlight.analysis.model.NormWeights;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How tokens come into the residual stream and out of it again: {@code W_Eᵀ W_U}, {@code [d, d]}.
 * With it the eigenvalues of a head from token to token, those of {@code W_E W_V W_O W_U}, are
 * those of a matrix as wide as the head (Elhage et al. 2021, A Mathematical Framework for
 * Transformer Circuits). The weight of the last norm is folded into W_U, and a LayerNorm's centring
 * too; of large vocabularies it takes tokens at equal distances.
 */
public final class TokenMap implements AutoCloseable {
  /** Tokens that are taken at most. */
  static final int MOST = 8192;

  private static final int BATCH = 1024;

  private final NDManager scope;
  private final NDArray map;
  private final int tokens;

  /**
   * @param sum {@code [d, d]}, row-major
   */
  TokenMap(NDManager scope, float[] sum, int width, int tokens) {
    this.scope = scope;
    this.map = scope.create(sum, new Shape(width, width));
    this.tokens = tokens;
  }

  /**
   * That of a model; empty where more than a table stands between tokens and stream. Belongs to the
   * thread that uses the model.
   */
  public static Optional<TokenMap> of(Model model) {
    ModelSpec spec = model.spec();
    ModelWeights weights = model.transformer().weights();
    boolean plain =
        weights.unembedding() != null
            && weights.head() == null
            && weights.embedding().tokens() != null
            && weights.embedding().tokenProjection() == null
            && weights.embedding().projection() == null
            && weights.embedding().tokens().columns() == spec.width()
            && weights.unembedding().weight().columns() == spec.width();
    if (!plain) {
      return Optional.empty();
    }
    int count = Math.min(MOST, spec.vocab());
    int[] ids = IntStream.range(0, count).map(i -> id(i, count, spec.vocab())).toArray();
    NDManager scope = model.newScope();
    float[] sum = new float[spec.width() * spec.width()];
    for (int from = 0; from < count; from += BATCH) {
      int[] part = IntStream.of(ids).skip(from).limit(BATCH).toArray();
      add(sum, spec, weights, part, scope);
    }
    return Optional.of(new TokenMap(scope, sum, spec.width(), count));
  }

  private static int id(int index, int count, int vocabulary) {
    return (int) ((long) index * vocabulary / count);
  }

  private static void add(
      float[] sum, ModelSpec spec, ModelWeights weights, int[] ids, NDManager scope) {
    try (NDManager part = scope.newSubManager()) {
      Shape shape = new Shape(ids.length);
      NDArray in = weights.embedding().tokens().gather(ids, shape, part);
      NDArray out = folded(weights.unembedding().weight().gather(ids, shape, part), spec, weights);
      float[] product = HostMemory.copy(in.transpose().matMul(out));
      for (int i = 0; i < sum.length; i++) {
        sum[i] += product[i];
      }
    }
  }

  private static NDArray folded(NDArray rows, ModelSpec spec, ModelWeights weights) {
    NormWeights norm = weights.finalNorm();
    if (norm == null) {
      return rows;
    }
    NDArray scaled = norm.weight() == null ? rows : rows.mul(norm.weight());
    return spec.norm().kind() == ModelSpec.Norm.Kind.LAYER
        ? scaled.sub(scaled.mean(new int[] {1}, true))
        : scaled;
  }

  /** How many tokens were taken. */
  public int tokens() {
    return tokens;
  }

  /** {@code rows · W_Eᵀ W_U} for rows of the stream's width. */
  double[][] apply(double[][] rows) {
    int width = (int) map.getShape().get(0);
    float[] flat = new float[rows.length * width];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = (float) rows[i / width][i % width];
    }
    double[][] result = new double[rows.length][width];
    try (NDManager part = scope.newSubManager()) {
      NDArray product = part.create(flat, new Shape(rows.length, width)).matMul(map);
      product.attach(part);
      float[] values = HostMemory.copy(product);
      for (int i = 0; i < values.length; i++) {
        result[i / width][i % width] = values[i];
      }
    }
    return result;
  }

  @Override
  public void close() {
    scope.close();
  }
}
