package dev.headlight.analysis.circuit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.HostMemory;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.pairs.TokenPair;
import dev.headlight.analysis.patching.Contrast;
import dev.headlight.analysis.run.GradientRun;
import dev.headlight.analysis.run.HookName;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.PatchSource;
import dev.headlight.analysis.run.Positions;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.run.Site;
import dev.headlight.analysis.run.Tensor;
import dev.headlight.analysis.sweep.Cell;
import dev.headlight.analysis.sweep.Gradients;
import dev.headlight.analysis.sweep.SweepRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Scores every edge by Σ (u_corrupt − u_clean) · ∂m/∂input_v over the positions, mean over the
 * pairs, where u is what the sender writes and each head's queries, keys and values are inputs of
 * their own. The metric m is the logit difference; the score is the estimated effect of corrupting
 * the edge. Two passes a pair give every u, one forward and backward pass a step every gradient.
 * Definitions as in Hanna et al. (2024), whose code is the reference.
 */
public final class EdgeAttribution {
  /** Steps of integrated gradients where nothing else is said. */
  public static final int STEPS = 5;

  /** Bytes that the gradients of some layers may take together, with what the engine records. */
  private static final long CHUNK_BYTES = 768L << 20;

  /** Arrays of a head's input that a backward pass holds, about. */
  private static final int RECORDED = 8;

  private final Model model;
  private final Wiring wiring;
  private final EdgeScores.Method method;
  private final int steps;
  private final float[][] scores;

  private EdgeAttribution(Model model, EdgeScores.Method method, int steps) {
    this.model = model;
    this.method = method;
    this.steps = steps;
    wiring = Wiring.of(CircuitPasses.requireUngrouped(model).spec());
    scores = new float[wiring.receivers()][];
    for (int r = 0; r < scores.length; r++) {
      scores[r] = new float[wiring.reads(r)];
    }
  }

  /**
   * Scores the edges.
   *
   * @param model whose heads share no keys, as {@link Ungrouped} makes it
   * @param pairs each of two prompts of one length
   * @param steps of integrated gradients, 1 or more; not used by {@link EdgeScores.Method#EAP}
   * @throws HeadlightException when the model is no sum of edges, when a pair does not fit or tells
   *     no answers apart, or when a gradient is not a number
   * @throws java.util.concurrent.CancellationException when the progress was cancelled
   */
  public static EdgeScores run(
      Model model, List<TokenPair> pairs, EdgeScores.Method method, int steps, Progress progress) {
    if (steps < 1) {
      throw new HeadlightException(Kind.INPUT, "steps: expected 1 or more, found " + steps);
    }
    int points = method == EdgeScores.Method.EAP ? 1 : steps;
    EdgeAttribution all = new EdgeAttribution(model, method, points);
    Contrast contrast = CircuitPasses.contrast(model, pairs, progress.part(0, 0.05));
    for (int p = 0; p < pairs.size(); p++) {
      double from = 0.05 + 0.95 * p / pairs.size();
      all.pair(pairs.get(p), 1f / pairs.size(), progress.part(from, from + 0.95 / pairs.size()));
    }
    all.requireNumbers();
    return new EdgeScores(all.wiring, method, points, contrast, all.scores);
  }

  private void requireNumbers() {
    for (int r = 0; r < scores.length; r++) {
      for (float score : scores[r]) {
        if (!Float.isFinite(score)) {
          throw new HeadlightException(
              Kind.MODEL,
              "the gradient at the input of "
                  + wiring.receiver(r)
                  + " is not a finite number, so its edges have no scores; patch its values exactly");
        }
      }
    }
  }

  private void pair(TokenPair pair, float weight, Progress progress) {
    int layers = wiring.layers();
    int step = layersAtATime(pair.clean().length);
    try (NDManager scope = model.newScope()) {
      NDArray senders = senders(pair, progress.part(0, 0.1), scope);
      double passes = Math.ceil((double) layers / step) * steps;
      int done = 0;
      for (int from = 0; from < layers; from += step) {
        int to = Math.min(layers, from + step);
        Receivers some = new Receivers(from, to, pair.clean().length);
        for (int k = 0; k < steps; k++, done++) {
          progress.report(0.1 + 0.9 * done / passes, "gradients, step " + (k + 1));
          some.add(gradients(pair, k, some.names(), progress.silent()));
        }
        some.score(senders, weight / steps, scope);
      }
    }
  }

  private int layersAtATime(int length) {
    long layer = (3L * wiring.heads() + 1) * length * model.spec().width() * Float.BYTES * RECORDED;
    return (int) Math.max(1, Math.min(wiring.layers(), CHUNK_BYTES / layer));
  }

  private Map<HookName, GradientRun.Value> gradients(
      TokenPair pair, int k, Set<HookName> names, Progress progress) {
    SweepRequest request =
        new SweepRequest(
                List.of(pair.clean()), List.of(start(pair, k)), TokenPair.logitDiff(List.of(pair)))
            .withPictures(pair.cleanPictures());
    return Gradients.run(model, request, names, progress).get(0).values();
  }

