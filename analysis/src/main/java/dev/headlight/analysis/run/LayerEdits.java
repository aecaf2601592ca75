package dev.headlight.analysis.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.attention.PatternEdits;
import dev.headlight.analysis.attention.PromptMask;
import dev.headlight.analysis.attention.RowBlock;
import dev.headlight.analysis.attention.ScoreRule;
import dev.headlight.analysis.model.HostMemory;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The changes to the scores and patterns of one layer. */
final class LayerEdits implements PatternEdits {
  /** Queries {@code [q0, q1)} of a head no longer see keys {@code [k0, k1)}. */
  record Cut(int head, int q0, int q1, int k0, int k1) {}

  /** {@code add} more on the logits of a key. */
  record Column(int head, int key, float add) {}

  /** Logits of queries {@code [q0, q1)} divided by a temperature. */
  record Divided(int head, int q0, int q1, double temperature) {}

  /** Weights of keys times a factor, the rest of each row scaled so that its sum stays. */
  record Moved(int head, Set<Integer> keys, double factor) {}

  /** Uniform rows {@code [q0, q1)}. */
  record Uniform(int head, int q0, int q1) {}

  /** Rows {@code [q0, q1)} with these weights and 0 elsewhere. */
  record SetRow(int head, int q0, int q1, Map<Integer, Double> weights) {}

  /** Rows {@code [q0, q1)} out of a map of {@code keys} columns; row q stands at q + shift. */
  record Rows(int head, int q0, int q1, int shift, int keys, float[] map) {}

  private final List<Cut> cuts = new ArrayList<>();
  private final List<Column> columns = new ArrayList<>();
  private final List<Divided> divisions = new ArrayList<>();
  private final List<Moved> moves = new ArrayList<>();
  private final List<Uniform> uniforms = new ArrayList<>();
  private final List<SetRow> setRows = new ArrayList<>();
  private final List<Rows> scoreRows = new ArrayList<>();
  private final List<Rows> patternRows = new ArrayList<>();
  private final List<RowEdit> rowEdits = new ArrayList<>();
  private PromptMask.Shown shown = PromptMask.Shown.NONE;

  void add(Cut cut) {
    cuts.add(cut);
  }

  void add(Column column) {
    columns.add(column);
  }

  void add(Divided divided) {
    divisions.add(divided);
  }

  void add(Moved moved) {
    moves.add(moved);
  }

  void add(Uniform uniform) {
    uniforms.add(uniform);
  }

  void add(RowEdit edit) {
    rowEdits.add(edit);
  }

  /** Shows keys to queries of all heads; several showings have to name the same queries. */
  void show(PromptMask.Shown more) {
    boolean first = shown.queries().isEmpty();
    if (!first && !shown.queries().equals(more.queries())) {
      throw new HeadlightException(
          Kind.INPUT, "two changes that show keys in one layer should name the same queries");
    }
    BitSet keys = (BitSet) shown.keys().clone();
    keys.or(more.keys());
    shown = new PromptMask.Shown(more.queries(), keys);
  }

  @Override
  public ScoreRule rule(ScoreRule rule) {
    return shown.queries().isEmpty() ? rule : rule.in(rule.prompt().showing(shown));
  }

  void add(SetRow row) {
    setRows.add(row);
  }

  void addRows(Site site, Rows rows) {
    (site == Site.PATTERN ? patternRows : scoreRows).add(rows);
  }

  @Override
  public boolean isEmpty() {
    return cuts.isEmpty()
        && columns.isEmpty()
        && divisions.isEmpty()
        && moves.isEmpty()
        && uniforms.isEmpty()
        && setRows.isEmpty()
        && scoreRows.isEmpty()
        && patternRows.isEmpty()
        && rowEdits.isEmpty()
        && shown.queries().isEmpty();
  }

