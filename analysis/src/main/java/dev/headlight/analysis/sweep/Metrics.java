package dev.headlight.analysis.sweep;

import ai.djl.ndarray.NDArray;
import dev.headlight.analysis.sweep.ReadOut.Continuation;
import dev.headlight.analysis.sweep.ReadOut.LastLogits;
import dev.headlight.analysis.sweep.ReadOut.NextTokens;
import java.util.List;
import java.util.function.IntFunction;

/** The metrics that papers use. */
public final class Metrics {
  private Metrics() {}

  /**
   * KL(unchanged ‖ changed) of the distribution over the token after the last position, in nats: 0
   * for the unchanged pass.
   */
  public static Metric kl() {
    return new Formula(
        "kl",
        "nats",
        s -> new LastLogits(),
        (s, baseline, changed) -> divergence(baseline, changed),
        (s, baseline, read) -> {
          NDArray logP = read.getManager().create(baseline).logSoftmax(0);
          return logP.exp().mul(logP.sub(read.logSoftmax(0))).sum();
        });
  }

  /** Mean cross-entropy of the next tokens of the prompt, in nats. */
  public static Metric loss() {
    return new Formula(
        "loss",
        "nats",
        s -> new NextTokens(),
        (s, baseline, changed) -> meanLoss(changed),
        (s, baseline, read) -> read.mean().neg());
  }

  /**
   * Logit of the right answer less that of the wrong one, after the last position (Wang et al.
   * 2023).
   *
   * @param answers the right token, one a sequence
   * @param wrong the wrong token, one a sequence
   */
  public static Metric logitDiff(int[] answers, int[] wrong) {
    int[] right = answers.clone();
    int[] other = wrong.clone();
    return new Formula(
        "logit-diff",
        "logits",
        s -> new LastLogits(right[s], other[s]),
        (s, baseline, changed) -> changed[0] - (double) changed[1],
        (s, baseline, read) -> read.get(0).sub(read.get(1)));
  }

  /**
   * Natural logarithm of the probability of a token after the last position.
   *
   * @param answers the token, one a sequence
   */
  public static Metric logProbability(int[] answers) {
    int[] right = answers.clone();
    return new Formula(
        "logprob",
        "nats",
        s -> new LastLogits(),
        (s, baseline, changed) -> changed[right[s]] - logSum(changed),
        (s, baseline, read) -> read.logSoftmax(0).get(right[s]));
  }

  /**
   * Natural logarithm of the probability of several tokens that follow each other. Each sequence is
   * its prompt and all but the last of these tokens.
   *
   * @param continuations one or more tokens, one list a sequence
   */
  public static Metric continuation(List<int[]> continuations) {
    List<int[]> ids = continuations.stream().map(int[]::clone).toList();
    return new Formula(
        "continuation",
        "nats",
        s -> new Continuation(ids.get(s)),
        (s, baseline, changed) -> sum(changed),
        (s, baseline, read) -> read.sum());
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }

  private static double divergence(float[] baseline, float[] changed) {
    double before = logSum(baseline);
    double after = logSum(changed);
    double sum = 0;
    for (int i = 0; i < baseline.length; i++) {
      double logP = baseline[i] - before;
      sum += Math.exp(logP) * (logP - (changed[i] - after));
    }
    return Math.max(0, sum);
  }

  private static double meanLoss(float[] logProbabilities) {
    double sum = 0;
    for (float logProbability : logProbabilities) {
      sum -= logProbability;
    }
    return sum / logProbabilities.length;
  }

  /**
   * Logit of the right answer less the largest of all others, after the last position: above 0
   * where the answer is the most probable token.
   *
   * @param answers the right token, one a sequence
   */
  public static Metric margin(int[] answers) {
    int[] right = answers.clone();
    return new Formula(
        "margin",
        "logits",
        s -> new LastLogits(),
        (s, baseline, changed) -> changed[right[s]] - (double) largestBut(right[s], changed),
        (s, baseline, read) -> {
          float[] hidden = new float[baseline.length];
          hidden[right[s]] = Float.NEGATIVE_INFINITY;
          NDArray others = read.add(read.getManager().create(hidden));
          return read.get(right[s]).sub(others.max());
        });
  }

  private static float largestBut(int index, float[] values) {
    float largest = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < values.length; i++) {
      largest = i == index ? largest : Math.max(largest, values[i]);
    }
    return largest;
  }

  /** Entropy of the distribution over the token after the last position, in nats. */
  public static Metric entropy() {
    return new OutputEntropy();
  }

  /** ln Σ exp, without overflow. */
  private static double logSum(float[] logits) {
    double max = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      max = Math.max(max, logit);
    }
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - max);
    }
    return max + Math.log(sum);
  }

  /** Its number, from what was read of an unchanged and a changed pass. */
  @FunctionalInterface
  private interface Value {
    double of(int sequence, float[] baseline, float[] changed);
  }

  /** The same as arrays, to take gradients of. */
  @FunctionalInterface
  private interface Objective {
    NDArray of(int sequence, float[] baseline, NDArray read);
  }

  private record Formula(
      String name, String unit, IntFunction<ReadOut> readOut, Value number, Objective arrays)
      implements Metric {
    @Override
    public ReadOut reads(int sequence) {
      return readOut.apply(sequence);
    }

    @Override
    public double value(int sequence, float[] baseline, float[] changed) {
      return number.of(sequence, baseline, changed);
    }

    @Override
    public NDArray objective(int sequence, float[] baseline, NDArray read) {
      return arrays.of(sequence, baseline, read);
    }
  }

  private record OutputEntropy() implements Metric {
    @Override
    public String name() {
      return "entropy";
    }

    @Override
    public String unit() {
      return "nats";
    }

    @Override
    public ReadOut reads(int sequence) {
      return new LastLogits();
    }

    @Override
    public double value(int sequence, float[] baseline, float[] changed) {
      double total = logSum(changed);
      double sum = 0;
      for (float logit : changed) {
        sum -= Math.exp(logit - total) * (logit - total);
      }
      return sum;
    }

    @Override
    public NDArray objective(int sequence, float[] baseline, NDArray read) {
      NDArray logP = read.logSoftmax(0);
      return logP.exp().mul(logP).sum().neg();
    }
  }
}
