package dev.headlight.analysis.sinks;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What {@link SinkAnalysis} left: any ε, any key and any length up to the longest are answered from
 * it at once. It holds, for each sequence and head, O(T) numbers. Immutable, and free of the
 * engine: any thread may ask.
 *
 * @param spec the model's shape
 * @param request what was asked for
 * @param sequences of those that were long enough, in order
 * @param tooShort how many had fewer tokens than were asked for, or than 10
 */
public record SinkStatistics(
    ModelSpec spec, SinkRequest request, List<SequenceSinks> sequences, int tooShort) {
  /** Copies the list. */
  public SinkStatistics {
    sequences = List.copyOf(sequences);
  }

  /** Tokens of the longest sequence: the end of a slider over T. */
  public int longest() {
    return sequences.stream().mapToInt(SequenceSinks::length).max().orElseThrow();
  }

  /** Sink_1^ε: of the first token, over whole sequences. */
  public SinkRates rates(double epsilon) {
    return rates(epsilon, 0, 0);
  }

  /**
   * Sink_k^ε.
   *
   * @param epsilon 0 to 1
   * @param length T, 10 or more; 0 for each sequence's own length
   * @param key k, zero-based, one of the request's first keys
   * @throws HeadlightException when no sequence is so long, or the model cannot be cut
   */
  public SinkRates rates(double epsilon, int length, int key) {
    check(length, key);
    List<SequenceSinks> counted =
        sequences.stream().filter(s -> length == 0 || s.length() >= length).toList();
    if (counted.isEmpty()) {
      throw new HeadlightException(
          Kind.INPUT,
          "no sequence has %d tokens, the longest has %d; ask for a smaller length"
              .formatted(length, longest()));
    }
    int cells = spec.layers() * spec.heads();
    float[] all = new float[counted.size() * cells];
    double uniform = 0;
    for (int s = 0; s < counted.size(); s++) {
      int own = length == 0 ? counted.get(s).length() : length;
      System.arraycopy(counted.get(s).means(key, own).data(), 0, all, s * cells, cells);
      uniform += UniformAttention.columnMean(own, key, spec.scoreRule(0)) / counted.size();
    }
    return rates(epsilon, length, key, counted, all, uniform);
  }

  private SinkRates rates(
      double epsilon, int length, int key, List<SequenceSinks> counted, float[] all, double even) {
    int layers = spec.layers();
    int heads = spec.heads();
    int count = counted.size();
    float[] rates = new float[layers * heads];
    float[] means = new float[layers * heads];
    float[] deviations = new float[layers * heads];
    for (int i = 0; i < rates.length; i++) {
      int cell = i;
      double[] own =
          IntStream.range(0, count).mapToDouble(s -> all[s * layers * heads + cell]).toArray();
      rates[i] = (float) Arrays.stream(own).filter(a -> a > epsilon).count() / count;
      double mean = Arrays.stream(own).average().orElseThrow();
      double squares = Arrays.stream(own).map(a -> (a - mean) * (a - mean)).sum();
      means[i] = (float) mean;
      deviations[i] = count < 2 ? Float.NaN : (float) Math.sqrt(squares / (count - 1));
    }
    float[] byLayer = new float[layers];
    for (int l = 0; l < layers; l++) {
      byLayer[l] = (float) mean(rates, l * heads, heads);
    }
    return new SinkRates(
        epsilon,
        key,
        length,
        counted.stream().map(SequenceSinks::index).toList(),
        sequences.size() - count + tooShort,
        new Tensor(rates, layers, heads),
        new Tensor(byLayer, layers),
        mean(rates, 0, rates.length),
        new Tensor(means, layers, heads),
        new Tensor(deviations, layers, heads),
        new Tensor(all, count, layers, heads),
        even);
  }

  private static double mean(float[] values, int from, int count) {
    double sum = 0;
    for (int i = from; i < from + count; i++) {
      sum += values[i];
    }
    return sum / count;
  }

  private void check(int length, int key) {
    SinkAnalysis.checkLength(length);
    if (key < 0 || key >= request.firstKeys()) {
      throw new HeadlightException(
          Kind.INPUT,
          "key %d was not kept at every length; ask for one of 0 to %d"
              .formatted(key, request.firstKeys() - 1));
    }
    if (!spec.causal() && sequences.stream().anyMatch(s -> length != 0 && s.length() != length)) {
      throw new HeadlightException(
          Kind.INPUT,
          spec.family()
              + " is an encoder: its attention changes when a sequence is cut; cut the sequences"
              + " first and measure again");
    }
  }

  /**
   * Later sinks of every head and sequence: keys from 1 on that 8 queries or more see and whose
   * column mean is above a threshold (ACT, Yu et al. 2024).
   *
   * @param threshold at least the request's floor
   * @param length as in {@link #rates(double, int, int)}
   * @return by sequence, head and strength
   * @throws HeadlightException when the threshold is below what was kept
   */
  public List<LaterSink> later(double threshold, int length) {
    check(length, 0);
    if (threshold < request.floor()) {
      throw new HeadlightException(
          Kind.INPUT,
          "later sinks were kept from %s on; ask for a higher threshold than %s, or measure again"
              .formatted(request.floor(), threshold));
    }
    List<LaterSink> all = new ArrayList<>();
    for (SequenceSinks s : sequences) {
      int own = length == 0 ? s.length() : length;
      for (int i = 0; own <= s.length() && i < spec.layers() * spec.heads(); i++) {
        all.addAll(s.later(new Head(i / spec.heads(), i % spec.heads()), threshold, own));
      }
    }
    return List.copyOf(all);
  }

  /**
   * Mean entropy of each head's rows and what it means.
   *
   * @param length as in {@link #rates(double, int, int)}
   */
  public EntropyTable entropy(int length, EntropyTable.Limits limits) {
    SinkRates counted = rates(SinkRates.EPSILON, length, 0);
    int cells = spec.layers() * spec.heads();
    double[] nats = new double[cells];
    double[] shares = new double[cells];
    double uniform = 0;
    double most = 0;
    for (SequenceSinks s : sequences) {
      if (!counted.sequences().contains(s.index())) {
        continue;
      }
      int own = length == 0 ? s.length() : length;
      double weight = 1.0 / counted.sequences().size();
      for (int i = 0; i < cells; i++) {
        float entropy = s.entropy(new Head(i / spec.heads(), i % spec.heads()), own);
        nats[i] += weight * entropy;
        shares[i] += weight * entropy / Math.log(own);
      }
      uniform += weight * UniformAttention.entropy(own, spec.scoreRule(0));
      most += weight * Math.log(own);
    }
    return EntropyTable.of(spec, nats, shares, uniform, most, limits);
  }
}
