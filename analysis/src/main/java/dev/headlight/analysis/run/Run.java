package dev.headlight.analysis.run;

import dev.headlight.analysis.attention.AttentionMap;
import dev.headlight.analysis.attention.HeadStatistics;
import dev.headlight.analysis.model.ModelSpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one pass over one prompt left behind. Its arrays live in the engine's memory until {@link
 * #close()}; reading them belongs to the thread that uses the model. Tensors handed out are copies.
 */
public interface Run extends AutoCloseable {
  /** The prompt. */
  int[] tokens();

  /** The model's shape. */
  ModelSpec spec();

  /** The changes that were in force. */
  List<Intervention> interventions();

  /** Everything kept, in the order of the pass. */
  Set<HookName> names();

  /**
   * Query heads present in a kept pattern of this layer, in order; all unless some were asked for.
   */
  List<Integer> patternHeads(int layer);

  /**
   * A copy of a kept value, in the shape that {@link Site} states.
   *
   * @throws dev.headlight.analysis.HeadlightException when it was not kept, naming what was
   */
  Tensor get(HookName name);

  /**
   * Logits after a position, {@code [V]}; negative counts from the end.
   *
   * @throws dev.headlight.analysis.HeadlightException when they were not kept, or the model has
   *     none
   */
  float[] logits(int position);

  /**
   * A head's map.
   *
   * @throws dev.headlight.analysis.HeadlightException when the request did not ask for maps
   */
  AttentionMap map(Head head);

  /** What the run saw; empty without pictures. */
  default Optional<Sight> sight() {
    return Optional.empty();
  }

  /**
   * The one output of a prompt or picture where the model pools rows into an embedding, as the
   * model's last matrix gives it.
   */
  default Optional<float[]> embedding() {
    return Optional.empty();
  }

  /** How text and pictures agree, of models with two towers. */
  default Optional<Contrasted> contrasted() {
    return Optional.empty();
  }

  /** Statistics of every head, when they were asked for. */
  Optional<HeadStatistics> statistics();

  /** Wall-clock time of the pass, in milliseconds. */
  double milliseconds();

  /** Frees the run's arrays; twice is once. */
  @Override
  void close();
}
