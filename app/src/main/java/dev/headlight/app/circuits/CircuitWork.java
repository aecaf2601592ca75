package dev.headlight.app.circuits;

import dev.headlight.analysis.circuit.Acdc;
import dev.headlight.analysis.circuit.CircuitGraph;
import dev.headlight.analysis.circuit.CircuitPasses;
import dev.headlight.analysis.circuit.DirectLogits;
import dev.headlight.analysis.circuit.EdgeAttribution;
import dev.headlight.analysis.circuit.EdgeScores;
import dev.headlight.analysis.circuit.EdgeVerification;
import dev.headlight.analysis.circuit.Faithfulness;
import dev.headlight.analysis.circuit.LogitLens;
import dev.headlight.analysis.circuit.LogitParts;
import dev.headlight.analysis.circuit.PathPatching;
import dev.headlight.analysis.circuit.PathRequest;
import dev.headlight.analysis.circuit.Repair;
import dev.headlight.analysis.circuit.Ungrouped;
import dev.headlight.analysis.cost.Calibration;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.pairs.TokenPair;
import dev.headlight.analysis.patching.ActivationPatching;
import dev.headlight.analysis.patching.AttributionPatching;
import dev.headlight.analysis.patching.Contrast;
import dev.headlight.analysis.patching.PatchMap;
import dev.headlight.analysis.patching.PatchRequest;
import dev.headlight.analysis.patching.Verification;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.sweep.SweepCost;
import dev.headlight.analysis.sweep.SweepListener;
import dev.headlight.app.engine.ModelQuestion;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * The questions of a circuits pane to one model. It remembers how far an exact map is, so that
 * asking again goes on. Questions are made on any thread and answered on the model's, where
 * listeners hear too.
 */
public final class CircuitWork {
  private static final int NEXT = 5;

  private final Contrasts contrasts;
  private Calibration calibration;
  private PatchRequest begun;
  private ActivationPatching patching;

  /** Of a model of which nothing is known. */
  public CircuitWork() {
    this(new Contrasts());
  }

  /** Of the same model as another one: what that has learned of its pair is known. */
  public CircuitWork(CircuitWork other) {
    this(other.contrasts);
  }

  private CircuitWork(Contrasts contrasts) {
    this.contrasts = contrasts;
  }

  /** What the prompts of the pair at hand say: two passes that every map needs. */
  private static final class Contrasts {
    private TokenPair pair;
    private Contrast contrast;

    Contrast of(Model model, TokenPair asked, Progress progress) {
      if (!asked.equals(pair)) {
        contrast = Contrast.measure(model, asked, progress);
        pair = asked;
      }
      return contrast;
    }
  }

  /** Hears what a map is about before its first cell is there. */
  @FunctionalInterface
  public interface Beginning {
    /** A map with no cell yet. */
    void map(PatchMap empty);
  }

  /**
   * An exact map; one that was cancelled goes on where it ended.
   *
   * @param beginning hears of the cells and the scale
   * @param listener hears each cell's patched metric
   */
  public ModelQuestion<PatchMap> exact(
      PatchRequest request, Beginning beginning, SweepListener listener) {
    return (model, progress) -> {
      if (!request.equals(begun)) {
        Contrast known = contrasts.of(model, request.pair(), progress.part(0, 0.05));
        patching = ActivationPatching.of(model, request, known);
        begun = request;
      }
      beginning.map(patching.map());
      return patching.run(listener, progress.part(0.05, 1));
    };
  }

  /** A first-order map. */
  public ModelQuestion<PatchMap> estimated(PatchRequest request) {
    return (model, progress) -> AttributionPatching.run(model, request, progress);
  }

  /** The strongest cells of a first-order map, by passes. */
  public ModelQuestion<Verification> verified(PatchMap map, int count, SweepListener listener) {
    return (model, progress) -> Verification.of(model, map, count, listener, progress);
  }

  /** What an exact map will take, for people; the map itself begins sooner then. */
  public ModelQuestion<String> cost(PatchRequest request) {
    return (model, progress) -> {
      contrasts.of(model, request.pair(), progress.silent());
      if (calibration == null) {
        calibration = Calibration.measure(model, progress.silent());
      }
      var sweep = ActivationPatching.sweep(request, request.cells(model.spec()));
      return SweepCost.of(model, sweep, calibration, progress).text();
    };
  }

  /** Hears what paths are about before the first sender is done. */
  @FunctionalInterface
  public interface PathBeginning {
    /** Senders with no value yet. */
    void paths(PathPatching.Result empty);
  }

