package dev.headlight.analysis.circuit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.attention.Slices;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.EmbeddingWeights;
import dev.headlight.analysis.model.HostMemory;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.ModelSpec.Norm;
import dev.headlight.analysis.model.NormWeights;
import dev.headlight.analysis.model.Weight;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Site;
import dev.headlight.analysis.run.Sites;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The circuits of a head between tokens (Elhage et al. 2021). OV: how much reading one token adds
 * to the logit of another, W_U W_OV x. QK: how much a query token looks for a key token, scaled as
 * the scores are. x is the token's embedding as the head's norm leaves it; the final norm has its
 * weight and no scale. Positions, rotation, biases and norms of queries and keys are left out.
 */
public final class HeadTokens {
  private static final int ROWS = 8192;

  /** Cells of a block of the whole map: 64 MB. */
  private static final int CELLS = 16 << 20;

  /** Which of the two circuits. */
  public enum Circuit {
    /** Rows are tokens read, columns tokens written. */
    OV,
    /** Rows are query tokens, columns key tokens. */
    QK
  }

  /**
   * Two tokens.
   *
   * @param row id that is read, or of the query
   * @param column id that is written, or of the key
   * @param value of the map
   */
  public record Pair(int row, int column, double value) {}

  private final Model model;
  private final ModelSpec spec;
  private final Head head;

  private HeadTokens(Model model, Head head) {
    this.model = model;
    this.head = head;
    spec = model.spec();
    EmbeddingWeights w = model.transformer().weights().embedding();
    if (w.tokenProjection() != null || w.projection() != null) {
      throw new HeadlightException(
          Kind.INPUT, spec.family() + " projects its embeddings, so a head reads no token's own");
    }
    Sites.require(spec, Site.LOGITS);
  }

  /**
   * The map between some tokens.
   *
   * @param ids of rows and columns
   * @return {@code [ids][ids]}
   * @throws HeadlightException when embeddings are projected, or the model has no logits
   */
  public static double[][] map(Model model, Head head, Circuit circuit, int[] ids) {
    HeadTokens of = new HeadTokens(model, head);
    try (NDManager scope = model.newScope()) {
      NDArray rows = of.rows(circuit, ids, scope);
      NDArray columns = of.columns(circuit, ids, scope);
      float[] flat = HostMemory.copy(rows.matMul(columns.transpose()));
      double[][] map = new double[ids.length][ids.length];
      for (int i = 0; i < flat.length; i++) {
        map[i / ids.length][i % ids.length] = flat[i];
      }
      return map;
    }
  }

  /**
   * The largest values over the whole vocabulary: V² cells, block by block.
   *
   * @throws java.util.concurrent.CancellationException when the progress was cancelled
   */
  public static List<Pair> top(
      Model model, Head head, Circuit circuit, int count, Progress progress) {
    HeadTokens of = new HeadTokens(model, head);
    return model.guarded(() -> of.top(circuit, count, progress));
  }

  private List<Pair> top(Circuit circuit, int count, Progress progress) {
    try (NDManager scope = model.newScope()) {
      NDArray rows = all(circuit, true, scope);
      NDArray columns = all(circuit, false, scope).transpose();
      int width = (int) columns.getShape().get(1);
      int height = (int) rows.getShape().get(0);
      int step = Math.max(1, CELLS / width);
      List<Pair> best = new ArrayList<>();
      for (int from = 0; from < height; from += step) {
        progress.report((double) from / height, head + " between tokens");
        progress.check();
        int to = Math.min(height, from + step);
        best.addAll(block(rows, columns, from, to, count, scope));
        best.sort(Comparator.comparingDouble(p -> -p.value()));
        best = new ArrayList<>(best.subList(0, Math.min(count, best.size())));
      }
      return List.copyOf(best);
    }
  }

  private static List<Pair> block(
      NDArray rows, NDArray columns, int from, int to, int count, NDManager scope) {
    int width = (int) columns.getShape().get(1);
    try (NDManager inner = scope.newSubManager()) {
      NDArray some = Slices.range(rows, 0, from, to).get(":");
      some.attach(inner);
      NDArray cells = some.matMul(columns).reshape(-1);
      NDList top = cells.topK((int) Math.min(count, cells.size()), 0, true, true);
      float[] values = HostMemory.copy(top.get(0));
      long[] places = top.get(1).toLongArray();
      List<Pair> pairs = new ArrayList<>();
      for (int i = 0; i < values.length; i++) {
        int row = from + (int) (places[i] / width);
        pairs.add(new Pair(row, (int) (places[i] % width), values[i]));
      }
      return pairs;
    }
  }

