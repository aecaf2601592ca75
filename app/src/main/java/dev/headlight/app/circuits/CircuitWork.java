package dev.headlight.app.circuits;

import dev.headlight.analysis.circuit.CircuitGraph;
import dev.headlight.analysis.circuit.CircuitPasses;
import dev.headlight.analysis.circuit.DirectLogits;
import dev.headlight.analysis.circuit.EdgeAttribution;
import dev.headlight.analysis.circuit.EdgeScores;
import dev.headlight.analysis.circuit.Faithfulness;
import dev.headlight.analysis.circuit.LogitLens;
import dev.headlight.analysis.circuit.LogitParts;
import dev.headlight.analysis.circuit.PathPatching;
import dev.headlight.analysis.circuit.PathRequest;
import dev.headlight.analysis.circuit.Ungrouped;
import dev.headlight.analysis.cost.Calibration;
import dev.headlight.analysis.io.CircuitFiles;
import dev.headlight.analysis.io.PatchTables;
import dev.headlight.analysis.io.Provenance;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.pairs.TokenPair;
import dev.headlight.analysis.patching.ActivationPatching;
import dev.headlight.analysis.patching.AttributionPatching;
import dev.headlight.analysis.patching.PatchMap;
import dev.headlight.analysis.patching.PatchRequest;
import dev.headlight.analysis.patching.Verification;
import dev.headlight.analysis.sweep.SweepCost;
import dev.headlight.analysis.sweep.SweepListener;
import dev.headlight.app.engine.ModelQuestion;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The questions of a circuits pane to one model. It remembers how far an exact map is, so that
 * asking again goes on. Questions are made on any thread and answered on the model's, where
 * listeners hear too.
 */
public final class CircuitWork {
  private static final int NEXT = 5;

  private Calibration calibration;
  private PatchRequest begun;
  private ActivationPatching patching;

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
        patching = ActivationPatching.of(model, request, progress.part(0, 0.05));
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

  /** What an exact map will take, for people. */
  public ModelQuestion<String> cost(PatchRequest request) {
    return (model, progress) -> {
      if (calibration == null) {
        calibration = Calibration.measure(model, progress.silent());
      }
      var sweep = ActivationPatching.sweep(request, request.cells(model.spec()));
      return SweepCost.of(model, sweep, calibration, progress).text();
    };
  }

  /** What some receivers hear of each sender. */
  public ModelQuestion<PathPatching.Result> paths(PathRequest request, SweepListener listener) {
    return (model, progress) -> {
      try (Ungrouped ungrouped = Ungrouped.of(model)) {
        return PathPatching.run(ungrouped.model(), request, listener, progress);
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
    return (model, progress) -> {
      try (Ungrouped ungrouped = Ungrouped.of(model);
          CircuitPasses passes =
              new CircuitPasses(ungrouped.model(), pairs, progress.part(0, 0.1))) {
        return Faithfulness.curve(
            passes, scores, selection, sizes, listener, progress.part(0.1, 1));
      }
    };
  }

  /** How faithful one circuit is. */
  public ModelQuestion<Faithfulness.Point> faithfulness(
      List<TokenPair> pairs, CircuitGraph circuit) {
    return (model, progress) -> {
      try (Ungrouped ungrouped = Ungrouped.of(model);
          CircuitPasses passes =
              new CircuitPasses(ungrouped.model(), pairs, progress.part(0, 0.5))) {
        return Faithfulness.of(passes, circuit, progress.part(0.5, 1));
      }
    };
  }

  /** What each part adds to the clean prompt's logits. */
  public ModelQuestion<LogitParts> direct(TokenPair pair) {
    return (model, progress) ->
        DirectLogits.of(model, pair.clean(), pair.answer()[0], pair.wrong()[0], progress);
  }

  /** What each layer's stream says after the clean prompt. */
  public ModelQuestion<LogitLens> lens(TokenPair pair) {
    return (model, progress) ->
        LogitLens.of(model, pair.clean(), pair.answer()[0], pair.wrong()[0], NEXT, progress);
  }

  /** Direct logits and the lens, read together. */
  public record Direct(LogitParts parts, LogitLens lens) {}

  /** What each part adds, and what each layer says. */
  public ModelQuestion<Direct> read(TokenPair pair) {
    return (model, progress) ->
        new Direct(
            direct(pair).ask(model, progress.part(0, 0.5)),
            lens(pair).ask(model, progress.part(0.5, 1)));
  }

  /** Writes a map's cells as CSV; the answer is the file. */
  public static ModelQuestion<Path> table(Path file, PatchMap map) {
    return (model, progress) -> {
      PatchTables.write(
          file,
          PatchTables.rows(
              map, id -> model.tokenizer().map(t -> t.label(id)).orElse(Integer.toString(id))));
      return file;
    };
  }

  /** Writes a circuit in the form of the file's ending; the answer is the file. */
  public static ModelQuestion<Path> graph(
      Path file, CircuitGraph circuit, EdgeScores scores, List<TokenPair> pairs) {
    return (model, progress) -> {
      progress.report(Double.NaN, "reading the weights for their checksum");
      CircuitFiles.write(file, circuit, provenance(model, scores, pairs));
      return file;
    };
  }

  /** Where a circuit came from. */
  public static Provenance provenance(Model model, EdgeScores scores, List<TokenPair> pairs) {
    List<int[]> prompts = pairs.stream().flatMap(p -> Stream.of(p.clean(), p.corrupt())).toList();
    return Provenance.of(model.name(), model.checkpoint().sha256(), prompts, model.device())
        .with("method", scores.method().toString())
        .with("steps", Integer.toString(scores.steps()))
        .with("clean", Double.toString(scores.contrast().clean()))
        .with("corrupt", Double.toString(scores.contrast().corrupt()));
  }
}
