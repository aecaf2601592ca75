package dev.headlight.app.engine;

import dev.headlight.analysis.run.Head;
import dev.headlight.renderer.Matrix;

/**
 * A part of a head's map, or all of it, ready to paint.
 *
 * @param run number of the pass
 * @param of which head or heads
 * @param row0 query of the first row
 * @param column0 key of the first column
 * @param block tokens a cell stands for along each axis; 1 when exact
 * @param cells weights 0 to 1, masked cells NaN; the largest weight where a cell stands for several
 */
public record HeadMap(long run, MapOf of, int row0, int column0, int block, Matrix cells) {
  /** A part of the map of one head. */
  public HeadMap(long run, Head head, int row0, int column0, int block, Matrix cells) {
    this(run, MapOf.of(head), row0, column0, block, cells);
  }

  /** The head; null for a mean. */
  public Head head() {
    return of.head();
  }

  /** Whether each cell is one weight. */
  public boolean exact() {
    return block == 1;
  }

  /** Whether this part holds the weight of a query and key. */
  public boolean holds(int query, int key) {
    return exact()
        && query >= row0
        && key >= column0
        && query < row0 + cells.rows()
        && key < column0 + cells.columns();
  }

  /** A weight that {@link #holds}. */
  public float weight(int query, int key) {
    return cells.get(query - row0, key - column0);
  }
}
