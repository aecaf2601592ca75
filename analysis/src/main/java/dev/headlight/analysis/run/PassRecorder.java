package dev.headlight.analysis.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.headlight.analysis.attention.PatternEdits;
import dev.headlight.analysis.attention.ScoreRule;
import dev.headlight.analysis.attention.StatisticsGatherer;
import dev.headlight.analysis.model.Hooks;
import dev.headlight.analysis.model.HostMemory;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.PromptFrame;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Changes a pass as its request says, and keeps what the request asks for. */
final class PassRecorder implements Hooks {
  private final ModelSpec spec;
  private final RunRequest request;
  private final Edits edits;
  private final int past;
  private final int length;
  private final PromptFrame frame;
  private final Map<HookName, Tensor> kept = new HashMap<>();
  private final LayerStore queries;
  private final LayerStore keys;
  private final Map<Integer, List<Integer>> patternHeads = new HashMap<>();
  private final StatisticsGatherer statistics;
  private LayerListener listener = LayerListener.NONE;

  PassRecorder(
      ModelSpec spec,
      RunRequest request,
      Edits edits,
      int past,
      int[] tokens,
      PromptFrame frame,
      NDManager keeper) {
    this.spec = spec;
    this.request = request;
    this.edits = edits;
    this.past = past;
    this.length = tokens.length;
    this.frame = frame;
    this.queries = new LayerStore(keeper, spec.layers());
    this.keys = new LayerStore(keeper, spec.layers());
    statistics =
        request.statistics() || request.maps()
            ? new StatisticsGatherer(rules(), spec.heads(), apart(spec, tokens))
            : null;
  }

  /** Image tokens share an id, but none is a copy of another. */
  private static int[] apart(ModelSpec spec, int[] tokens) {
    int[] ids = tokens.clone();
    spec.vision()
        .ifPresent(
            vision -> {
              for (int place : vision.places(tokens)) {
                ids[place] = -1 - place;
              }
            });
    return ids;
  }

  /** Query heads of a layer whose maps are kept, made when first asked: most passes keep none. */
  List<Integer> patternHeads(int layer) {
    if (patternHeads.isEmpty()) {
      for (int l = 0; l < spec.layers(); l++) {
        patternHeads.put(l, new ArrayList<>());
      }
      for (Head h : request.heads().orElse(HeadSet.parse("L*H*")).resolve(spec)) {
        patternHeads.get(h.layer()).add(h.head());
      }
    }
    return patternHeads.get(layer);
  }

  /** Tells of layers whose statistics are complete. */
  void listen(LayerListener to) {
    listener = to;
  }

  private ScoreRule[] rules() {
    ScoreRule[] rules = new ScoreRule[spec.layers()];
    Arrays.setAll(rules, this::rule);
    return rules;
  }

  private boolean asked(Site site, int layer) {
    return !request.sites().isEmpty()
        && request.sites().contains(site)
        && (layer < 0
            || request.layers().isEmpty()
            || (layer >= request.layers().get()[0] && layer <= request.layers().get()[1]));
  }

  @Override
  public boolean wants(Site site, int layer) {
    return asked(site, layer) || edits.has(site, layer);
  }

  @Override
  public NDArray at(Site site, int layer, NDArray value) {
    if (wants(site, layer)) {
      HookName name = new HookName(site, layer);
      edits.apply(name, value, first(value));
      if (asked(site, layer)) {
        kept.put(name, tensor(value));
      }
    }
    return value;
  }

  /** Position of the first row: a value may hold the last rows of the pass only. */
  private int first(NDArray value) {
    return past + length - (int) value.getShape().get(1);
  }

  private static Tensor tensor(NDArray value) {
    long[] shape = value.getShape().getShape();
    int[] axes = new int[shape.length - 1];
    Arrays.setAll(axes, i -> (int) shape[i + 1]);
    return new Tensor(HostMemory.copy(value), axes);
  }

  @Override
  public PatternEdits edits(int layer) {
    return edits.pattern(layer);
  }

  @Override
  public void rows(int layer, NDArray scores, NDArray pattern, int row0, int key0) {
    boolean softmax = edits.pattern(layer).isEmpty();
    // Two may read a block; on a device it is copied to the host once.
    boolean readScores = (statistics != null && softmax) || asked(Site.ATTN_SCORES, layer);
    boolean readPattern = statistics != null || asked(Site.PATTERN, layer);
    NDArray logits = readScores ? HostMemory.visible(scores) : scores;
    NDArray weights = readPattern ? HostMemory.visible(pattern) : pattern;
    if (statistics != null) {
      statistics.add(layer, softmax ? logits : null, weights, row0, key0);
      if (row0 + pattern.getShape().get(2) == length) {
        listener.layer(layer, statistics::finish);
      }
    }
    keepRows(Site.ATTN_SCORES, layer, logits, row0, key0);
    keepRows(Site.PATTERN, layer, weights, row0, key0);
  }

  private void keepRows(Site site, int layer, NDArray block, int row0, int key0) {
    if (!asked(site, layer)) {
      return;
    }
    List<Integer> heads = patternHeads(layer);
    if (heads.isEmpty()) {
      return;
    }
    Tensor map = kept.computeIfAbsent(new HookName(site, layer), n -> emptyMap(site, heads.size()));
    int rows = (int) block.getShape().get(2);
    int columns = (int) block.getShape().get(3);
    FloatBuffer buffer = HostMemory.floats(block);
    for (int i = 0; i < heads.size(); i++) {
      for (int r = 0; r < rows; r++) {
        int to = (i * length + row0 + r) * length + key0;
        buffer.get((heads.get(i) * rows + r) * columns, map.data(), to, columns);
        if (site == Site.ATTN_SCORES) {
          hide(map.data(), to, columns);
        }
      }
    }
  }

  private Tensor emptyMap(Site site, int heads) {
    float[] map = new float[Math.multiplyExact(heads, Math.multiplyExact(length, length))];
    if (site == Site.ATTN_SCORES) {
      Arrays.fill(map, Float.NEGATIVE_INFINITY);
    }
    return new Tensor(map, heads, length, length);
  }

  /** Hidden logits are −∞ to the outside, as in TransformerLens. */
  private static void hide(float[] map, int from, int count) {
    for (int i = from; i < from + count; i++) {
      if (map[i] < ScoreRule.HIDDEN / 2) {
        map[i] = Float.NEGATIVE_INFINITY;
      }
    }
  }

  @Override
  public void rotated(int layer, NDArray q, NDArray k) {
    if (request.maps()) {
      try (NDArray queriesByHead = q.transpose(0, 2, 1, 3);
          NDArray keysByHead = k.transpose(0, 2, 1, 3)) {
        queries.put(layer, queriesByHead);
        keys.put(layer, keysByHead);
      }
      queries.get(layer).muli((float) spec.layer(layer).scale());
    }
  }

  /** The rule of a layer in this prompt. */
  ScoreRule rule(int layer) {
    return edits.pattern(layer).rule(frame.rule(spec, layer));
  }

  Map<HookName, Tensor> kept() {
    return kept;
  }

  LayerStore queries() {
    return queries;
  }

  LayerStore keys() {
    return keys;
  }

  StatisticsGatherer statistics() {
    return statistics;
  }
}
