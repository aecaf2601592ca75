package dev.headlight.analysis.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.headlight.analysis.attention.AttentionRows;
import dev.headlight.analysis.attention.PatternEdits;
import dev.headlight.analysis.attention.RowBlock;
import dev.headlight.analysis.attention.ScoreRule;
import dev.headlight.analysis.attention.Slices;
import dev.headlight.analysis.run.Site;

/** The attention of a block, in blocks of query rows, so that no T × T map is ever whole. */
final class Attention {
  private final ModelSpec spec;
  private final PassState pass;

  Attention(ModelSpec spec, PassState pass) {
    this.spec = spec;
    this.pass = pass;
  }

  /**
   * {@code x [B, T, d]} to {@code [B, rows, d]}, the rows that the block computes.
   *
   * @param stream what enters the block
   * @param x what the attention reads of it: normed, where the family norms first
   */
  NDArray apply(int layer, LayerWeights weights, NDArray stream, NDArray x) {
    long batch = x.getShape().get(0);
    long length = x.getShape().get(1);
    NDArray qkv = weights.qkv().apply(x);
    int h = spec.heads() * spec.headDim();
    int g = spec.kvHeads() * spec.headDim();
    SplitInputs split = new SplitInputs(spec, pass, layer, weights);
    NDArray q = split.or(Site.Q_INPUT, stream, heads(qkv, 0, h, batch, length));
    NDArray k = split.or(Site.K_INPUT, stream, heads(qkv, h, h + g, batch, length));
    NDArray v = split.or(Site.V_INPUT, stream, heads(qkv, h + g, h + 2 * g, batch, length));
    q = pass.hooks().at(Site.Q, layer, q);
    k = pass.hooks().at(Site.K, layer, k);
    v = pass.hooks().at(Site.V, layer, clipped(layer, v));
    if (spec.qkNorm() != ModelSpec.QkNorm.NONE) {
      q = normed(weights.qNorm(), q);
      k = normed(weights.kNorm(), k);
    }
    q = clipped(layer, q);
    k = clipped(layer, k);
    if (spec.layer(layer).rotary().isPresent()) {
      Rotary rotary = spec.layer(layer).rotary().get();
      NDArray[] table = pass.rotaryTable(rotary);
      q = RotaryTable.turn(rotary, q, table);
      k = RotaryTable.turn(rotary, k, table);
    }
    q = pass.hooks().at(Site.ROT_Q, layer, q);
    k = pass.hooks().at(Site.ROT_K, layer, k);
    pass.hooks().rotated(layer, q, k);
    return fromHeads(layer, weights, mix(layer, pass.tail(layer, q), k, v));
  }

  /** From the outputs of the heads {@code [B, rows, H, e]} on. */
  NDArray fromHeads(int layer, LayerWeights weights, NDArray z) {
    return project(layer, weights.out(), pass.hooks().at(Site.Z, layer, z));
  }

  private NDArray clipped(int layer, NDArray x) {
    double limit = spec.layer(layer).clip();
    return limit == 0 ? x : x.clip(-limit, limit);
  }

  private NDArray normed(NormWeights norm, NDArray x) {
    if (spec.qkNorm() == ModelSpec.QkNorm.HEAD) {
      return Norms.apply(spec.norm(), norm, x, pass.inPlace());
    }
    Shape shape = x.getShape();
    NDArray whole = x.reshape(shape.get(0), shape.get(1), shape.get(2) * shape.get(3));
    return Norms.apply(spec.norm(), norm, whole, pass.inPlace()).reshape(shape);
  }

  private NDArray heads(NDArray qkv, int from, int to, long batch, long length) {
    return Slices.range(qkv, 2, from, to)
        .reshape(batch, length, (to - from) / spec.headDim(), spec.headDim());
  }

