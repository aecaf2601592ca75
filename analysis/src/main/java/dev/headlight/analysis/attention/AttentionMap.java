package dev.headlight.analysis.attention;

import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Tensor;

/**
 * One head's attention as a function of query rows and key columns; any tile is computed exactly
 * when asked for, from the q, k and log-sum-exp that the run kept, with the run's interventions
 * applied. Cells that the mask hides are NaN. Belongs to the thread that uses the model and lives
 * as long as its run.
 */
public interface AttentionMap extends AttentionWeights {
  /** Which head. */
  Head head();

  /**
   * Logits before the softmax, after scale, cap, bias and interventions on scores.
   *
   * @return {@code [row1 - row0, col1 - col0]}, masked cells NaN
   */
  Tensor scores(int row0, int row1, int col0, int col1);
}