  /** One side of the map for every token, {@code [V, e]}. */
  private NDArray all(Circuit circuit, boolean row, NDManager scope) {
    Weight table =
        circuit == Circuit.OV && !row
            ? model.transformer().weights().unembedding().weight()
            : model.transformer().weights().embedding().tokens();
    int count = (int) table.rows();
    NDList parts = new NDList();
    for (int from = 0; from < count; from += ROWS) {
      int first = from;
      int[] ids = new int[Math.min(ROWS, count - from)];
      Arrays.setAll(ids, i -> first + i);
      parts.add(row ? rows(circuit, ids, scope) : columns(circuit, ids, scope));
    }
    return NDArrays.concat(parts, 0);
  }

  /** Values of tokens that are read, or their scaled queries: {@code [ids, e]}. */
  private NDArray rows(Circuit circuit, int[] ids, NDManager scope) {
    double[][] weights = HeadWeights.of(model, head)[circuit == Circuit.OV ? 2 : 0];
    double scale = circuit == Circuit.OV ? 1 : spec.layer(head.layer()).scale();
    return projected(read(ids), weights, scale, scope);
  }

  /** What the head's output says of tokens, or keys of tokens: {@code [ids, e]}. */
  private NDArray columns(Circuit circuit, int[] ids, NDManager scope) {
    double[][][] weights = HeadWeights.of(model, head);
    return circuit == Circuit.OV
        ? projected(written(ids), weights[3], spec.output().scale() * spec.residualScale(), scope)
        : projected(read(ids), weights[1], 1, scope);
  }

  private NDArray projected(float[] x, double[][] weights, double scale, NDManager scope) {
    int d = weights[0].length;
    float[] flat = new float[weights.length * d];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = (float) (scale * weights[i / d][i % d]);
    }
    try (NDManager inner = scope.newSubManager()) {
      NDArray rows = HostMemory.array(x, new Shape(x.length / d, d), inner);
      NDArray product =
          rows.matMul(HostMemory.array(flat, new Shape(weights.length, d), inner).transpose());
      product.attach(scope);
      return product;
    }
  }

  private float[] gathered(Weight table, int[] ids) {
    try (NDManager scope = model.newScope()) {
      return HostMemory.copy(table.gather(ids, new Shape(ids.length), scope));
    }
  }

  /** Embeddings over their root mean square, as the head's norm leaves them but for its weight. */
  private float[] read(int[] ids) {
    float[] rows = gathered(model.transformer().weights().embedding().tokens(), ids);
    int d = spec.width();
    boolean normed =
        spec.form().preNorm()
            && model.transformer().weights().layers().get(head.layer()).ln1() != null;
    for (int from = 0; from < rows.length; from += d) {
      double mean = normed && spec.norm().kind() == Norm.Kind.LAYER ? mean(rows, from, d) : 0;
      double square = 0;
      double factor = spec.embedding().scale();
      for (int i = from; i < from + d; i++) {
        square += Math.pow(factor * (rows[i] - mean), 2) / d;
      }
      double scale = normed ? factor / Math.sqrt(square + spec.norm().epsilon()) : factor;
      for (int i = from; i < from + d; i++) {
        rows[i] = (float) (scale * (rows[i] - mean));
      }
    }
    return rows;
  }

  /** Rows of the unembedding with the final norm's weight, and its centring, folded in. */
  private float[] written(int[] ids) {
    float[] rows = gathered(model.transformer().weights().unembedding().weight(), ids);
    NormWeights norm = model.transformer().weights().finalNorm();
    if (norm == null) {
      return rows;
    }
    int d = spec.width();
    float[] gain = norm.weight() == null ? null : HostMemory.copy(norm.weight());
    for (int from = 0; from < rows.length; from += d) {
      for (int i = 0; gain != null && i < d; i++) {
        rows[from + i] *= gain[i];
      }
      float mean = spec.norm().kind() == Norm.Kind.LAYER ? (float) mean(rows, from, d) : 0;
      for (int i = from; i < from + d; i++) {
        rows[i] -= mean;
      }
    }
    return rows;
  }

  private static double mean(float[] rows, int from, int count) {
    double sum = 0;
    for (int i = from; i < from + count; i++) {
      sum += rows[i];
    }
    return sum / count;
  }
}
