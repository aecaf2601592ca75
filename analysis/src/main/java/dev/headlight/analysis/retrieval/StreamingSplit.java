package dev.headlight.analysis.retrieval;

import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.scores.HeadTable;
import java.util.Arrays;

/**
 * Which key/value groups need all keys and which do with a streaming window, in the sense of
 * DuoAttention (Xiao et al. 2024). DuoAttention trains its gates; this is a proxy in closed form
 * without training: 1 − the weight that the window keeps, mean over the tokens of right answers. It
 * says where attention goes, not what its loss would do.
 *
 * @param window whose kept weight was read
 * @param heads the proxy of each query head, 0 (streaming) to 1 (retrieval)
 * @param groups the mean of each group's query heads, {@code [layers][groups]}, 0 to 1
 */
public record StreamingSplit(StreamingWindow window, HeadTable heads, double[][] groups) {
  /** What the numbers are, for captions and files. */
  public static final String DEFINITION =
      "closed-form proxy of DuoAttention's gate, not trained: 1 − weight kept by the streaming"
          + " window, mean over the tokens of right answers; groups: mean of their query heads";

  /** The split that answers show; all NaN where none was right. */
  public static StreamingSplit of(RetrievalResult result, ModelSpec spec, StreamingWindow window) {
    HeadTable lost =
        result.mean(
            (answer, episode, count) -> {
              double[] kept = Steps.mean(answer.steps(), DecodedStep::kept, count);
              return Arrays.stream(kept).map(k -> Math.max(0, 1 - k)).toArray();
            });
    double[][] groups = new double[spec.layers()][spec.kvHeads()];
    int size = spec.heads() / spec.kvHeads();
    for (int l = 0; l < spec.layers(); l++) {
      for (int h = 0; h < spec.heads(); h++) {
        groups[l][spec.kvGroup(h)] += lost.at(new Head(l, h)) / size;
      }
    }
    return new StreamingSplit(window, lost, groups);
  }

  /**
   * The value that splits the groups: the quantile of all values at a sparsity, as DuoAttention
   * chooses its threshold. A fixed 0.5 does not give the share that one wants.
   *
   * @param sparsity share of groups that shall stream, 0 to 1; typically 0.5 with grouped heads and
   *     0.75 without
   */
  public double threshold(double sparsity) {
    double[] all = Arrays.stream(groups).flatMapToDouble(Arrays::stream).sorted().toArray();
    double at = sparsity * (all.length - 1);
    int low = (int) Math.floor(at);
    int high = Math.min(low + 1, all.length - 1);
    return all[low] + (at - low) * (all[high] - all[low]);
  }
}