  /** The first row that changes: a column's are those that see its key. */
  int firstRow() {
    IntStream firsts =
        Stream.of(
                cuts.stream().mapToInt(Cut::q0),
                columns.stream().mapToInt(Column::key),
                divisions.stream().mapToInt(Divided::q0),
                moves.stream().flatMapToInt(m -> m.keys.stream().mapToInt(k -> k)),
                uniforms.stream().mapToInt(Uniform::q0),
                setRows.stream().mapToInt(SetRow::q0),
                scoreRows.stream().mapToInt(Rows::q0),
                patternRows.stream().mapToInt(Rows::q0),
                rowEdits.stream().mapToInt(RowEdit::firstRow),
                shown.queries().stream())
            .flatMapToInt(s -> s);
    return firsts.min().orElse(Integer.MAX_VALUE);
  }

  @Override
  public NDArray scores(NDArray scores, RowBlock block) {
    for (int head : cuts.stream().mapToInt(Cut::head).distinct().toArray()) {
      if (block.slice(head) >= 0) {
        head(scores, block, head).addi(matrix(scores, block, cutMask(head, block)));
      }
    }
    for (Column c : columns) {
      if (block.slice(c.head) >= 0 && c.key >= block.key0() && c.key < block.key1()) {
        int key = c.key - block.key0();
        head(scores, block, c.head).get("..., " + key + ":" + (key + 1)).addi(c.add);
      }
    }
    divisions.forEach(d -> divide(scores, block, d));
    here(block).forEach(e -> e.scores(head(scores, block, e.head()), block));
    scoreRows.forEach(r -> put(scores, block, r));
    return scores;
  }

  @Override
  public NDArray pattern(NDArray pattern, RowBlock block) {
    for (Uniform u : uniforms) {
      int from = Math.max(u.q0, block.row0());
      int to = Math.min(u.q1, block.row1());
      if (block.slice(u.head) >= 0 && from < to) {
        putRows(pattern, block, u.head, from, to, uniform(u.head, from, to, block));
      }
    }
    moves.forEach(m -> move(pattern, block, m));
    here(block).forEach(e -> e.pattern(head(pattern, block, e.head()), block));
    patternRows.forEach(r -> put(pattern, block, r));
    setRows.forEach(r -> set(pattern, block, r));
    return pattern;
  }

  private Stream<RowEdit> here(RowBlock block) {
    return rowEdits.stream().filter(e -> block.slice(e.head()) >= 0);
  }

  private static void set(NDArray pattern, RowBlock block, SetRow r) {
    int from = Math.max(r.q0, block.row0());
    int to = Math.min(r.q1, block.row1());
    if (block.slice(r.head) < 0 || from >= to) {
      return;
    }
    float[] rows = new float[(to - from) * block.keys()];
    r.weights.forEach(
        (key, weight) -> {
          for (int q = from; q < to && key >= block.key0() && key < block.key1(); q++) {
            rows[(q - from) * block.keys() + key - block.key0()] = weight.floatValue();
          }
        });
    putRows(pattern, block, r.head, from, to, rows);
  }

  private static void divide(NDArray scores, RowBlock block, Divided d) {
    int from = Math.max(d.q0, block.row0());
    int to = Math.min(d.q1, block.row1());
    if (block.slice(d.head) >= 0 && from < to) {
      rows(scores, block, d.head, from, to).muli((float) (1 / d.temperature));
    }
  }

  private static void move(NDArray pattern, RowBlock block, Moved m) {
    float[] chosen = new float[block.keys()];
    for (int key : m.keys) {
      if (key >= block.key0() && key < block.key1()) {
        chosen[key - block.key0()] = 1;
      }
    }
    if (block.slice(m.head) < 0) {
      return;
    }
    NDArray weights = head(pattern, block, m.head);
    NDManager manager = pattern.getManager();
    NDArray keys = manager.create(chosen, new Shape(block.keys()));
    float[] taken = HostMemory.copy(weights.mul(keys).sum(new int[] {3}));
    float[] others = HostMemory.copy(weights.mul(keys.sub(1).neg()).sum(new int[] {3}));
    // Each weight is multiplied by `rest`, and one of the chosen keys by `more` besides.
    float[] rest = new float[taken.length];
    float[] more = new float[taken.length];
    for (int row = 0; row < taken.length; row++) {
      boolean kept = others[row] > 0;
      rest[row] = kept ? (float) (1 + (1 - m.factor) * taken[row] / others[row]) : 1;
      more[row] = kept ? (float) m.factor - rest[row] : 0;
    }
    Shape column = new Shape(1, 1, taken.length, 1);
    NDArray factors = keys.mul(manager.create(more, column)).addi(manager.create(rest, column));
    weights.muli(factors);
  }

