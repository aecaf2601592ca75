package dev.headlight.analysis.sinks;

import dev.headlight.analysis.image.Pixels;
import dev.headlight.analysis.run.Intervention;
import java.util.List;

/**
 * What to measure. Immutable; start with {@link #of} and derive.
 *
 * @param sequences token ids, taken as they are
 * @param length each sequence is cut to so many ids, shorter ones are left out and counted; 0 for
 *     whole sequences
 * @param firstKeys of how many keys, from the first on, the means at every length are kept
 * @param floor lowest threshold at which later sinks can be asked for afterwards, above 0
 * @param insides whether norms, angles and massive activations are measured too
 * @param interventions changes under which all is measured
 * @param pictures what a processor made of the pictures of each sequence; empty for none. Sequences
 *     with pictures are not cut
 */
public record SinkRequest(
    List<int[]> sequences,
    int length,
    int firstKeys,
    double floor,
    boolean insides,
    List<Intervention> interventions,
    List<Pixels> pictures) {
  /** Fewer tokens say nothing: even uniform attention gives the first one about 0.3. */
  public static final int LEAST_LENGTH = 10;

  /** ACT's threshold θ, below which later tokens are not kept. */
  public static final double FLOOR = 0.1;

  /** Copies what is mutable. */
  public SinkRequest {
    sequences = sequences.stream().map(int[]::clone).toList();
    interventions = List.copyOf(interventions);
    pictures = List.copyOf(pictures);
    if (firstKeys < 1 || !(floor > 0)) {
      throw new IllegalArgumentException(firstKeys + " first keys, floor " + floor);
    }
  }

  /** Whole sequences; four first keys, later sinks from 0.1 on, with what is inside. */
  public static SinkRequest of(List<int[]> sequences) {
    return new SinkRequest(sequences, 0, 4, FLOOR, true, List.of(), List.of());
  }

  /** With sequences cut to this length. */
  public SinkRequest withLength(int tokens) {
    return new SinkRequest(sequences, tokens, firstKeys, floor, insides, interventions, pictures);
  }

  /** With the means of so many first keys at every length, 1 or more. */
  public SinkRequest withFirstKeys(int keys) {
    return new SinkRequest(sequences, length, keys, floor, insides, interventions, pictures);
  }

  /** With later sinks from this threshold on. */
  public SinkRequest withFloor(double threshold) {
    return new SinkRequest(
        sequences, length, firstKeys, threshold, insides, interventions, pictures);
  }

  /** Attention only: without norms, angles and massive activations. */
  public SinkRequest withoutInsides() {
    return new SinkRequest(sequences, length, firstKeys, floor, false, interventions, pictures);
  }

  /** With these changes made to every pass. */
  public SinkRequest withInterventions(List<Intervention> changes) {
    return new SinkRequest(sequences, length, firstKeys, floor, insides, changes, pictures);
  }

  /** With pictures, as a processor made them, one or more a sequence. */
  public SinkRequest withPictures(List<Pixels> all) {
    return new SinkRequest(sequences, length, firstKeys, floor, insides, interventions, all);
  }

  /** The pictures of one sequence, as a request of it takes them. */
  public List<Pixels> picturesOf(int sequence) {
    return pictures.isEmpty() ? pictures : List.of(pictures.get(sequence));
  }
}
