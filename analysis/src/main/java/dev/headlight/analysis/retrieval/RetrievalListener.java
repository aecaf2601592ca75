package dev.headlight.analysis.retrieval;

/** Hears of episodes as they are answered, on the model's thread. */
@FunctionalInterface
public interface RetrievalListener {
  /** Hears nothing. */
  RetrievalListener NONE = (index, result) -> {};

  /**
   * An episode is answered.
   *
   * @param index of the episode in the request
   * @param result how
   */
  void episode(int index, EpisodeResult result);
}
