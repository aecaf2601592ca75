package dev.headlight.analysis.sweep;

import ai.djl.ndarray.NDArray;
import dev.headlight.analysis.sweep.ReadOut.LastLogits;
import dev.headlight.analysis.sweep.ReadOut.NextTokens;

/** The metrics that papers use. */
public final class Metrics {
  private Metrics() {}

  /**
   * KL(unchanged ‖ changed) of the distribution over the token after the last position, in nats: 0
   * for the unchanged pass.
   */
  public static Metric kl() {
    return new Divergence();
  }

  /** Mean cross-entropy of the next tokens of the prompt, in nats. */
  public static Metric loss() {
    return new Loss();
  }

  /**
   * Logit of the right answer less that of the wrong one, after the last position (Wang et al.
   * 2023).
   *
   * @param answers the right token, one a sequence
   * @param wrong the wrong token, one a sequence
   */
  public static Metric logitDiff(int[] answers, int[] wrong) {
    return new LogitDifference(answers.clone(), wrong.clone());
  }

  /**
   * Natural logarithm of the probability of a token after the last position.
   *
   * @param answers the token, one a sequence
   */
  public static Metric logProbability(int[] answers) {
    return new LogProbability(answers.clone());
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

  private record Divergence() implements Metric {
    @Override
    public String name() {
      return "kl";
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
      double before = logSum(baseline);
      double after = logSum(changed);
      double sum = 0;
      for (int i = 0; i < baseline.length; i++) {
        double logP = baseline[i] - before;
        sum += Math.exp(logP) * (logP - (changed[i] - after));
      }
      return Math.max(0, sum);
    }

    @Override
    public NDArray objective(int sequence, float[] baseline, NDArray read) {
      NDArray logP = read.getManager().create(baseline).logSoftmax(0);
      return logP.exp().mul(logP.sub(read.logSoftmax(0))).sum();
    }
  }

  private record Loss() implements Metric {
    @Override
    public String name() {
      return "loss";
    }

    @Override
    public String unit() {
      return "nats";
    }

    @Override
    public ReadOut reads(int sequence) {
      return new NextTokens();
    }

    @Override
    public double value(int sequence, float[] baseline, float[] changed) {
      double sum = 0;
      for (float logProbability : changed) {
        sum -= logProbability;
      }
      return sum / changed.length;
    }

    @Override
    public NDArray objective(int sequence, float[] baseline, NDArray read) {
      return read.mean().neg();
    }
  }

  private record LogitDifference(int[] answers, int[] wrong) implements Metric {
    @Override
    public String name() {
      return "logit-diff";
    }

    @Override
    public String unit() {
      return "logits";
    }

    @Override
    public ReadOut reads(int sequence) {
      return new LastLogits(answers[sequence], wrong[sequence]);
    }

    @Override
    public double value(int sequence, float[] baseline, float[] changed) {
      return changed[0] - (double) changed[1];
    }

    @Override
    public NDArray objective(int sequence, float[] baseline, NDArray read) {
      return read.get(0).sub(read.get(1));
    }
  }

  private record LogProbability(int[] answers) implements Metric {
    @Override
    public String name() {
      return "logprob";
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
      return changed[answers[sequence]] - logSum(changed);
    }

    @Override
    public NDArray objective(int sequence, float[] baseline, NDArray read) {
      return read.logSoftmax(0).get(answers[sequence]);
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
