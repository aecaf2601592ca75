package dev.headlight.analysis.run;

import dev.headlight.analysis.attention.HeadStatistics;
import java.util.function.Supplier;

/** Hears of a pass's layers as their attention is done, on the model's thread. */
@FunctionalInterface
public interface LayerListener {
  /** Hears nothing. */
  LayerListener NONE = (layer, soFar) -> {};

  /**
   * A layer is done.
   *
   * @param layer which
   * @param soFar statistics of the layers up to here; NaN for those still to come. Costs a copy
   *     each time it is asked
   */
  void layer(int layer, Supplier<HeadStatistics> soFar);
}