  private static void put(NDArray target, RowBlock block, Rows r) {
    int from = Math.max(r.q0, block.row0());
    int to = Math.min(r.q1, block.row1());
    if (block.slice(r.head) < 0 || from >= to) {
      return;
    }
    float[] rows = new float[(to - from) * block.keys()];
    for (int q = from; q < to; q++) {
      for (int k = block.key0(); k < Math.min(block.key1(), r.keys); k++) {
        float value = r.map[(q + r.shift) * r.keys + k];
        boolean hidden = Float.isInfinite(value) || Float.isNaN(value);
        rows[(q - from) * block.keys() + k - block.key0()] = hidden ? ScoreRule.HIDDEN : value;
      }
    }
    putRows(target, block, r.head, from, to, rows);
  }

  private static NDArray rows(NDArray all, RowBlock block, int head, int from, int to) {
    return head(all, block, head).get(":, :, " + (from - block.row0()) + ":" + (to - block.row0()));
  }

  private static void putRows(
      NDArray target, RowBlock block, int head, int from, int to, float[] rows) {
    NDArray view = rows(target, block, head, from, to);
    view.set(new NDIndex(":"), 0);
    view.addi(target.getManager().create(rows, new Shape(1, 1, to - from, block.keys())));
  }

  private static NDArray head(NDArray all, RowBlock block, int head) {
    int slice = block.slice(head);
    return all.get(":, " + slice + ":" + (slice + 1));
  }

  private static NDArray matrix(NDArray like, RowBlock block, float[] values) {
    return like.getManager().create(values, new Shape(block.rows(), block.keys()));
  }

  private float[] uniform(int head, int from, int to, RowBlock block) {
    float[] rows = new float[(to - from) * block.keys()];
    for (int q = from; q < to; q++) {
      int visible = 0;
      for (int k = block.key0(); k < block.key1(); k++) {
        visible += sees(head, q, k, block) ? 1 : 0;
      }
      for (int k = block.key0(); k < block.key1(); k++) {
        rows[(q - from) * block.keys() + k - block.key0()] =
            sees(head, q, k, block) ? 1f / visible : 0;
      }
    }
    return rows;
  }

  private float[] cutMask(int head, RowBlock block) {
    float[] mask = new float[block.rows() * block.keys()];
    for (int q = block.row0(), i = 0; q < block.row1(); q++) {
      for (int k = block.key0(); k < block.key1(); k++, i++) {
        boolean lost = block.rule().visible(q, k) && !sees(head, q, k, block);
        mask[i] = lost ? ScoreRule.HIDDEN : 0;
      }
    }
    return mask;
  }

  /** Whether an edge is left; a query that would see nothing keeps itself. */
  private boolean sees(int head, int q, int k, RowBlock block) {
    if (!block.rule().visible(q, k)) {
      return false;
    }
    return !cut(head, q, k) || (k == q && blind(head, q, block));
  }

  private boolean blind(int head, int q, RowBlock block) {
    for (int k = block.rule().firstKey(q); k < block.rule().endKey(q + 1, block.key1()); k++) {
      if (block.rule().visible(q, k) && !cut(head, q, k)) {
        return false;
      }
    }
    return true;
  }

  private boolean cut(int head, int q, int k) {
    for (Cut c : cuts) {
      if (c.head == head && q >= c.q0 && q < c.q1 && k >= c.k0 && k < c.k1) {
        return true;
      }
    }
    return false;
  }
}
