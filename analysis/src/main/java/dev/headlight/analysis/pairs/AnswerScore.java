package dev.headlight.analysis.pairs;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import java.util.Locale;

/** How an answer of several tokens is weighed against the wrong one. */
public enum AnswerScore {
  /** Logit of the answer's first token less that of the wrong answer's first token. */
  FIRST("logits", "logit of the answer's first token − logit of the wrong answer's first token"),
  /**
   * Natural logarithm of the probability of all tokens of the answer, one after the other, less
   * that of the wrong answer's.
   */
  SUMMED("nats", "Σ log p of the answer's tokens − Σ log p of the wrong answer's tokens");

  private final String unit;
  private final String definition;

  AnswerScore(String unit, String definition) {
    this.unit = unit;
    this.definition = definition;
  }

  /** Unit of the difference. */
  public String unit() {
    return unit;
  }

  /** The formula. */
  public String definition() {
    return definition;
  }

  /** Its name on the command line. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads what {@link #text} gives.
   *
   * @throws HeadlightException that says which there are
   */
  public static AnswerScore parse(String text) {
    for (AnswerScore score : values()) {
      if (score.text().equalsIgnoreCase(text.strip())) {
        return score;
      }
    }
    throw new HeadlightException(
        Kind.INPUT, "'" + text + "' is no way to weigh answers; expected first or summed");
  }
}
