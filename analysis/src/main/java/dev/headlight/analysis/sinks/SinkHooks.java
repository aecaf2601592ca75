package dev.headlight.analysis.sinks;

import ai.djl.ndarray.NDArray;
import dev.headlight.analysis.attention.PatternEdits;
import dev.headlight.analysis.model.Hooks;
import dev.headlight.analysis.model.HostMemory;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.PromptFrame;
import dev.headlight.analysis.run.BatchEdits;
import dev.headlight.analysis.run.Site;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Reads sequences of one length, which run as one batch, while their pass goes on. */
final class SinkHooks implements Hooks {
  private final ModelSpec spec;
  private final int length;
  private final BatchEdits edits;
  private final HeadColumns[][] heads;
  private final List<ActivationReader> streams = new ArrayList<>();
  private final List<AngleReader> angles = new ArrayList<>();

  /**
   * @param frame what the prompts' pictures say about their masks
   * @param indices which sequences of the request run in the batch
   * @param length tokens of each
   * @param edits changes to each
   */
  SinkHooks(
      ModelSpec spec,
      PromptFrame frame,
      SinkRequest request,
      List<Integer> indices,
      int length,
      BatchEdits edits) {
    this.spec = spec;
    this.length = length;
    this.edits = edits;
    heads = new HeadColumns[indices.size()][spec.layers() * spec.heads()];
    for (int b = 0; b < heads.length; b++) {
      for (int i = 0; i < heads[b].length; i++) {
        heads[b][i] =
            new HeadColumns(
                length, request.firstKeys(), request.floor(), frame.rule(spec, i / spec.heads()));
      }
      if (request.insides()) {
        streams.add(new ActivationReader(indices.get(b), spec.layers(), length, spec.width()));
        angles.add(new AngleReader(spec, length));
      }
    }
  }

  @Override
  public boolean wants(Site site, int layer) {
    return edits.wants(site, layer);
  }

  @Override
  public PatternEdits edits(int layer) {
    return edits.edits(layer);
  }

  @Override
  public NDArray at(Site site, int layer, NDArray value) {
    NDArray changed = edits.at(site, layer, value);
    if (!streams.isEmpty()) {
      read(site, layer, changed);
    }
    return changed;
  }

  private void read(Site site, int layer, NDArray value) {
    boolean post = spec.form() == ModelSpec.BlockForm.POST_NORM;
    Site leaving = post ? Site.NORMALIZED_RESID_POST : Site.RESID_POST;
    boolean end = site == leaving && layer == spec.layers() - 1;
    // Behind the last block of OPT-350M the stream has another width.
    if (site == Site.RESID_PRE || (end && value.getShape().get(2) == spec.width())) {
      float[] x = HostMemory.copy(value);
      int at = end ? layer + 1 : layer;
      each(b -> streams.get(b).read(at, x, b * length * spec.width()));
    } else if (site == Site.V) {
      float[] v = HostMemory.copy(value);
      each(b -> angles.get(b).values(layer, v, b * length * spec.kvHeads() * spec.headDim()));
    }
  }

  @Override
  public void rotated(int layer, NDArray q, NDArray k) {
    if (!angles.isEmpty()) {
      float[] queries = HostMemory.copy(q);
      float[] keys = HostMemory.copy(k);
      int row = length * spec.headDim();
      each(
          b ->
              angles
                  .get(b)
                  .rotated(layer, queries, b * row * spec.heads(), keys, b * row * spec.kvHeads()));
    }
  }

  private interface Reading {
    void sequence(int index);
  }

  private void each(Reading reading) {
    IntStream.range(0, heads.length).parallel().forEach(reading::sequence);
  }

  @Override
  public void rows(int layer, NDArray scores, NDArray pattern, int row0, int key0) {
    int rows = (int) pattern.getShape().get(2);
    int keys = (int) pattern.getShape().get(3);
    // Scores say nothing of a pattern that was changed behind them.
    boolean softmax = edits.edits(layer).isEmpty();
    FloatBuffer weights = HostMemory.floats(pattern);
    FloatBuffer logits = softmax ? HostMemory.floats(scores) : null;
    int perLayer = spec.heads();
    IntStream.range(0, heads.length * perLayer)
        .parallel()
        .forEach(
            i -> {
              HeadColumns head = heads[i / perLayer][layer * perLayer + i % perLayer];
              float[] weightRow = new float[keys];
              float[] scoreRow = new float[keys];
              for (int r = 0; r < rows; r++) {
                int at = (i * rows + r) * keys;
                int visible = head.visible(row0 + r, key0, keys);
                weights.get(at, weightRow, 0, visible);
                double entropy;
                if (logits == null) {
                  entropy = Entropies.direct(weightRow, visible);
                } else {
                  logits.get(at, scoreRow, 0, visible);
                  entropy = Entropies.ofSoftmax(weightRow, scoreRow, visible);
                }
                head.add(row0 + r, key0, visible, weightRow, entropy);
              }
            });
  }

  /** What a sequence of the batch left. */
  SequenceSinks finish(int b, int index, int[] tokens) {
    KeptHead[] kept = new KeptHead[heads[b].length];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = heads[b][i].finish();
    }
    return new SequenceSinks(
        index,
        tokens,
        spec.heads(),
        kept,
        streams.isEmpty() ? null : streams.get(b).finish(),
        angles.isEmpty() ? null : angles.get(b).finish());
  }
}
