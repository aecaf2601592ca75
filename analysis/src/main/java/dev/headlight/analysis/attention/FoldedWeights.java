package dev.headlight.analysis.attention;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.run.Tensor;
import dev.headlight.analysis.text.TokenSpans;

/** Attention between spans of tokens, held whole; see {@link Folding}. Immutable. */
public final class FoldedWeights implements AttentionWeights {
  /** Most spans: a map of 64 MB. */
  public static final int MOST = 4096;

  private final TokenSpans spans;
  private final Tensor folded;

  /**
   * Folds a map.
   *
   * @param map weights, masked cells NaN
   * @param spans cuts as many tokens as the map is long
   * @param firstKey keys before it are left out: 1 leaves the first token (the attention sink) out
   * @throws HeadlightException (INPUT) when there are more than {@link #MOST} spans
   */
  public FoldedWeights(AttentionWeights map, TokenSpans spans, int firstKey, Progress progress) {
    if (spans.size() > MOST) {
      throw new HeadlightException(
          HeadlightException.Kind.INPUT,
          "this prompt has %,d parts; at most %,d can be collapsed at once, choose longer ones"
              .formatted(spans.size(), MOST));
    }
    this.spans = spans;
    this.folded = Folding.fold(map, spans, firstKey, progress);
  }

  /** Number of spans. */
  @Override
  public int length() {
    return spans.size();
  }

  @Override
  public Tensor weights(int row0, int row1, int col0, int col1) {
    int width = col1 - col0;
    float[] part = new float[(row1 - row0) * width];
    for (int row = row0; row < row1; row++) {
      System.arraycopy(folded.data(), row * length() + col0, part, (row - row0) * width, width);
    }
    return new Tensor(part, row1 - row0, width);
  }

  @Override
  public Tensor weights() {
    return folded;
  }

  @Override
  public Tensor pooled(int side) {
    return MeanMap.pooled(this, side, "folding", Progress.NONE);
  }
}
