package dev.headlight.analysis.sweep;

import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.VisionSpec;
import dev.headlight.analysis.run.PreparedEdits;
import dev.headlight.analysis.run.Reach;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Cells that are computed together.
 *
 * @param layer block where they start; -1 for the embedding
 * @param afterHeads whether they start behind that block's heads
 * @param row position where they start
 * @param cells indices of the cells
 */
record Batch(int layer, boolean afterHeads, int row, List<Integer> cells) {
  /** Operations of one block on one batch: about a tenth of a second, so that a cancel is heard. */
  private static final double OPERATIONS = 16e9;

  private static final int MOST_ROWS = 1024;

  /**
   * Groups cells by the block where they start, later blocks first: they are the cheapest.
   *
   * @param edits of each cell
   * @param todo cells that are not done
   * @param length tokens of the prompt
   */
  static List<Batch> of(ModelSpec spec, List<PreparedEdits> edits, List<Integer> todo, int length) {
    Map<Group, List<Integer>> groups = new TreeMap<>(Group.CHEAPEST_FIRST);
    for (int cell : todo) {
      Reach reach = edits.get(cell).reach();
      int layer = Math.min(reach.layer(), spec.layers() - 1);
      boolean afterHeads = reach.afterHeads() || reach.layer() >= spec.layers();
      Group group = new Group(layer, afterHeads && layer >= 0, reach.split());
      groups.computeIfAbsent(group, g -> new ArrayList<>()).add(cell);
    }
    List<Batch> batches = new ArrayList<>();
    groups.forEach(
        (group, cells) -> batches.addAll(new Splitter(spec, edits, length, group).split(cells)));
    return batches;
  }

  /** Cells that can be one batch: a pass with split inputs is another one for all its rows. */
  private record Group(int layer, boolean afterHeads, boolean split) {
    static final Comparator<Group> CHEAPEST_FIRST =
        Comparator.comparingInt(Group::layer)
            .thenComparing(Group::afterHeads)
            .reversed()
            .thenComparing(Group::split);
  }

  /** How much work a batch is, in rows times blocks. */
  double work(ModelSpec spec, int length) {
    return (double) cells.size() * (length - row) * (spec.layers() - Math.max(0, layer));
  }

  /** Splits the cells of a block into batches of cells that start at nearly the same position. */
  private record Splitter(ModelSpec spec, List<PreparedEdits> edits, int length, Group group) {
    List<Batch> split(List<Integer> cells) {
      List<Integer> sorted = cells.stream().sorted(Comparator.comparingInt(this::row)).toList();
      List<Batch> batches = new ArrayList<>();
      int most = mostRows(spec);
      for (int from = 0; from < sorted.size(); ) {
        int row = row(sorted.get(from));
        // Position embeddings are shared by a batch, so cells that may change them go alone.
        int count = group.layer() < 0 ? 1 : Math.max(1, most / (length - row));
        int to = Math.min(sorted.size(), from + count);
        batches.add(
            new Batch(
                group.layer(), group.afterHeads(), row, List.copyOf(sorted.subList(from, to))));
        from = to;
      }
      return batches;
    }

    private int row(int cell) {
      boolean open = spec.vision().filter(v -> v.sees() != VisionSpec.Sees.AS_TEXT).isPresent();
      boolean whole = !spec.causal() || open || group.layer() < 0;
      return whole ? 0 : Math.min(length - 1, edits.get(cell).reach().row());
    }
  }

  private static int mostRows(ModelSpec spec) {
    double d = spec.width();
    double attention = d * spec.headDim() * (2.0 * spec.heads() + 2.0 * spec.kvHeads());
    double mlp = d * spec.mlp().inner() * (spec.mlp().gated() ? 3 : 2);
    return (int) Math.max(16, Math.min(MOST_ROWS, OPERATIONS / 2 / (attention + mlp)));
  }
}
