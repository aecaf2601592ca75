package dev.headlight.app.engine;

import dev.headlight.analysis.attention.HeadStatistics;
import dev.headlight.analysis.text.Tokens;

/**
 * What the panes draw of a pass; the pass itself stays with the {@link ModelHost}.
 *
 * @param id number of the pass; questions about another one are refused
 * @param model what ran
 * @param prompt what was read
 * @param statistics of every head
 * @param milliseconds wall-clock time of the pass
 * @param everyPosition whether next-token logits of every position are at hand, or of the last only
 */
public record RunSnapshot(
    long id,
    ModelFacts model,
    ReadPrompt prompt,
    HeadStatistics statistics,
    double milliseconds,
    boolean everyPosition) {
  /** The prompt's tokens. */
  public Tokens tokens() {
    return prompt.tokens();
  }

  /** Number of tokens. */
  public int length() {
    return prompt.tokens().size();
  }
}
