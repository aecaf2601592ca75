package dev.headlight.analysis.circuit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.attention.Slices;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Hooks;
import dev.headlight.analysis.model.HostMemory;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.PassInput;
import dev.headlight.analysis.pairs.TokenPair;
import dev.headlight.analysis.patching.Contrast;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.sweep.Metric;
import dev.headlight.analysis.sweep.ReadOut;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Passes in which only a circuit is clean: along every other edge a receiver reads what the sender
 * wrote for the corrupt prompt. With all edges it is the clean pass, with none the corrupt one. The
 * corrupt passes are computed once and kept until {@link #close()}.
 */
public final class CircuitPasses implements AutoCloseable {
  /** Bytes that the senders' changes of a batch may take. */
  private static final long BATCH_BYTES = 128L << 20;

  private static final int MOST_ROWS = 16;

  private final Model model;
  private final Wiring wiring;
  private final List<TokenPair> pairs;
  private final List<KeptEdges> corrupt = new ArrayList<>();
  private final NDManager keeper;
  private final Contrast contrast;

  /**
   * Runs the corrupt prompts.
   *
   * @param model whose heads share no keys, as {@link Ungrouped} makes it
   * @param pairs each of two prompts of one length
   * @throws HeadlightException when the model is no sum of edges, or a pair does not fit
   */
  public CircuitPasses(Model model, List<TokenPair> pairs, Progress progress) {
    this.model = model;
    this.pairs = List.copyOf(pairs);
    wiring = Wiring.of(requireUngrouped(model).spec());
    contrast = contrast(model, pairs, progress.part(0, 0.5));
    keeper = model.newScope();
    try {
      for (TokenPair pair : pairs) {
        corrupt.add(new KeptEdges(model, pair.corruptPrompt(), keeper, progress.part(0.5, 1)));
      }
    } catch (RuntimeException | Error e) {
      keeper.close();
      throw e;
    }
  }

  static Model requireUngrouped(Model model) {
    if (model.spec().kvHeads() != model.spec().heads()) {
      throw new IllegalArgumentException("edges end at single heads; ungroup the model first");
    }
    return model;
  }

  /** Mean logit differences of some pairs, which must be aligned and tell the answers apart. */
  static Contrast contrast(Model model, List<TokenPair> pairs, Progress progress) {
    double clean = 0;
    double corrupt = 0;
    for (TokenPair pair : pairs) {
      if (!pair.aligned()) {
        throw new HeadlightException(
            Kind.INPUT,
            "the clean prompt has %d tokens and the corrupt one %d; edges carry values position by position, so both need the same number: change words until they agree"
                .formatted(pair.clean().length, pair.corrupt().length));
      }
      Contrast one = Contrast.measure(model, pair, progress);
      clean += one.clean() / pairs.size();
      corrupt += one.corrupt() / pairs.size();
    }
    Contrast mean = new Contrast(clean, corrupt);
    mean.requireDistinct();
    return mean;
  }

  /** All edges of the model. */
  public Wiring wiring() {
    return wiring;
  }

  /** Mean logit differences of the clean and the corrupt prompts. */
  public Contrast contrast() {
    return contrast;
  }

  /**
   * The mean logit difference that each circuit leaves.
   *
   * @throws java.util.concurrent.CancellationException when the progress was cancelled
   */
  public double[] logitDiffs(List<CircuitGraph> circuits, Progress progress) {
    return metric(circuits, TokenPair.logitDiff(pairs), progress);
  }

  /**
   * The mean logit difference of the whole model with one edge corrupted, for each edge.
   *
   * @throws java.util.concurrent.CancellationException when the progress was cancelled
   */
  public double[] without(List<Edge> edges, Progress progress) {
    List<boolean[][]> kept =
        edges.stream()
            .map(
                edge -> {
                  boolean[][] all = all();
                  all[wiring.receiver(edge.to())][wiring.sender(edge.from())] = false;
                  return all;
                })
            .toList();
    return measured(kept, TokenPair.logitDiff(pairs), progress);
  }

  /**
   * A metric of the token after the last position, mean over the pairs, for each circuit.
   *
   * @param metric that reads logits of the last position; its unchanged pass is the clean one
   */
  double[] metric(List<CircuitGraph> circuits, Metric metric, Progress progress) {
    return measured(circuits.stream().map(this::kept).toList(), metric, progress);
  }

  private double[] measured(List<boolean[][]> circuits, Metric metric, Progress progress) {
    double[] sums = new double[circuits.size()];
    for (int p = 0; p < pairs.size(); p++) {
      double from = (double) p / pairs.size();
      one(p, circuits, metric, sums, progress.part(from, from + 1.0 / pairs.size()));
    }
    return Arrays.stream(sums).map(s -> s / pairs.size()).toArray();
  }

  private void one(
      int p, List<boolean[][]> circuits, Metric metric, double[] sums, Progress progress) {
    int[] ids = ((ReadOut.LastLogits) metric.reads(p)).ids();
    // Only a distribution is held against the clean one.
    float[] clean =
        ids.length == 0
            ? read(p, Collections.singletonList(all()), ids, progress)[0]
            : new float[0];
    int step = rows(pairs.get(p).clean().length);
    for (int from = 0; from < circuits.size(); from += step) {
      progress.report((double) from / circuits.size(), "circuit " + from);
      progress.check();
      int to = Math.min(circuits.size(), from + step);
      float[][] found = read(p, circuits.subList(from, to), ids, progress);
      for (int i = 0; i < found.length; i++) {
        sums[from + i] += metric.value(p, clean, found[i]);
      }
    }
  }

  private int rows(int length) {
    long each = (long) wiring.senders() * length * model.spec().width() * Float.BYTES;
    return (int) Math.max(1, Math.min(MOST_ROWS, BATCH_BYTES / each));
  }

  private boolean[][] all() {
    boolean[][] all = new boolean[wiring.receivers()][];
    for (int r = 0; r < all.length; r++) {
      all[r] = new boolean[wiring.reads(r)];
      Arrays.fill(all[r], true);
    }
    return all;
  }

  private boolean[][] kept(CircuitGraph circuit) {
    boolean[][] kept = new boolean[wiring.receivers()][];
    Arrays.setAll(kept, r -> new boolean[wiring.reads(r)]);
    for (Edge edge : circuit.edges()) {
      kept[wiring.receiver(edge.to())][wiring.sender(edge.from())] = true;
    }
    return kept;
  }

  /** Logits after the last position of one batch, {@code [B][ids]}. */
  private float[][] read(int p, List<boolean[][]> kept, int[] ids, Progress progress) {
    int[] tokens = pairs.get(p).clean();
    return model.guarded(
        () -> {
          try (NDManager scope = model.newScope()) {
            EdgeHooks hooks =
                new EdgeHooks(
                    wiring, corrupt.get(p), kept, tokens.length, model.spec().width(), scope);
            PassInput input =
                all(model, pairs.get(p).cleanPrompt(), scope, progress).times(kept.size());
            NDArray x = model.transformer().stream(input, hooks, progress.silent(), scope);
            return LastRow.logits(model, x, ids, scope);
          }
        });
  }

  /** A whole pass over one prompt with its pictures. */
  static PassInput all(Model model, RunRequest prompt, NDManager scope, Progress progress) {
    return model.runner().read(prompt, 0, Integer.MAX_VALUE, scope, progress.silent());
  }

  /** Frees the kept passes. */
  @Override
  public void close() {
    keeper.close();
  }

  /** Reading the last position of a batch. */
  static final class LastRow {
    private LastRow() {}

    /**
     * Logits of the last position, {@code [B][ids]}; of every id when there are none.
     *
     * @param x what leaves the last block, {@code [B, T, d]}
     */
    static float[][] logits(Model model, NDArray x, int[] ids, NDManager scope) {
      long rows = x.getShape().get(1);
      int batch = (int) x.getShape().get(0);
      NDArray last = Slices.range(x, 1, rows - 1, rows).get(":");
      NDArray logits = model.transformer().logits(last, ids, Hooks.NONE, scope);
      float[] flat = HostMemory.copy(logits);
      int width = flat.length / batch;
      float[][] all = new float[batch][];
      Arrays.setAll(all, b -> Arrays.copyOfRange(flat, b * width, (b + 1) * width));
      return all;
    }
  }
}
