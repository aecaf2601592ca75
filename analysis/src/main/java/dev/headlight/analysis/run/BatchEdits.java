package dev.headlight.analysis.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.headlight.analysis.attention.PatternEdits;
import dev.headlight.analysis.attention.PromptMask;
import dev.headlight.analysis.attention.RowBlock;
import dev.headlight.analysis.attention.ScoreRule;
import dev.headlight.analysis.attention.Slices;
import dev.headlight.analysis.model.Hooks;
import dev.headlight.analysis.model.HostMemory;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Changes to a batch whose rows are the same prompt, each row with changes of its own. */
public final class BatchEdits implements Hooks {
  private final List<PreparedEdits> rows;
  private final int end;
  private final Map<HookName, List<Integer>> changed = new HashMap<>();

  /**
   * Changes of each batch row.
   *
   * @param rows one set a batch row
   * @param end tokens of the prompt: every value ends at its last position
   */
  public BatchEdits(List<PreparedEdits> rows, int end) {
    this.rows = List.copyOf(rows);
    this.end = end;
    for (int b = 0; b < rows.size(); b++) {
      for (HookName name : rows.get(b).edits().names()) {
        changed.computeIfAbsent(name, n -> new ArrayList<>()).add(b);
      }
    }
  }

  /** No changes. */
  public static BatchEdits none(int end) {
    return new BatchEdits(List.of(), end);
  }

  /** The changes of one batch row, for values of it alone that end before {@code rowEnd}. */
  public BatchEdits only(int row, int rowEnd) {
    return new BatchEdits(rows.isEmpty() ? rows : rows.subList(row, row + 1), rowEnd);
  }

  @Override
  public boolean wants(Site site, int layer) {
    return changed.containsKey(new HookName(site, layer));
  }

  @Override
  public NDArray at(Site site, int layer, NDArray value) {
    HookName name = new HookName(site, layer);
    int first = end - (int) value.getShape().get(1);
    for (int b : changed.getOrDefault(name, List.of())) {
      rows.get(b).edits().apply(name, row(value, b), first);
    }
    return value;
  }

  private static NDArray row(NDArray value, int b) {
    return Slices.range(value, 0, b, b + 1);
  }

  @Override
  public PatternEdits edits(int layer) {
    boolean none = rows.stream().allMatch(r -> r.edits().pattern(layer).isEmpty());
    return none ? PatternEdits.NONE : new ByRow(layer);
  }

  /** Each batch row's changes to its own slice. */
  private final class ByRow implements PatternEdits {
    private final int layer;
    private ScoreRule base;

    ByRow(int layer) {
      this.layer = layer;
    }

    @Override
    public boolean isEmpty() {
      return false;
    }

    /** What any of the rows is shown; those that are not hide it again. */
    @Override
    public ScoreRule rule(ScoreRule rule) {
      base = rule;
      BitSet queries = new BitSet();
      BitSet keys = new BitSet();
      for (PreparedEdits row : rows) {
        PromptMask.Shown shown = row.edits().pattern(layer).rule(rule).prompt().shown();
        queries.or(shown.queries());
        keys.or(shown.keys());
      }
      return queries.isEmpty()
          ? rule
          : rule.in(rule.prompt().showing(new PromptMask.Shown(queries, keys)));
    }

    @Override
    public NDArray scores(NDArray scores, RowBlock block) {
      for (int b = 0; b < rows.size(); b++) {
        PatternEdits edits = rows.get(b).edits().pattern(layer);
        hide(row(scores, b), block, edits.rule(base));
        edits.scores(row(scores, b), block);
      }
      return scores;
    }

    private void hide(NDArray scores, RowBlock block, ScoreRule own) {
      if (own.equals(block.rule())) {
        return;
      }
      float[] mask = new float[block.rows() * block.keys()];
      for (int q = block.row0(), i = 0; q < block.row1(); q++) {
        for (int k = block.key0(); k < block.key1(); k++, i++) {
          boolean lost = block.rule().visible(q, k) && !own.visible(q, k);
          mask[i] = lost ? ScoreRule.HIDDEN : 0;
        }
      }
      Shape shape = new Shape(block.rows(), block.keys());
      scores.addi(HostMemory.array(mask, shape, scores.getManager()));
    }

    @Override
    public NDArray pattern(NDArray pattern, RowBlock block) {
      for (int b = 0; b < rows.size(); b++) {
        rows.get(b).edits().pattern(layer).pattern(row(pattern, b), block);
      }
      return pattern;
    }
  }
}
