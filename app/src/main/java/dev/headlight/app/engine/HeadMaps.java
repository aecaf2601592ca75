package dev.headlight.app.engine;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.attention.AttentionMap;
import dev.headlight.analysis.attention.AttentionWeights;
import dev.headlight.analysis.attention.Folding;
import dev.headlight.analysis.attention.MeanMap;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.Tensor;
import dev.headlight.analysis.text.TokenSpans;
import dev.headlight.renderer.Matrix;
import java.util.Arrays;
import java.util.List;

/** Reads maps of one head, or the mean of several, out of a pass. */
final class HeadMaps {
  /** Side of the pooled overview of a longer prompt. */
  private static final int OVERVIEW = 1024;

  private final long id;
  private final Run run;
  private final MapOf of;
  private final AttentionWeights weights;

  /**
   * @param id number of the pass
   * @throws HeadlightException when a head of a mean is not in the model
   */
  HeadMaps(long id, Run run, MapOf of, Progress progress) {
    this.id = id;
    this.run = run;
    this.of = of;
    this.weights = of.mean() == null ? run.map(of.head()) : mean(run, of, progress);
  }

  private static AttentionWeights mean(Run run, MapOf of, Progress progress) {
    List<AttentionMap> maps = of.mean().resolve(run.spec()).stream().map(run::map).toList();
    return maps.size() == 1 ? maps.get(0) : new MeanMap(maps, progress);
  }

  /** Whole, or an overview of long prompts. */
  HeadMap map() {
    int length = weights.length();
    if (length <= ModelHost.WHOLE) {
      return new HeadMap(id, of, 0, 0, 1, matrix(weights.weights()));
    }
    int block = (length + OVERVIEW - 1) / OVERVIEW;
    return new HeadMap(id, of, 0, 0, block, matrix(weights.pooled(OVERVIEW)));
  }

  HeadMap tile(int row0, int row1, int column0, int column1) {
    Tensor tile = weights.weights(row0, row1, column0, column1);
    return new HeadMap(id, of, row0, column0, 1, matrix(tile));
  }

  /** Scores are those of one head; of a mean they are NaN. */
  RowReadout row(int query) {
    int length = weights.length();
    float[] row = weights.weights(query, query + 1, 0, length).data();
    return new RowReadout(id, of, query, row, scores(query, length));
  }

  private float[] scores(int query, int length) {
    if (of.mean() == null) {
      return run.map(of.head()).scores(query, query + 1, 0, length).data();
    }
    float[] none = new float[length];
    Arrays.fill(none, Float.NaN);
    return none;
  }

  ColumnReadout column(int key) {
    float[] column = weights.weights(0, weights.length(), key, key + 1).data();
    return new ColumnReadout(id, of, key, column);
  }

  /**
   * @throws HeadlightException when there are too many spans for a whole map
   */
  FoldedMap folded(TokenSpans spans, boolean hideSink, Progress progress) {
    if (spans.size() > ModelHost.WHOLE) {
      throw new HeadlightException(
          HeadlightException.Kind.INPUT,
          "this prompt has %,d parts; at most %,d can be collapsed at once, choose longer ones"
              .formatted(spans.size(), ModelHost.WHOLE));
    }
    Tensor folded = Folding.fold(weights, spans, hideSink ? 1 : 0, progress);
    return new FoldedMap(spans, new HeadMap(id, of, 0, 0, 1, matrix(folded)));
  }

  private static Matrix matrix(Tensor tensor) {
    return Matrix.of(tensor.size(0), tensor.size(1), tensor.data());
  }
}
