package dev.headlight.analysis.ablation;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.sweep.Metric;
import dev.headlight.analysis.sweep.Metrics;
import java.util.Optional;

/** What is read with and without heads. Its text is its name on the command line. */
public enum AblationMetric {
  /** KL(baseline ‖ ablated) of the next token after the last position, nats. */
  KL("kl", "nats", false, "KL(baseline ‖ ablated) of the next token after the last position"),
  /** Mean next-token cross-entropy, nats. */
  LOSS("loss", "nats", false, "mean next-token cross-entropy"),
  /** Logit of the answer less that of the wrong one, at the last position. */
  LOGIT_DIFF("logit-diff", "logits", true, "logit[answer] − logit[wrong] at the last position"),
  /** Logarithm of the answer's probability, at the last position. */
  LOGPROB("logprob", "nats", true, "ln P(answer) at the last position"),
  /**
   * Whether the answer's logit is above the wrong one's (above every other token's where no wrong
   * one is given), at the last position: 1 or 0, their mean is a share.
   */
  ACCURACY(
      "accuracy",
      "share",
      true,
      "1 where logit[answer] is above logit[wrong] (above all others where none is given), else 0");

  private final String text;
  private final String unit;
  private final boolean higherIsBetter;
  private final String formula;

  AblationMetric(String text, String unit, boolean higherIsBetter, String formula) {
    this.text = text;
    this.unit = unit;
    this.higherIsBetter = higherIsBetter;
    this.formula = formula;
  }

  /** Its unit: nats, logits, or a share. */
  public String unit() {
    return unit;
  }

  /** Whether a model that can do its task has a high value. */
  public boolean higherIsBetter() {
    return higherIsBetter;
  }

  /** How it is computed. */
  public String formula() {
    return formula;
  }

  /** Whether answers must be given. */
  public boolean needsAnswers() {
    return this == LOGIT_DIFF || this == LOGPROB || this == ACCURACY;
  }

  /** Whether a first-order estimate of an ablation can be made of its gradient. */
  public boolean hasGradient() {
    return this != KL && this != ACCURACY;
  }

  /** How much worse a model has become whose metric changed by {@code delta}. */
  public double damage(double delta) {
    return higherIsBetter ? -delta : delta;
  }

  /** The number that a sweep reads; {@link #shown} makes this metric's of it. */
  Metric read(Optional<Answers> answers) {
    return switch (this) {
      case KL -> Metrics.kl();
      case LOSS -> Metrics.loss();
      case LOGPROB -> Metrics.logProbability(required(answers).right());
      case LOGIT_DIFF ->
          Metrics.logitDiff(required(answers).right(), required(answers).others(this));
      case ACCURACY -> {
        Answers given = required(answers);
        yield given.wrong().isPresent()
            ? Metrics.logitDiff(given.right(), given.others(this))
            : Metrics.margin(given.right());
      }
    };
  }

  private Answers required(Optional<Answers> answers) {
    return answers.orElseThrow(
        () -> new HeadlightException(Kind.INPUT, this + " needs answers, one a sequence"));
  }

  /** This metric, from what was read; NaN stays NaN. */
  double shown(double read) {
    return this == ACCURACY && !Double.isNaN(read) ? (read > 0 ? 1 : 0) : read;
  }

  /** How far a pass that changed nothing may be from the baseline by rounding alone. */
  double rounding(double baseline) {
    double size = Math.max(1, Math.abs(baseline));
    return switch (this) {
      case KL -> 1e-6;
      case LOSS -> 1e-5 * size;
      default -> 5e-5 * size;
    };
  }

  @Override
  public String toString() {
    return text;
  }
}
