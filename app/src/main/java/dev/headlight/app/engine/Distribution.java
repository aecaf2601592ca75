package dev.headlight.app.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Next-token probabilities, in double precision. */
public final class Distribution {
  private final float[] logits;
  private final double logSum;

  /**
   * @param logits one a token of the vocabulary; not copied
   */
  public Distribution(float[] logits) {
    double max = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      max = Math.max(max, logit);
    }
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - max);
    }
    this.logits = logits;
    this.logSum = max + Math.log(sum);
  }

  /** Natural logarithm of a token's probability. */
  public double logProbability(int id) {
    return logits[id] - logSum;
  }

  /** A token's probability, 0 to 1. */
  public double probability(int id) {
    return Math.exp(logProbability(id));
  }

  /** The most probable tokens, the first first. */
  public List<Integer> top(int count) {
    PriorityQueue<Integer> best =
        new PriorityQueue<>(Comparator.comparingDouble((Integer id) -> logits[id]));
    for (int id = 0; id < logits.length; id++) {
      if (best.size() < count) {
        best.add(id);
      } else if (logits[id] > logits[best.element()]) {
        best.remove();
        best.add(id);
      }
    }
    List<Integer> ids = new ArrayList<>(best);
    ids.sort(Comparator.comparingDouble(id -> -logits[id]));
    return ids;
  }

  /** KL(this ‖ other) in nats: Σ p (ln p − ln q); never below 0. */
  public double divergence(Distribution other) {
    double sum = 0;
    for (int id = 0; id < logits.length; id++) {
      double log = logProbability(id);
      double p = Math.exp(log);
      sum += p == 0 ? 0 : p * (log - other.logProbability(id));
    }
    return Math.max(0, sum);
  }
}
