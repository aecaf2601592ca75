package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.roles.DrawnPattern;
import dev.headlight.analysis.roles.PatternJob;
import dev.headlight.analysis.roles.Prompts;
import dev.headlight.analysis.roles.RoleScores;
import dev.headlight.analysis.roles.RuleJob;
import dev.headlight.analysis.roles.TokenRule;
import dev.headlight.analysis.scores.HeadScore;
import dev.headlight.analysis.scores.ScoreJob;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** Heads that are looked for: by a rule about tokens, or by a drawing. */
final class ScoreQuestions {
  private static final Set<HeadScore> RULE = Set.of(RoleScores.RULE, RoleScores.RULE_LIFT);
  private static final Set<HeadScore> PATTERN = Set.of(RoleScores.PATTERN, RoleScores.PATTERN_MASS);

  @Option(
      names = "--query-token",
      paramLabel = "REGEX",
      description = "For rule: tokens that attend; with --key-token.")
  private String query;

  @Option(
      names = "--key-token",
      paramLabel = "REGEX",
      description = "For rule: tokens that are attended to; with --query-token.")
  private String key;

  @Option(
      names = "--pattern",
      paramLabel = "ROWS",
      description =
          "For pattern: a small map as rows from the top, # marked, . not, such as ./#./.#./..#.")
  private String pattern;

  @Option(names = "--hide-sink", description = "For pattern: leave the first key out.")
  private boolean hideSink;

  /** The scores that the options ask for, whether they are named or not. */
  List<HeadScore> implied() {
    List<HeadScore> implied = new ArrayList<>();
    if (query != null || key != null) {
      implied.add(RoleScores.RULE);
      implied.add(RoleScores.RULE_LIFT);
    }
    if (pattern != null) {
      implied.add(RoleScores.PATTERN);
      implied.add(RoleScores.PATTERN_MASS);
    }
    return implied;
  }

  /** Checks what can be checked before a model is opened. */
  void check(List<HeadScore> asked) {
    boolean rule = asked.stream().anyMatch(RULE::contains);
    if (rule && (query == null || key == null)) {
      throw new HeadlightException(
          Kind.INPUT, "--kinds: rule needs both --query-token and --key-token.");
    }
    if (asked.stream().anyMatch(PATTERN::contains) && pattern == null) {
      throw new HeadlightException(Kind.INPUT, "--kinds: pattern needs --pattern.");
    }
    if (rule) {
      TokenRule.parse(query);
      TokenRule.parse(key);
    }
    if (pattern != null) {
      DrawnPattern.parse(pattern);
    }
  }

  /** What measures a score. */
  ScoreJob job(HeadScore score, Prompts prompts) {
    return RULE.contains(score)
        ? new RuleJob(new TokenRule(query, key), prompts)
        : new PatternJob(DrawnPattern.parse(pattern), hideSink, prompts);
  }
}
