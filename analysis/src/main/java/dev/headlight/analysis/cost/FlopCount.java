package dev.headlight.analysis.cost;

import dev.headlight.analysis.model.LayerSpec;
import dev.headlight.analysis.model.ModelSpec;
import java.util.function.IntToDoubleFunction;

/**
 * Floating-point operations of the matrix products of a pass, two a multiply-add. Norms,
 * activations, softmax and rotations are not counted: they are a few operations a value.
 *
 * @param qkv projections to queries, keys and values
 * @param scores products of queries and keys
 * @param values products of weights and values
 * @param out output projections of the attention
 * @param mlp feed-forward parts: MLPs, or the experts that tokens are sent to, and their router
 * @param adapters projections between the tables' width and the residual stream's, and the dense
 *     layer before an encoder's unembedding
 * @param unembedding logits
 */
public record FlopCount(
    double qkv,
    double scores,
    double values,
    double out,
    double mlp,
    double adapters,
    double unembedding) {

  /** What {@link dev.headlight.analysis.model.Transformer} does: attention in blocks of rows. */
  public static FlopCount computed(ModelSpec spec, PassPart part) {
    return of(spec, part, layer -> part.computedCells(layer, spec));
  }

  /** What cannot be avoided: of the attention only the cells that the mask allows. */
  public static FlopCount needed(ModelSpec spec, PassPart part) {
    return of(spec, part, layer -> part.visibleCells(layer, spec));
  }

  private static FlopCount of(ModelSpec spec, PassPart part, IntToDoubleFunction cells) {
    double width = spec.width();
    double q = (double) spec.heads() * spec.headDim();
    double kv = 2.0 * spec.kvHeads() * spec.headDim();
    double qkv = 0;
    double mixed = 0;
    double out = 0;
    double mlp = 0;
    for (int layer = part.firstLayer(); layer < spec.layers(); layer++) {
      double queries = part.queries(layer, spec);
      if (part.attends(layer)) {
        qkv += width * (q + kv) * part.rows();
        mixed += q * cells.applyAsDouble(layer);
      }
      out += width * q * queries;
      mlp += mlp(spec, layer) * queries;
    }
    double operations = 2.0 * part.batch();
    return new FlopCount(
        operations * qkv,
        operations * mixed,
        operations * mixed,
        operations * out,
        operations * mlp,
        operations * adapters(spec, part),
        operations * part.logitRows() * spec.embedding().width() * spec.vocab());
  }

  /** Multiply-adds of a layer's feed-forward part a token. */
  private static double mlp(ModelSpec spec, int layer) {
    double matrices = (spec.mlp().gated() ? 3.0 : 2.0) * spec.width();
    return spec.layer(layer)
        .experts()
        .map(e -> experts(spec, e, matrices))
        .orElse(matrices * spec.mlp().inner());
  }

  private static double experts(ModelSpec spec, LayerSpec.Experts e, double matrices) {
    double router = (double) spec.width() * e.count();
    double shared = e.sharedInner() > 0 ? matrices * e.sharedInner() + spec.width() : 0;
    return router + matrices * e.topK() * e.inner() + shared;
  }

  private static double adapters(ModelSpec spec, PassPart part) {
    double matrix = (double) spec.embedding().width() * spec.width();
    boolean narrow = spec.embedding().width() != spec.width();
    boolean dense = spec.output().transform().isPresent();
    double before = narrow && part.firstLayer() == 0 ? part.rows() : 0;
    double after = dense ? part.logitRows() : narrow ? part.lastRows() : 0;
    return matrix * (before + after);
  }

  /** All of them. */
  public double total() {
    return qkv + scores + values + out + mlp + adapters + unembedding;
  }

  /** Both. */
  public FlopCount plus(FlopCount other) {
    return new FlopCount(
        qkv + other.qkv,
        scores + other.scores,
        values + other.values,
        out + other.out,
        mlp + other.mlp,
        adapters + other.adapters,
        unembedding + other.unembedding);
  }

  /** Operations of a layer's matrices on one position; those between tokens are not in it. */
  static double layer(ModelSpec spec, int layer) {
    double heads = spec.heads() + (double) spec.kvHeads();
    return 2 * (2.0 * spec.width() * spec.headDim() * heads + mlp(spec, layer));
  }
}
