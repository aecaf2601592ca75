package dev.headlight.app.visual;

import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.vision.ImageSpan;
import dev.headlight.analysis.vision.VisualSinks;
import java.util.ArrayList;
import java.util.List;

/**
 * Visual sinks of a look.
 *
 * @param sinks by layer
 */
public record Sunk(VisualSinks sinks) {
  /** Cells, counted over all parts, that are sinks of a layer. */
  public List<Integer> cells(int layer, Looked looked) {
    List<Integer> all = new ArrayList<>();
    int first = 0;
    for (ImageSpan.Part part : looked.parts()) {
      for (int cell : sinks.patches(layer, part)) {
        all.add(first + cell);
      }
      first += part.grid().size();
    }
    return all;
  }

  /** What part of a head's attention to the picture lies on sinks; NaN where it does not look. */
  public double share(Head head, int query, Looked looked) {
    float[] row = looked.rows().row(head, query);
    double all = 0;
    for (float weight : row) {
      all += weight;
    }
    double sunk = cells(head.layer(), looked).stream().mapToDouble(c -> row[c]).sum();
    return all == 0 ? Double.NaN : sunk / all;
  }
}
