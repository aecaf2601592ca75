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
   */
  private record Probe(NDArray zeros, RowBlock block) {}

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
    return probed(name, changed, null);
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

  private NDArray probed(HookName name, NDArray value, RowBlock block) {
    NDArray zeros = keeper.zeros(value.getShape());
    zeros.setRequiresGradient(true);
    probes.computeIfAbsent(name, n -> new ArrayList<>()).add(new Probe(zeros, block));
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
        .forEach(n -> all.put(n, new GradientRun.Value(values.get(n), gradient(n))));
    return all;
  }

  private Tensor gradient(HookName name) {
    Tensor value = values.get(name);
    float[] flat = new float[value.data().length];
    for (Probe probe : probes.get(name)) {
      float[] part = HostMemory.copy(probe.zeros().getGradient());
      if (probe.block() == null) {
        return new Tensor(part, value.shape());
      }
      put(part, probe.block(), flat);
    }
    return new Tensor(flat, value.shape());
  }

  /** Rows of a block into a whole map {@code [H, T, T]}. */
  private void put(float[] rows, RowBlock block, float[] map) {
    for (int h = 0, at = 0; h < block.heads(); h++) {
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
      int size = block.heads() * length * length;
      Tensor map =
          values.computeIfAbsent(
              name, n -> new Tensor(new float[size], block.heads(), length, length));
      put(HostMemory.copy(rows), block, map.data());
      return probed(name, rows, block);
    }
  }
}
