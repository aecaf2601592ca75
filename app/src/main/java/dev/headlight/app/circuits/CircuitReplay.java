package dev.headlight.app.circuits;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.headlight.analysis.circuit.CircuitGraph;
import dev.headlight.analysis.circuit.EdgeScores;
import dev.headlight.analysis.circuit.Faithfulness;
import dev.headlight.analysis.circuit.HeadTokens;
import dev.headlight.analysis.circuit.PathPatching;
import dev.headlight.analysis.circuit.PathRequest;
import dev.headlight.analysis.image.Pixels;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.pairs.TokenPair;
import dev.headlight.analysis.patching.PatchMap;
import dev.headlight.analysis.patching.PatchRequest;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.sweep.SweepListener;
import dev.headlight.app.engine.ModelAsker;
import java.util.List;
import java.util.Optional;

/** Finds again what a circuits pane had found: every question that has an answer, once more. */
public final class CircuitReplay {
  private final CircuitState held;
  private final CircuitState now = new CircuitState(() -> {});
  private final CircuitWork work = new CircuitWork();
  private final ModelAsker asker;
  private final TokenPair pair;

  private CircuitReplay(CircuitState held, ModelAsker asker) {
    this.held = held;
    this.asker = asker;
    this.pair = held.pair().orElseThrow();
    now.pair(pair);
  }

  /**
   * Asks all again.
   *
   * @param document what {@link CircuitJson#write} told
   * @param pictures of a clean and a corrupt prompt, where pairs show some; may be empty
   * @return the document as it is now; empty where the model has no such circuit
   */
  public static Optional<JsonObject> run(
      JsonElement document, ModelSpec spec, List<Pixels> pictures, ModelAsker asker) {
    CircuitState held = new CircuitState(() -> {});
    Optional<TokenPair> pair = CircuitJson.pair(document, spec, pictures);
    if (pair.isEmpty()) {
      return Optional.empty();
    }
    held.pair(pair.get());
    CircuitJson.restore(document, spec, held);
    CircuitReplay replay = new CircuitReplay(held, asker);
    replay.maps();
    replay.edges();
    replay.paths(spec);
    replay.logits();
    replay.weights();
    replay.repair();
    return CircuitJson.write(replay.now);
  }

  private void maps() {
    map(held.stream(), now.stream());
    map(held.heads(), now.heads());
    held.verification()
        .ifPresent(
            v -> {
              PatchMap heads = now.heads().map().orElseThrow();
              now.verified(asker.ask(work.verified(heads, v.rows().size(), SweepListener.NONE)));
            });
  }

  private void map(PatchView from, PatchView to) {
    now.choose(to, from.choice());
    from.map()
        .ifPresent(
            map -> {
              PatchRequest request = from.choice().request(pair);
              boolean exact = map.method() == PatchMap.Method.EXACT;
              PatchMap again =
                  asker.ask(
                      exact
                          ? work.exact(request, m -> {}, SweepListener.NONE)
                          : work.estimated(request));
              double[] values = asFarAs(map.values(), again.values());
              now.found(
                  to, new PatchMap(request, map.method(), again.contrast(), again.cells(), values));
            });
  }

  /** What was stopped holds no more than it did. */
  private static double[] asFarAs(double[] held, double[] whole) {
    double[] values = whole.clone();
    for (int c = 0; c < values.length; c++) {
      values[c] = Double.isNaN(held[c]) ? Double.NaN : values[c];
    }
    return values;
  }

  private void edges() {
    EdgeState from = held.edges();
    now.edges().choose(from.choice());
    from.scores()
        .ifPresent(
            s -> {
              List<TokenPair> over = from.over();
              EdgeScores scores = asker.ask(work.edges(over, s.method(), s.steps()));
              now.edges().scored(scores, over);
              circuit(over, scores);
            });
  }

  private void circuit(List<TokenPair> over, EdgeScores scores) {
    EdgeState from = held.edges();
    List<Integer> sizes = from.curve().stream().map(Faithfulness.Point::asked).toList();
    if (!sizes.isEmpty()) {
      CircuitGraph.Selection selection = from.choice().selection();
      asker.ask(work.curve(over, scores, selection, sizes, now.edges()::point));
    }
    if (from.pruned().isPresent()) {
      CircuitGraph whole = now.edges().circuit().orElseThrow();
      now.edges().pruned(whole, asker.ask(work.pruned(over, whole, from.choice().tau())));
    }
    CircuitGraph circuit = now.edges().circuit().orElseThrow();
    from.here()
        .ifPresent(p -> now.edges().measured(circuit, asker.ask(work.faithfulness(over, circuit))));
    from.verification()
        .ifPresent(
            v ->
                now.edges()
                    .verified(circuit, asker.ask(work.verified(over, circuit, v.rows().size()))));
  }

  private void paths(ModelSpec spec) {
    now.paths().choose(held.paths().choice());
    if (held.paths().result().isPresent()) {
      PathRequest request = held.paths().choice().request(pair, spec);
      PathPatching.Result again = asker.ask(work.paths(request, r -> {}, SweepListener.NONE));
      double[] values = asFarAs(held.paths().result().get().values(), again.values());
      now.paths().found(new PathPatching.Result(request, again.contrast(), values));
    }
  }

  private void logits() {
    if (held.direct().isPresent()) {
      CircuitWork.Direct direct = asker.ask(work.read(pair));
      now.read(direct.parts(), direct.lens(), direct.labels());
    }
  }

  private void weights() {
    HeadTokens.Circuit circuit = held.weights().circuit();
    now.weights().choose(circuit);
    held.weights()
        .map()
        .ifPresent(m -> now.weights().found(asker.ask(WeightWork.map(m.head(), circuit, m.ids()))));
    held.weights()
        .pairs()
        .ifPresent(
            p -> {
              Head head = p.head();
              now.weights().found(asker.ask(WeightWork.pairs(head, circuit, p.rows().size())));
            });
  }

  private void repair() {
    held.reuse().other().ifPresent(o -> now.reuse().against(o, held.reuse().name()));
    held.reuse()
        .repair()
        .ifPresent(
            r -> {
              List<TokenPair> over = held.reuse().over();
              now.reuse().repaired(asker.ask(work.repair(over, r.changes())), over);
            });
  }
}