  /** Weighted values, {@code [B, T, H, e]}; {@code q} is the attention's own, and taken. */
  private NDArray mix(int layer, NDArray q, NDArray k, NDArray v) {
    double scale = spec.layer(layer).scale();
    NDArray scaled = pass.inPlace() ? q.muli((float) scale) : Numbers.times(q, scale);
    NDArray queries = scaled.transpose(0, 2, 1, 3);
    NDArray keys = k.transpose(0, 2, 1, 3);
    NDArray values = v.transpose(0, 2, 1, 3);
    NDArray[] all = pass.extend(layer, keys, values);
    keys = all[0];
    values = all[1];
    PatternEdits edits = pass.hooks().edits(layer);
    ScoreRule rule = edits.rule(pass.rule(layer));
    int length = (int) q.getShape().get(1);
    int first = (int) keys.getShape().get(2) - length;
    int maps = (int) q.getShape().get(0) * spec.heads();
    int step = AttentionRows.step(length, first + length, maps);
    if (step < length && pass.inPlace()) {
      keys = sideBySide(keys);
      values = sideBySide(values);
    }
    AttentionRows rows = new AttentionRows(queries, keys, first, 0, rule, edits, pass.masks());
    if (step >= length) {
      pass.progress().check();
      return mixRows(layer, rows, values, first, first + length).transpose(0, 2, 1, 3);
    }
    NDArray z = pass.inPlace() ? queries.getManager().create(q.getShape()) : null;
    NDList blocks = new NDList();
    for (int row = 0; row < length; row += step) {
      pass.progress().check();
      int end = Math.min(length, row + step);
      NDArray block = mixRows(layer, rows, values, first + row, first + end);
      if (z == null) {
        blocks.add(block);
        continue;
      }
      // Kept, each would lie behind its block and keep the next, longer one from its room; a view
      // keeps it as much as the array itself.
      try (block;
          NDArray turned = block.transpose(0, 2, 1, 3)) {
        z.set(new NDIndex().addAllDim().addSliceDim(row, end), turned);
      }
    }
    return z == null ? NDArrays.concat(blocks, 2).transpose(0, 2, 1, 3) : z;
  }

  /**
   * The same numbers in the order of the axes: else each block of rows would copy what it reads.
   */
  private static NDArray sideBySide(NDArray array) {
    return array.flatten().reshape(array.getShape());
  }

  private NDArray mixRows(int layer, AttentionRows rows, NDArray values, int row0, int row1) {
    RowBlock block = rows.block(row0, row1);
    long batch = values.getShape().get(0);
    long groups = values.getShape().get(1);
    try (NDManager scope = values.getManager().newSubManager()) {
      AttentionRows scoped = pass.inPlace() ? rows.in(scope) : rows;
      NDArray scores = scoped.scores(block);
      NDArray pattern = scoped.pattern(scores, block);
      pass.hooks().rows(layer, scores, pattern, block.row0(), block.key0());
      NDArray weights =
          pattern.reshape(batch * groups, spec.heads() / groups * block.rows(), block.keys());
      NDArray seen =
          Slices.range(
                  pass.inPlace() ? AttentionRows.view(values, scope) : values,
                  2,
                  block.key0(),
                  block.key1())
              .reshape(batch * groups, block.keys(), spec.headDim());
      NDArray z = weights.matMul(seen).reshape(batch, spec.heads(), block.rows(), spec.headDim());
      z.attach(values.getManager());
      return z;
    }
  }

  private NDArray project(int layer, Projection out, NDArray z) {
    long batch = z.getShape().get(0);
    long length = z.getShape().get(1);
    if (pass.hooks().wants(Site.RESULT, layer)) {
      return perHead(layer, out, z);
    }
    NDArray sum = out.apply(z.reshape(batch, length, (long) spec.heads() * spec.headDim()));
    return pass.scaled(sum, spec.residualScale());
  }

  /** The projection head by head, so that each head's share of the sum can be seen and changed. */
  private NDArray perHead(int layer, Projection out, NDArray z) {
    NDArray result = pass.scaled(products(out.weight(), z), spec.residualScale());
    NDArray sum = pass.hooks().at(Site.RESULT, layer, result).sum(new int[] {2});
    if (out.bias() == null) {
      return sum;
    }
    NDArray bias = Numbers.times(out.bias(), spec.residualScale());
    bias.attach(z.getManager());
    return sum.add(bias);
  }

  /** Each head's z times its columns of the output matrix, {@code [B, T, H, d]}. */
  private NDArray products(Weight out, NDArray z) {
    try (Weight.Lent lent = out.lend(z.getManager())) {
      NDArray byHead = lent.array().reshape(spec.width(), spec.heads(), spec.headDim());
      // What is made of a weight belongs to the weights' manager unless it is moved.
      byHead.attach(z.getManager());
      NDArray weight = byHead.transpose(1, 2, 0);
      return z.transpose(0, 2, 1, 3).matMul(weight).transpose(0, 2, 1, 3);
    }
  }
}
