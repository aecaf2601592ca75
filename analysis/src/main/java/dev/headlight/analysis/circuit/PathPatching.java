package dev.headlight.analysis.circuit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Hooks;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.PassInput;
import dev.headlight.analysis.pairs.TokenPair;
import dev.headlight.analysis.patching.Contrast;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.sweep.SweepListener;
import java.util.Arrays;
import java.util.List;

/**
 * Path patching (Wang et al. 2023; Goldowsky-Dill et al. 2023): what changes when only some
 * receivers hear that a sender writes what it wrote for the other prompt. A first pass changes the
 * sender, with every other head frozen, and tells what that adds to each receiver's input; a second
 * one adds it there and computes everything else. Where one receiver lies behind another, it hears
 * both ways. With frozen MLPs and all receivers this is activation patching of the sender.
 */
public final class PathPatching {
  private static final long BATCH_BYTES = 128L << 20;
  private static final int MOST_ROWS = 16;

  private final Model model;
  private final PathRequest request;
  private final Wiring wiring;
  private final int[] tokens;
  private final KeptEdges own;
  private final KeptEdges other;

  private PathPatching(Model model, PathRequest request, KeptEdges own, KeptEdges other) {
    this.model = model;
    this.request = request;
    this.own = own;
    this.other = other;
    wiring = Wiring.of(model.spec());
    tokens = request.direction().changed(request.pair());
  }

  /**
   * What was found.
   *
   * @param request what was asked
   * @param contrast what the two prompts say unchanged
   * @param values the logit difference with each sender's paths patched
   */
  public record Result(PathRequest request, Contrast contrast, double[] values) {
    /** Copies the array. */
    public Result {
      values = values.clone();
    }

    /** (patched − corrupt) / (clean − corrupt). */
    public double normalised(int sender) {
      return contrast.normalised(values[sender]);
    }
  }

  /**
   * Patches the paths of every sender.
   *
   * @param model whose heads share no keys, as {@link Ungrouped} makes it
   * @param listener hears the logit difference of each sender as it is done
   * @throws dev.headlight.analysis.HeadlightException when the model is no sum of edges
   * @throws java.util.concurrent.CancellationException when the progress was cancelled
   */
  public static Result run(
      Model model, PathRequest request, SweepListener listener, Progress progress) {
    CircuitPasses.requireUngrouped(model);
    Wiring.of(model.spec());
    Contrast contrast = Contrast.measure(model, request.pair(), progress.part(0, 0.05));
    return model.guarded(
        () -> {
          try (NDManager keeper = model.newScope()) {
            TokenPair pair = request.pair();
            Progress silent = progress.silent();
            KeptEdges own =
                new KeptEdges(model, request.direction().changedPrompt(pair), keeper, silent);
            KeptEdges other =
                new KeptEdges(model, request.direction().sourcePrompt(pair), keeper, silent);
            PathPatching all = new PathPatching(model, request, own, other);
            return new Result(request, contrast, all.values(listener, progress.part(0.05, 1)));
          }
        });
  }

  private double[] values(SweepListener listener, Progress progress) {
    List<Node> senders = request.senders();
    double[] values = new double[senders.size()];
    int step = rows();
    for (int from = 0; from < values.length; from += step) {
      int to = Math.min(values.length, from + step);
      progress.report((double) from / values.length, senders.get(from).toString());
      double[] found = batch(senders.subList(from, to), progress.silent());
      for (int i = 0; i < found.length; i++) {
        values[from + i] = found[i];
        listener.cell(from + i, 0, found[i]);
      }
    }
    return values;
  }

  private int rows() {
    long each = 2L * wiring.layers() * tokens.length * model.spec().width() * Float.BYTES;
    return (int) Math.max(1, Math.min(MOST_ROWS, BATCH_BYTES / each));
  }

  private double[] batch(List<Node> senders, Progress progress) {
    try (NDManager scope = model.newScope()) {
      SenderHooks changed =
          new SenderHooks(wiring, own, other, senders, request, tokens.length, scope);
      pass(senders.size(), changed, progress, scope).close();
      ReceiverHooks heard = new ReceiverHooks(wiring, request.receivers(), changed);
      NDArray x = pass(senders.size(), heard, progress, scope);
      int[] ids = {request.pair().answer()[0], request.pair().wrong()[0]};
      float[][] logits = CircuitPasses.LastRow.logits(model, x, ids, scope);
      return Arrays.stream(logits).mapToDouble(l -> l[0] - (double) l[1]).toArray();
    }
  }

  private NDArray pass(int rows, Hooks hooks, Progress progress, NDManager scope) {
    RunRequest prompt = request.direction().changedPrompt(request.pair());
    PassInput input = CircuitPasses.all(model, prompt, scope, progress).times(rows);
    return model.transformer().stream(input, hooks, progress, scope);
  }
}
