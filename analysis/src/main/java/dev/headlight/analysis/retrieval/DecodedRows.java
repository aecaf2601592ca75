package dev.headlight.analysis.retrieval;

import ai.djl.ndarray.NDArray;
import dev.headlight.analysis.attention.PatternEdits;
import dev.headlight.analysis.model.Hooks;
import dev.headlight.analysis.model.HostMemory;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Site;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Set;

/**
 * Reads the attention rows of a pass's last tokens and forgets them; the rows before are not even
 * looked at. Changes come from other hooks, which it lets through.
 */
final class DecodedRows implements Hooks {
  private final ModelSpec spec;
  private final Episode episode;
  private final StreamingWindow window;
  private final Set<Head> keep;
  private final Hooks changes;
  private final int first;
  private final DecodedStep[] steps;

  /**
   * @param first position of the first row that is read
   * @param rows how many are
   * @param keep heads whose rows are kept whole
   * @param changes made to the pass
   */
  DecodedRows(
      ModelSpec spec,
      Episode episode,
      StreamingWindow window,
      Set<Head> keep,
      Hooks changes,
      int first,
      int rows) {
    this.spec = spec;
    this.episode = episode;
    this.window = window;
    this.keep = keep;
    this.changes = changes;
    this.first = first;
    steps = new DecodedStep[rows];
    int heads = spec.layers() * spec.heads();
    Arrays.setAll(
        steps,
        i ->
            new DecodedStep(
                first + i,
                -1,
                new int[heads],
                new float[heads],
                new float[heads],
                new LinkedHashMap<>()));
  }

  /** What was read of a row, now that it is known which token it yields. */
  DecodedStep step(int row, int token) {
    DecodedStep s = steps[row];
    return new DecodedStep(s.position(), token, s.topKeys(), s.onNeedle(), s.kept(), s.rows());
  }

  @Override
  public boolean wants(Site site, int layer) {
    return changes.wants(site, layer);
  }

  @Override
  public NDArray at(Site site, int layer, NDArray value) {
    return changes.at(site, layer, value);
  }

  @Override
  public PatternEdits edits(int layer) {
    return changes.edits(layer);
  }

  @Override
  public void rows(int layer, NDArray scores, NDArray pattern, int row0, int key0) {
    int rows = (int) pattern.getShape().get(2);
    int keys = (int) pattern.getShape().get(3);
    int from = Math.max(row0, first);
    if (from >= row0 + rows) {
      return;
    }
    FloatBuffer cells = HostMemory.floats(pattern);
    float[] row = new float[keys];
    for (int head = 0; head < spec.heads(); head++) {
      for (int query = from; query < row0 + rows; query++) {
        int seen = Math.min(keys, query + 1 - key0);
        cells.get((head * rows + query - row0) * keys, row, 0, seen);
        read(new Head(layer, head), steps[query - first], row, key0, seen);
      }
    }
  }

  private void read(Head head, DecodedStep step, float[] row, int key0, int seen) {
    int best = 0;
    double needle = 0;
    double kept = 0;
    for (int i = 0; i < seen; i++) {
      best = row[i] > row[best] ? i : best;
      int key = key0 + i;
      needle += key >= episode.needleStart() && key < episode.needleEnd() ? row[i] : 0;
      kept += window.keeps(step.position(), key) ? row[i] : 0;
    }
    int at = head.layer() * spec.heads() + head.head();
    step.topKeys()[at] = key0 + best;
    step.onNeedle()[at] = (float) needle;
    step.kept()[at] = (float) kept;
    if (keep.contains(head)) {
      float[] whole = new float[step.position() + 1];
      System.arraycopy(row, 0, whole, key0, seen);
      step.rows().put(head, whole);
    }
  }
}
