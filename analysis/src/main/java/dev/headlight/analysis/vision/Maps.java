package dev.headlight.analysis.vision;

import dev.headlight.analysis.attention.AttentionWeights;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.Tensor;

/** Where the measures of this package read attention from. */
@FunctionalInterface
public interface Maps {
  /** The map of a head. */
  AttentionWeights of(Head head);

  /** The maps of a run that keeps them. */
  static Maps of(Run run) {
    return run::map;
  }

  /** One row of a head's map with 0 where the mask hides, {@code [T]}. */
  default float[] row(Head head, int query) {
    AttentionWeights map = of(head);
    return visible(map.weights(query, query + 1, 0, map.length()).data());
  }

  /** Rows {@code [row0, row1)} of a head's map with 0 where the mask hides. */
  default Tensor rows(Head head, int row0, int row1) {
    AttentionWeights map = of(head);
    Tensor rows = map.weights(row0, row1, 0, map.length());
    visible(rows.data());
    return rows;
  }

  /** Sets masked cells (NaN) to 0, in place. */
  private static float[] visible(float[] cells) {
    for (int i = 0; i < cells.length; i++) {
      cells[i] = Float.isNaN(cells[i]) ? 0 : cells[i];
    }
    return cells;
  }
}
