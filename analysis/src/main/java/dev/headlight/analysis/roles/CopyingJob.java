package dev.headlight.analysis.roles;

import dev.headlight.analysis.circuit.HeadWeights;
import dev.headlight.analysis.circuit.TokenMap;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.scores.HeadTable;
import dev.headlight.analysis.scores.HeadTableBuilder;
import dev.headlight.analysis.scores.ScoreJob;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Computes {@link RoleScores#COPYING} and {@link RoleScores#COPYING_TOKENS} of every head from the
 * weights alone; no pass is run.
 */
public record CopyingJob() implements ScoreJob {
  static final String ID = "copying";
  static final String TOKENS = "copyingTokens";

  @Override
  public String title() {
    return "Copying, from the weights";
  }

  @Override
  public boolean brief() {
    return true;
  }

  @Override
  public List<String> scores() {
    return List.of(ID, TOKENS);
  }

  @Override
  public Result measure(Model model, Progress progress) {
    ModelSpec spec = model.spec();
    Optional<TokenMap> tokens = TokenMap.of(model);
    double[] copying = new double[spec.layers() * spec.heads()];
    double[] fromTokens = new double[copying.length];
    Arrays.fill(fromTokens, Double.NaN);
    try {
      for (int layer = 0; layer < spec.layers(); layer++) {
        progress.check();
        progress.report((double) layer / spec.layers(), "weights of layer " + layer);
        int at = layer * spec.heads();
        put(HeadWeights.copying(model, layer), copying, at);
        if (tokens.isPresent()) {
          put(HeadWeights.copying(model, layer, tokens.get()), fromTokens, at);
        }
      }
      return new Result(
          Map.of(ID, table(spec, copying), TOKENS, table(spec, fromTokens)),
          conditions(spec, tokens),
          List.of(),
          Map.of());
    } finally {
      tokens.ifPresent(TokenMap::close);
    }
  }

  private static void put(double[] heads, double[] all, int at) {
    System.arraycopy(heads, 0, all, at, heads.length);
  }

  private static HeadTable table(ModelSpec spec, double[] values) {
    HeadTableBuilder table = new HeadTableBuilder(spec.layers(), spec.heads());
    table.add(values);
    return table.build();
  }

  private static String conditions(ModelSpec spec, Optional<TokenMap> tokens) {
    String of =
        tokens
            .map(t -> t.tokens() < spec.vocab() ? t.tokens() + " of " + spec.vocab() : "all")
            .map(count -> "token to token over " + count + " tokens")
            .orElse("no table of tokens, so not from token to token");
    return "weights alone, without biases; " + of;
  }
}