  /** The clean pass, or one that begins with embeddings between the corrupt and the clean ones. */
  private Cell start(TokenPair pair, int k) {
    if (method == EdgeScores.Method.EAP) {
      return Cell.of();
    }
    PatchSource corrupt = PatchSource.Prompt.of(pair.corrupt()).seeing(pair.corruptPictures());
    Site at = Site.RESID_PRE;
    List<Intervention> changes = new ArrayList<>();
    changes.add(new Intervention.Patch(at, 0, Optional.empty(), Positions.ALL, corrupt));
    if (k > 0) {
      double way = (double) k / steps;
      PatchSource clean = PatchSource.Prompt.of(pair.clean()).seeing(pair.cleanPictures());
      changes.add(new Intervention.AddVector(at, 0, Optional.empty(), Positions.ALL, clean, way));
      changes.add(
          new Intervention.AddVector(at, 0, Optional.empty(), Positions.ALL, corrupt, -way));
    }
    return new Cell(changes);
  }

  /** What each sender writes for the corrupt prompt less for the clean one, {@code [T·d, N]}. */
  private NDArray senders(TokenPair pair, Progress progress, NDManager scope) {
    float[] corrupt = written(pair.corruptPrompt(), progress);
    float[] clean = written(pair.cleanPrompt(), progress);
    for (int i = 0; i < corrupt.length; i++) {
      corrupt[i] -= clean[i];
    }
    long size = (long) pair.clean().length * model.spec().width();
    return HostMemory.array(corrupt, new Shape(wiring.senders(), size), scope).transpose();
  }

  private float[] written(RunRequest prompt, Progress progress) {
    ModelSpec spec = model.spec();
    int size = prompt.sequences().get(0).length * spec.width();
    float[] all = new float[Math.multiplyExact(wiring.senders(), size)];
    RunRequest request = prompt.withSites(Site.RESID_PRE, Site.RESULT, Site.MLP_OUT);
    try (Run run = model.run(request, progress).get(0)) {
      put(run.get(HookName.of(Site.RESID_PRE, 0)), all, 0);
      for (int l = 0; l < spec.layers(); l++) {
        put(run.get(HookName.of(Site.RESULT, l)), all, wiring.before(l) * size);
        put(run.get(HookName.of(Site.MLP_OUT, l)), all, (wiring.before(l) + spec.heads()) * size);
      }
    }
    return all;
  }

  /** Adds {@code [T, d]}, or {@code [T, H, d]} head by head, to rows of {@code T·d}. */
  private static void put(Tensor value, float[] into, int at) {
    int slices = value.shape().length == 3 ? value.size(1) : 1;
    int length = value.size(0);
    int width = value.data().length / length / slices;
    for (int t = 0; t < length; t++) {
      for (int s = 0; s < slices; s++) {
        int from = (t * slices + s) * width;
        int to = at + (s * length + t) * width;
        for (int i = 0; i < width; i++) {
          into[to + i] += value.data()[from + i];
        }
      }
    }
  }

  /** Gradients at the inputs of some layers, summed over steps: {@code [R, T·d]}. */
  private final class Receivers {
    private final int from;
    private final int to;
    private final int size;
    private final float[] sums;

    Receivers(int from, int to, int length) {
      this.from = from;
      this.to = to;
      size = length * model.spec().width();
      sums = new float[Math.multiplyExact(count(), size)];
    }

    private int first() {
      return from * (3 * wiring.heads() + 1);
    }

    private int count() {
      int end = to == wiring.layers() ? wiring.receivers() : to * (3 * wiring.heads() + 1);
      return end - first();
    }

    Set<HookName> names() {
      Set<HookName> names = new HashSet<>();
      for (int l = from; l < to; l++) {
        for (Site site : List.of(Site.Q_INPUT, Site.K_INPUT, Site.V_INPUT, Site.MLP_IN)) {
          names.add(HookName.of(site, l));
        }
      }
      if (to == wiring.layers()) {
        names.add(HookName.of(Site.RESID_POST, to - 1));
      }
      return names;
    }

    void add(Map<HookName, GradientRun.Value> run) {
      run.forEach((name, value) -> put(value.gradient(), sums, row(name) * size));
    }

    private int row(HookName name) {
      int heads = wiring.heads();
      int layer = name.layer() * (3 * heads + 1) - first();
      return switch (name.site()) {
        case Q_INPUT -> layer;
        case K_INPUT -> layer + heads;
        case V_INPUT -> layer + 2 * heads;
        case MLP_IN -> layer + 3 * heads;
        default -> count() - 1;
      };
    }

    void score(NDArray senders, float weight, NDManager scope) {
      try (NDManager inner = scope.newSubManager()) {
        NDArray gradients = HostMemory.array(sums, new Shape(count(), size), inner);
        float[] all = HostMemory.copy(gradients.matMul(senders));
        for (int r = 0; r < count(); r++) {
          float[] row = scores[first() + r];
          for (int s = 0; s < row.length; s++) {
            row[s] += weight * all[r * wiring.senders() + s];
          }
        }
      }
    }
  }
}