  /** What some receivers hear of each sender. */
  public ModelQuestion<PathPatching.Result> paths(
      PathRequest request, PathBeginning beginning, SweepListener listener) {
    return (model, progress) -> {
      Contrast contrast = contrasts.of(model, request.pair(), progress.part(0, 0.05));
      double[] none = new double[request.senders().size()];
      Arrays.fill(none, Double.NaN);
      beginning.paths(new PathPatching.Result(request, contrast, none));
      try (Ungrouped ungrouped = Ungrouped.of(model)) {
        return PathPatching.run(ungrouped.model(), request, listener, progress.part(0.05, 1));
      }
    };
  }

  /** Every edge's score. */
  public ModelQuestion<EdgeScores> edges(
      List<TokenPair> pairs, EdgeScores.Method method, int steps) {
    return (model, progress) -> {
      try (Ungrouped ungrouped = Ungrouped.of(model)) {
        return EdgeAttribution.run(ungrouped.model(), pairs, method, steps, progress);
      }
    };
  }

  /** How faithful circuits of growing size are. */
  public ModelQuestion<Faithfulness> curve(
      List<TokenPair> pairs,
      EdgeScores scores,
      CircuitGraph.Selection selection,
      List<Integer> sizes,
      Faithfulness.Listener listener) {
    return onPasses(
        pairs,
        (passes, progress) ->
            Faithfulness.curve(passes, scores, selection, sizes, listener, progress));
  }

  /** How faithful one circuit is. */
  public ModelQuestion<Faithfulness.Point> faithfulness(
      List<TokenPair> pairs, CircuitGraph circuit) {
    return onPasses(pairs, (passes, progress) -> Faithfulness.of(passes, circuit, progress));
  }

  /** What ACDC leaves of a circuit. */
  public ModelQuestion<Acdc.Result> pruned(
      List<TokenPair> pairs, CircuitGraph circuit, double tau) {
    return onPasses(pairs, (passes, progress) -> Acdc.prune(passes, circuit, tau, progress));
  }

  /** The strongest edges of a circuit, by passes. */
  public ModelQuestion<EdgeVerification> verified(
      List<TokenPair> pairs, CircuitGraph circuit, int count) {
    return onPasses(
        pairs, (passes, progress) -> EdgeVerification.of(passes, circuit, count, progress));
  }

  private static <T> ModelQuestion<T> onPasses(
      List<TokenPair> pairs, BiFunction<CircuitPasses, Progress, T> question) {
    return (model, progress) -> {
      try (Ungrouped ungrouped = Ungrouped.of(model);
          CircuitPasses passes =
              new CircuitPasses(ungrouped.model(), pairs, progress.part(0, 0.1))) {
        return question.apply(passes, progress.part(0.1, 1));
      }
    };
  }

  /** What each clean prompt answers with its changes in force. */
  public ModelQuestion<Repair> repair(List<TokenPair> pairs, List<List<Intervention>> changes) {
    return (model, progress) -> Repair.of(model, pairs, changes, progress);
  }

  /** What each part adds to the clean prompt's logits. */
  public ModelQuestion<LogitParts> direct(TokenPair pair) {
    return (model, progress) ->
        DirectLogits.of(model, pair.cleanPrompt(), pair.answer()[0], pair.wrong()[0], progress);
  }

  /** What each layer's stream says after the clean prompt. */
  public ModelQuestion<LogitLens> lens(TokenPair pair) {
    return (model, progress) ->
        LogitLens.of(model, pair.cleanPrompt(), pair.answer()[0], pair.wrong()[0], NEXT, progress);
  }

  /**
   * Direct logits and the lens, read together.
   *
   * @param labels of the lens's tokens, by id
   */
  public record Direct(LogitParts parts, LogitLens lens, Map<Integer, String> labels) {}

  /** What each part adds, and what each layer says. */
  public ModelQuestion<Direct> read(TokenPair pair) {
    return (model, progress) -> {
      LogitParts parts = direct(pair).ask(model, progress.part(0, 0.5));
      LogitLens lens = lens(pair).ask(model, progress.part(0.5, 1));
      Map<Integer, String> labels = new TreeMap<>();
      lens.layers().stream()
          .flatMap(l -> l.next().stream())
          .forEach(
              c ->
                  labels.put(
                      c.id(),
                      model
                          .tokenizer()
                          .map(t -> t.label(c.id()))
                          .orElse(Integer.toString(c.id()))));
      return new Direct(parts, lens, labels);
    };
  }
}
