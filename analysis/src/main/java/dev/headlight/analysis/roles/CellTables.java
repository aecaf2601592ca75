package dev.headlight.analysis.roles;

import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.scores.HeadTable;
import dev.headlight.analysis.scores.HeadTableBuilder;
import java.util.Arrays;
import java.util.Locale;

/** What marked cells come to over the prompts in which some query sees one. */
final class CellTables {
  private final HeadTableBuilder mass;
  private final HeadTableBuilder other;
  private double uniform;
  private int prompts;

  CellTables(ModelSpec spec) {
    mass = new HeadTableBuilder(spec.layers(), spec.heads());
    other = new HeadTableBuilder(spec.layers(), spec.heads());
  }

  /**
   * Counts a prompt in.
   *
   * @param more a second number of every head, {@code [layers][heads]}
   */
  void add(MarkedCells cells, double[] more) {
    if (cells.any()) {
      prompts++;
      mass.add(cells.mass());
      other.add(more);
      uniform += Arrays.stream(cells.uniform()).average().orElseThrow();
    }
  }

  boolean empty() {
    return prompts == 0;
  }

  /** Mean attention to marked cells. */
  HeadTable mass() {
    return mass.build();
  }

  /** The second numbers. */
  HeadTable other() {
    return other.build();
  }

  /** What uniform attention gives, as a text. */
  String uniform() {
    return String.format(Locale.ROOT, "%.3f", uniform / prompts);
  }
}
