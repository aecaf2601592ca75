package dev.headlight.analysis.sweep;

import dev.headlight.analysis.run.Intervention;
import java.util.List;

/**
 * One cell of a sweep.
 *
 * @param changes made together, in this order; none is the unchanged prompt
 */
public record Cell(List<Intervention> changes) {
  /** Copies the list. */
  public Cell {
    changes = List.copyOf(changes);
  }

  /** A cell with these changes. */
  public static Cell of(Intervention... changes) {
    return new Cell(List.of(changes));
  }
}
