package dev.headlight.analysis.sinks;

import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What is kept of one sequence: enough to answer any threshold and any length without another pass.
 * Immutable.
 */
public final class SequenceSinks {
  private final int index;
  private final int[] tokens;
  private final int heads;
  private final KeptHead[] kept;
  private final Optional<Activations> activations;
  private final Optional<SinkAngles> angles;

  SequenceSinks(
      int index, int[] tokens, int heads, KeptHead[] kept, Activations stream, SinkAngles angles) {
    this.index = index;
    this.tokens = tokens.clone();
    this.heads = heads;
    this.kept = kept.clone();
    activations = Optional.ofNullable(stream);
    this.angles = Optional.ofNullable(angles);
  }

  /** Its index among the request's sequences. */
  public int index() {
    return index;
  }

  /** Its ids, as cut. */
  public int[] tokens() {
    return tokens.clone();
  }

  /** T, its number of tokens. */
  public int length() {
    return tokens.length;
  }

  /**
   * α: mean attention to one of the first keys over the queries that see it, when only the first
   * {@code length} tokens count.
   *
   * @param key zero-based, one of the first keys that were kept
   * @param length above {@code key} and up to T
   * @return 0 to 1; NaN for encoders at other lengths than T
   */
  public float mean(Head head, int key, int length) {
    return of(head).mean(key, length);
  }

  /**
   * Mean attention to every key over the queries that see it, whole sequence.
   *
   * @return {@code [T]}, 0 to 1
   */
  public float[] columnMeans(Head head) {
    return of(head).columns().clone();
  }

  /** Mean entropy of the first {@code length} rows, nats. */
  public float entropy(Head head, int length) {
    return of(head).entropies()[length - 1];
  }

  /**
   * Tokens from 1 on whose mean is above a threshold when only the first {@code length} tokens
   * count, and which 8 queries or more see; the strongest first.
   *
   * @param threshold at least the floor that the statistics were kept from
   */
  public List<LaterSink> later(Head head, double threshold, int length) {
    List<LaterSink> sinks = new ArrayList<>();
    for (KeptHead.Later l : of(head).later()) {
      float mean = l.at(length);
      if (mean > threshold) {
        sinks.add(new LaterSink(index, head, l.key(), mean));
      }
    }
    sinks.sort((a, b) -> Double.compare(b.mean(), a.mean()));
    return List.copyOf(sinks);
  }

  /** Norms and massive activations, where they were asked for. */
  public Optional<Activations> activations() {
    return activations;
  }

  /** Norms and angles of queries, keys and values, where they were asked for. */
  public Optional<SinkAngles> angles() {
    return angles;
  }

  private KeptHead of(Head head) {
    return kept[head.layer() * heads + head.head()];
  }

  /** Mean attention to a key at a length, of every head, {@code [L, H]}. */
  Tensor means(int key, int length) {
    float[] means = new float[kept.length];
    for (int i = 0; i < means.length; i++) {
      means[i] = kept[i].mean(key, length);
    }
    return new Tensor(means, means.length / heads, heads);
  }

  @Override
  public String toString() {
    return "sequence " + index + " of " + length() + " tokens " + Arrays.toString(tokens);
  }
}
