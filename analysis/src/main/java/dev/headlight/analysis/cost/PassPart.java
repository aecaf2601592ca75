package dev.headlight.analysis.cost;

import dev.headlight.analysis.attention.AttentionRows;
import dev.headlight.analysis.attention.ScoreRule;
import dev.headlight.analysis.model.ModelSpec;

/**
 * A pass, or the part of one that a sweep computes again.
 *
 * @param firstLayer the layer it starts at, 0 for a whole pass
 * @param afterHeads whether it starts behind that layer's heads, whose outputs are given
 * @param tokens of the prompt: the keys that the last row may see
 * @param rows how many of the last positions are computed; all for a whole pass
 * @param batch how many prompts (or cells of a sweep) are computed side by side
 * @param lastRows positions whose attention and MLP the last layer computes
 * @param logitRows positions whose logits are computed
 * @param statistics whether statistics of every head are gathered
 */
public record PassPart(
    int firstLayer,
    boolean afterHeads,
    int tokens,
    int rows,
    int batch,
    int lastRows,
    int logitRows,
    boolean statistics) {

  /** Checks that the counts fit into each other. */
  public PassPart {
    if (firstLayer < 0
        || rows < 1
        || rows > tokens
        || batch < 1
        || lastRows > rows
        || logitRows > lastRows) {
      throw new IllegalArgumentException(
          "layer %d, %d of %d tokens, batch %d, last layer %d, logits %d"
              .formatted(firstLayer, rows, tokens, batch, lastRows, logitRows));
    }
  }

  /** A whole pass over one prompt with the logits of its last {@code logitRows} positions. */
  public static PassPart whole(int tokens, int logitRows) {
    return new PassPart(0, false, tokens, tokens, 1, tokens, logitRows, false);
  }

  /** A step of writing: one position after {@code past} others, whose logits are wanted. */
  public static PassPart step(int past) {
    return new PassPart(0, false, past + 1, 1, 1, 1, 1, false);
  }

  /** With statistics of every head. */
  public PassPart withStatistics() {
    return new PassPart(firstLayer, afterHeads, tokens, rows, batch, lastRows, logitRows, true);
  }

  /** The part from a layer on. */
  public PassPart from(int layer) {
    return new PassPart(layer, false, tokens, rows, batch, lastRows, logitRows, statistics);
  }

  /** The part behind a layer's heads. */
  public PassPart behindHeads(int layer) {
    return new PassPart(layer, true, tokens, rows, batch, lastRows, logitRows, statistics);
  }

  /** The last {@code count} positions only. */
  public PassPart lastRows(int count) {
    return new PassPart(
        firstLayer,
        afterHeads,
        tokens,
        count,
        batch,
        Math.min(count, lastRows),
        Math.min(count, logitRows),
        statistics);
  }

  /** With the last layer computing only the positions whose logits are read. */
  public PassPart reading(int positions) {
    return reading(positions, positions);
  }

  /** With the last layer computing only some positions, and logits of as many or fewer. */
  public PassPart reading(int positions, int logits) {
    return new PassPart(firstLayer, afterHeads, tokens, rows, batch, positions, logits, statistics);
  }

  /** So many side by side. */
  public PassPart times(int count) {
    return new PassPart(
        firstLayer, afterHeads, tokens, rows, count, lastRows, logitRows, statistics);
  }

  /** Positions whose attention and MLP a layer computes. */
  int queries(int layer, ModelSpec spec) {
    return layer == spec.layers() - 1 ? lastRows : rows;
  }

  /** Whether queries, keys and values of a layer are computed. */
  boolean attends(int layer) {
    return layer > firstLayer || !afterHeads;
  }

  /** Blocks of rows that a layer's attention is computed in. */
  int blocks(int layer, ModelSpec spec) {
    int count = queries(layer, spec);
    return (count + rowsAtOnce(count, spec) - 1) / rowsAtOnce(count, spec);
  }

  /** Cells of the largest block of a layer's attention, of one head of one prompt. */
  double largestBlock(int layer, ModelSpec spec) {
    int count = queries(layer, spec);
    int rows = Math.min(count, rowsAtOnce(count, spec));
    ScoreRule rule = spec.scoreRule(layer);
    return (double) rows * (rule.endKey(tokens, tokens) - rule.firstKey(tokens - rows));
  }

  /** Cells of a layer's attention that are computed for one head of one prompt. */
  double computedCells(int layer, ModelSpec spec) {
    int count = queries(layer, spec);
    int step = rowsAtOnce(count, spec);
    ScoreRule rule = spec.scoreRule(layer);
    double cells = 0;
    for (int row = tokens - count; row < tokens; row += step) {
      int end = Math.min(tokens, row + step);
      cells += (double) (end - row) * (rule.endKey(end, tokens) - rule.firstKey(row));
    }
    return cells;
  }

  /** Cells of a layer's attention that the mask allows, of one head of one prompt. */
  double visibleCells(int layer, ModelSpec spec) {
    ScoreRule rule = spec.scoreRule(layer);
    double cells = 0;
    for (int row = tokens - queries(layer, spec); row < tokens; row++) {
      cells += rule.endKey(row + 1, tokens) - rule.firstKey(row);
    }
    return cells;
  }

  private int rowsAtOnce(int count, ModelSpec spec) {
    return AttentionRows.step(count, tokens, batch * spec.heads());
  }
}
