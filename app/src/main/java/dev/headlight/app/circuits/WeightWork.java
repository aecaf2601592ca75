package dev.headlight.app.circuits;

import dev.headlight.analysis.circuit.HeadTokens;
import dev.headlight.analysis.circuit.HeadWeights;
import dev.headlight.analysis.circuit.TokenMap;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.Head;
import dev.headlight.app.engine.ModelQuestion;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The questions of a circuits pane to the weights of a head. */
public final class WeightWork {
  private WeightWork() {}

  /** The map between some tokens, each taken once, with the copying scores. */
  public static ModelQuestion<WeightMap> map(Head head, HeadTokens.Circuit circuit, int[] tokens) {
    int[] ids = Arrays.stream(tokens).distinct().toArray();
    return (model, progress) -> {
      double[][] values = HeadTokens.map(model, head, circuit, ids);
      double copying = HeadWeights.circuit(model, head).copying();
      try (Closing map = new Closing(TokenMap.of(model))) {
        double tokenCopying =
            map.map()
                .map(m -> HeadWeights.copying(model, head.layer(), m)[head.head()])
                .orElse(Double.NaN);
        List<String> labels = Arrays.stream(ids).mapToObj(id -> label(model, id)).toList();
        int count = map.map().map(TokenMap::tokens).orElse(0);
        return new WeightMap(head, circuit, ids, labels, values, copying, tokenCopying, count);
      }
    };
  }

  /** Frees a map where there is one. */
  private record Closing(Optional<TokenMap> map) implements AutoCloseable {
    @Override
    public void close() {
      map.ifPresent(TokenMap::close);
    }
  }

  private static String label(Model model, int id) {
    return model.tokenizer().map(t -> t.label(id)).orElse(Integer.toString(id));
  }

  /** The largest values between all tokens of the vocabulary. */
  public static ModelQuestion<WeightPairs> pairs(Head head, HeadTokens.Circuit circuit, int count) {
    return (model, progress) -> pairs(model, head, circuit, count, progress);
  }

  private static WeightPairs pairs(
      Model model, Head head, HeadTokens.Circuit circuit, int count, Progress progress) {
    List<WeightPairs.Row> rows =
        HeadTokens.top(model, head, circuit, count, progress).stream()
            .map(
                p ->
                    new WeightPairs.Row(label(model, p.row()), label(model, p.column()), p.value()))
            .toList();
    return new WeightPairs(head, circuit, rows);
  }
}
