package dev.headlight.analysis.roles;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.scores.ScoreJob;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Measures {@link RoleScores#RULE}: which heads look from tokens that one regular expression
 * matches to tokens that another matches.
 *
 * @param rule the two expressions
 * @param prompts where such tokens are looked for
 */
public record RuleJob(TokenRule rule, Prompts prompts) implements ScoreJob {
  static final String ID = "rule";
  static final String LIFT = "ruleLift";

  private static final BitSet NONE = new BitSet();

  @Override
  public String title() {
    return "Heads that look " + rule;
  }

  @Override
  public List<String> scores() {
    return List.of(ID, LIFT);
  }

  @Override
  public Result measure(Model model, Progress progress) {
    int count = prompts.sequences().size();
    CellTables tables = new CellTables(model.spec());
    int queries = 0;
    int keys = 0;
    for (int s = 0; s < count; s++) {
      int[] ids = prompts.sequences().get(s);
      List<String> texts = TokenRule.texts(model, ids);
      BitSet from = TokenRule.matches(rule.query(), texts);
      BitSet to = TokenRule.matches(rule.key(), texts);
      queries += from.cardinality();
      keys += to.cardinality();
      if (!from.isEmpty() && !to.isEmpty()) {
        Progress part = progress.part((double) s / count, (s + 1.0) / count);
        MarkedCells cells =
            Passes.read(model, prompts.request().only(s), 0, q -> from.get(q) ? to : NONE, part);
        tables.add(cells, ratio(cells.mass(), cells.uniform()));
      }
    }
    if (tables.empty()) {
      throw nothing(queries, keys);
    }
    String conditions =
        "%s, %d queries, %d keys, on %s; uniform attention gives %s"
            .formatted(rule, queries, keys, prompts.name(), tables.uniform());
    return new Result(
        Map.of(ID, tables.mass(), LIFT, tables.other()), conditions, arguments(), Map.of());
  }

  private static double[] ratio(double[] mass, double[] uniform) {
    double[] ratio = new double[mass.length];
    Arrays.setAll(ratio, i -> mass[i] / uniform[i]);
    return ratio;
  }

  private HeadlightException nothing(int queries, int keys) {
    return new HeadlightException(
        Kind.INPUT,
        "no query that /%s/ matches sees a key that /%s/ matches in %s: %d queries and %d keys match; change an expression or the prompts"
            .formatted(rule.query(), rule.key(), prompts.name(), queries, keys));
  }

  private List<String> arguments() {
    return Stream.concat(
            Stream.of("--query-token=" + rule.query(), "--key-token=" + rule.key()),
            prompts.arguments().stream())
        .toList();
  }
}
