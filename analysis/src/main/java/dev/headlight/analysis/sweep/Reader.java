package dev.headlight.analysis.sweep;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.headlight.analysis.attention.Slices;
import dev.headlight.analysis.model.Hooks;
import dev.headlight.analysis.model.HostMemory;
import dev.headlight.analysis.model.Transformer;
import dev.headlight.analysis.run.BatchEdits;
import dev.headlight.analysis.sweep.ReadOut.Continuation;
import dev.headlight.analysis.sweep.ReadOut.LastLogits;
import java.util.Arrays;

/** Reads what a metric asks for out of the residual stream that leaves the last block. */
final class Reader {
  /** Logits computed at a time: 32 MB. */
  private static final int LOGITS = 8 << 20;

  private final Transformer transformer;
  private final ReadOut readOut;
  private final int[] tokens;

  /** What is asked for after each position from {@link #start} on, unless logits are read. */
  private final int[] targets;

  /** First position whose next token is asked for. */
  private final int start;

  Reader(Transformer transformer, ReadOut readOut, int[] tokens) {
    this.transformer = transformer;
    this.readOut = readOut;
    this.tokens = tokens;
    targets =
        readOut instanceof Continuation next
            ? next.ids()
            : Arrays.copyOfRange(tokens, 1, tokens.length);
    start = readOut instanceof Continuation ? tokens.length - targets.length : 0;
  }

  /** How many rows, counted from the end, the last block must compute. */
  int tail() {
    if (readOut instanceof LastLogits) {
      return transformer.spec().pooled() ? Integer.MAX_VALUE : 1;
    }
    return readOut instanceof Continuation ? targets.length : Integer.MAX_VALUE;
  }

  /**
   * Reads every row of a batch.
   *
   * @param x {@code [B, rows, d]}, ending at the last position
   * @param baseline what was read of the unchanged pass, for the rows before {@code x}; or null
   *     where {@code x} holds every row
   */
  float[][] read(NDArray x, float[] baseline, BatchEdits hooks, NDManager scope) {
    int batch = (int) x.getShape().get(0);
    if (readOut instanceof LastLogits last) {
      return lastLogits(x, batch, last.ids(), hooks, scope);
    }
    float[][] all = new float[batch][];
    int first = tokens.length - (int) x.getShape().get(1);
    for (int b = 0; b < batch; b++) {
      all[b] = baseline == null ? new float[targets.length] : baseline.clone();
      nextTokens(Slices.range(x, 0, b, b + 1), first, all[b], hooks, b, scope);
    }
    return all;
  }

  private float[][] lastLogits(NDArray x, int batch, int[] ids, Hooks hooks, NDManager scope) {
    long rows = x.getShape().get(1);
    // A pool reads every row.
    long from = transformer.spec().pooled() ? 0 : rows - 1;
    try (NDArray last = Slices.range(x, 1, from, rows).get(":");
        NDArray logits = transformer.logits(last, ids, hooks, scope)) {
      float[] flat = HostMemory.copy(logits);
      int width = flat.length / batch;
      float[][] all = new float[batch][];
      Arrays.setAll(all, b -> Arrays.copyOfRange(flat, b * width, (b + 1) * width));
      return all;
    }
  }

  private void nextTokens(
      NDArray x, int first, float[] into, BatchEdits hooks, int row, NDManager scope) {
    int step = Math.max(1, LOGITS / transformer.spec().vocab());
    int end = start + targets.length;
    for (int from = Math.max(first, start); from < end; from += step) {
      int to = Math.min(end, from + step);
      try (NDManager chunk = scope.newSubManager()) {
        NDArray rows = Slices.range(x, 1, from - first, to - first).get(":");
        rows.attach(chunk);
        float[] read =
            HostMemory.copy(logProbabilities(rows, from, to, hooks.only(row, to), chunk));
        System.arraycopy(read, 0, into, from - start, read.length);
      }
    }
  }

  /** The same as an array that gradients flow through, {@code [n]}. */
  NDArray differentiable(NDArray logits) {
    NDManager manager = logits.getManager();
    if (readOut instanceof LastLogits last) {
      long rows = logits.getShape().get(1);
      NDArray row = Slices.range(logits, 1, rows - 1, rows).reshape(-1);
      return last.ids().length == 0 ? row : row.get(manager.create(last.ids()));
    }
    int end = start + targets.length;
    return picked(Slices.range(logits, 1, start, end), start, end);
  }

  private NDArray logProbabilities(NDArray x, int from, int to, Hooks hooks, NDManager chunk) {
    return picked(transformer.logits(x, new int[0], hooks, chunk), from, to);
  }

  /** Logarithm of the probability that each row gives to the token asked for after it. */
  private NDArray picked(NDArray logits, int from, int to) {
    int[] next = Arrays.copyOfRange(targets, from - start, to - start);
    NDManager manager = logits.getManager();
    NDArray index = manager.create(next, new Shape(1, next.length, 1));
    return logits.logSoftmax(-1).gather(index, 2).reshape(-1);
  }
}
