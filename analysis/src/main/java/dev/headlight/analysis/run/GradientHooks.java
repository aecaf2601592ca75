package dev.headlight.analysis.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.headlight.analysis.attention.PatternEdits;
import dev.headlight.analysis.attention.RowBlock;
import dev.headlight.analysis.attention.ScoreRule;
import dev.headlight.analysis.model.Hooks;
import dev.headlight.analysis.model.HostMemory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Hooks of a pass that gradients are asked of. The engine tells the gradients of arrays that it was
 * given, not of those it made: so zeros are added to every value that is asked for, and their
 * gradient is the value's.
 */
public final class GradientHooks implements Hooks {
  private final Set<HookName> names;
  private final Edits edits;
  private final int length;
  private final NDManager keeper;
  private final Map<HookName, List<Probe>> probes = new HashMap<>();
  private final Map<HookName, Tensor> values = new HashMap<>();

  /**
   * Zeros of a value, or of a block of rows of a pattern.
   *
   * @param zeros as they were added
   * @param block rows of a pattern, or null
   * @param rows what they were added to, where it is rows of a pattern; else null
   */
  private record Probe(NDArray zeros, RowBlock block, NDArray rows) {}

  /**
   * Hooks of one pass of one sequence.
   *
   * @param names values whose gradients are asked for
   * @param changes in force
   * @param length tokens of the prompt
   * @param keeper owner of the zeros
   */
  public GradientHooks(Set<HookName> names, PreparedEdits changes, int length, NDManager keeper) {
    this.names = Set.copyOf(names);
    edits = changes.edits();
    this.length = length;
    this.keeper = keeper;
  }

  @Override
  public boolean wants(Site site, int layer) {
    return names.contains(new HookName(site, layer)) || edits.has(site, layer);
  }

  @Override
  public NDArray at(Site site, int layer, NDArray value) {
    HookName name = new HookName(site, layer);
    NDArray changed = value;
    if (edits.has(site, layer)) {
      changed = copy(value);
      edits.apply(name, changed, length - (int) value.getShape().get(1));
    }
    if (!names.contains(name)) {
      return changed;
    }
    values.put(name, tensor(changed));
    return probed(name, changed, null, null);
  }

  /** A copy through which gradients flow; the engine's own duplicate cuts them off. */
  private static NDArray copy(NDArray value) {
    return value.add(0);
  }

  private static Tensor tensor(NDArray value) {
    long[] shape = value.getShape().getShape();
    int[] axes = Arrays.stream(shape).skip(1).mapToInt(i -> (int) i).toArray();
    return new Tensor(HostMemory.copy(value), axes);
  }

  private NDArray probed(HookName name, NDArray value, RowBlock block, NDArray rows) {
    NDArray zeros = keeper.zeros(value.getShape());
    zeros.setRequiresGradient(true);
    probes.computeIfAbsent(name, n -> new ArrayList<>()).add(new Probe(zeros, block, rows));
    return value.add(zeros);
  }

  @Override
  public PatternEdits edits(int layer) {
    boolean asked =
        names.contains(HookName.of(Site.ATTN_SCORES, layer))
            || names.contains(HookName.of(Site.PATTERN, layer));
    boolean changed = !edits.pattern(layer).isEmpty();
    return asked || changed ? new Patterns(layer, changed) : PatternEdits.NONE;
  }

  /** The gradients, once a backward pass is over, with the values they belong to. */
  public Map<HookName, GradientRun.Value> gradients() {
    Map<HookName, GradientRun.Value> all = new LinkedHashMap<>();
    names.stream()
        .sorted(HookName.ORDER)
        .forEach(n -> all.put(n, new GradientRun.Value(value(n), gradient(n))));
    return all;
  }

  private Tensor value(HookName name) {
    Probe first = probes.get(name).get(0);
    return first.block() == null ? values.get(name) : map(name, first.block().heads(), Probe::rows);
  }

  private Tensor gradient(HookName name) {
    Probe first = probes.get(name).get(0);
    if (first.block() != null) {
      return map(name, first.block().heads(), p -> p.zeros().getGradient());
    }
    return new Tensor(HostMemory.copy(first.zeros().getGradient()), values.get(name).shape());
  }

  private Tensor map(HookName name, int heads, Function<Probe, NDArray> part) {
    float[] flat = new float[heads * length * length];
    probes.get(name).forEach(p -> put(HostMemory.copy(part.apply(p)), p.block(), heads, flat));
    return new Tensor(flat, heads, length, length);
  }

  /**
   * What of a layer's attention speaks for the objective, once a backward pass is over: the mean
   * over heads of the positive part of each weight times its gradient, {@code [T, T]}.
   *
   * @param name a pattern that was asked for
   */
  public Tensor positive(HookName name) {
    float[] flat = new float[length * length];
    for (Probe probe : probes.get(name)) {
      try (NDArray product = probe.rows().mul(probe.zeros().getGradient());
          NDArray above = product.maximum(0);
          NDArray mean = above.mean(new int[] {1})) {
        put(HostMemory.copy(mean), probe.block(), 1, flat);
      }
    }
    return new Tensor(flat, length, length);
  }

  /** Rows of a block into whole maps of so many heads, {@code [heads, T, T]}. */
  private void put(float[] rows, RowBlock block, int heads, float[] map) {
    for (int h = 0, at = 0; h < heads; h++) {
      for (int q = block.row0(); q < block.row1(); q++, at += block.keys()) {
        int to = (h * length + q) * length + block.key0();
        System.arraycopy(rows, at, map, to, block.keys());
      }
    }
  }

  /** Changes and probes of a layer's attention; nothing is overwritten. */
  private final class Patterns implements PatternEdits {
    private final int layer;
    private final boolean changed;

    Patterns(int layer, boolean changed) {
      this.layer = layer;
      this.changed = changed;
    }

    @Override
    public boolean isEmpty() {
      return false;
    }

    @Override
    public ScoreRule rule(ScoreRule rule) {
      return edits.pattern(layer).rule(rule);
    }

    @Override
    public NDArray scores(NDArray scores, RowBlock block) {
      NDArray out = changed ? edits.pattern(layer).scores(copy(scores), block) : scores;
      return asked(HookName.of(Site.ATTN_SCORES, layer), out, block);
    }

    @Override
    public NDArray pattern(NDArray pattern, RowBlock block) {
      NDArray out = changed ? edits.pattern(layer).pattern(copy(pattern), block) : pattern;
      return asked(HookName.of(Site.PATTERN, layer), out, block);
    }

    private NDArray asked(HookName name, NDArray rows, RowBlock block) {
      if (!names.contains(name)) {
        return rows;
      }
      // Off the graph, and as long as the zeros; it shares the memory that the graph keeps anyway.
      NDArray kept = rows.stopGradient();
      kept.attach(keeper);
      return probed(name, rows, block, kept);
    }
  }
}
