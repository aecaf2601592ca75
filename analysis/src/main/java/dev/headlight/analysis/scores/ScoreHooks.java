package dev.headlight.analysis.scores;

import ai.djl.ndarray.NDArray;
import dev.headlight.analysis.attention.HeadStatistics;
import dev.headlight.analysis.attention.ScoreRule;
import dev.headlight.analysis.attention.StatisticsGatherer;
import dev.headlight.analysis.model.Hooks;
import dev.headlight.analysis.model.HostMemory;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.PromptFrame;
import dev.headlight.analysis.run.Tensor;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Reads the scores of one sequence while its pass runs. */
final class ScoreHooks implements Hooks {
  private final ModelSpec spec;
  private final PromptFrame frame;
  private final int[] ids;
  private final Map<HeadScore, Stripe> stripes = new HashMap<>();
  private StatisticsGatherer statistics;
  private HeadStatistics gathered;

  /**
   * @param frame what the pictures of the prompt say about its masks
   */
  ScoreHooks(ModelSpec spec, PromptFrame frame, int[] ids) {
    this.spec = spec;
    this.frame = frame;
    this.ids = ids;
  }

  /** Wants a score of the pass. */
  void gather(HeadScore score) {
    if (!(score.origin() instanceof HeadScore.OfPass)) {
      throw new IllegalArgumentException(score.id() + " is no score of a pass");
    }
    if (statistics == null) {
      ScoreRule[] rules = new ScoreRule[spec.layers()];
      Arrays.setAll(rules, layer -> frame.rule(spec, layer));
      statistics = new StatisticsGatherer(rules, spec.heads(), ids);
    }
  }

  /** Wants the mean of A[i, i − back] over the rows from {@code first} on. */
  void stripe(HeadScore score, int first, int back) {
    stripes.put(score, new Stripe(spec.layers(), spec.heads(), first, back));
  }

  @Override
  public void rows(int layer, NDArray scores, NDArray pattern, int row0, int key0) {
    NDArray weights = HostMemory.visible(pattern);
    if (statistics != null) {
      statistics.add(layer, HostMemory.visible(scores), weights, row0, key0);
    }
    FloatBuffer cells = HostMemory.floats(weights);
    int rows = (int) pattern.getShape().get(2);
    int keys = (int) pattern.getShape().get(3);
    stripes.values().forEach(s -> s.add(layer, cells, rows, keys, row0, key0));
  }

  /** What a score came to once the pass is over, row-major {@code [layers][heads]}. */
  double[] values(HeadScore score) {
    if (stripes.containsKey(score)) {
      return stripes.get(score).means();
    }
    if (gathered == null) {
      gathered = statistics.finish();
    }
    Tensor table = ((HeadScore.OfPass) score.origin()).table().apply(gathered);
    double[] values = new double[table.data().length];
    Arrays.setAll(values, i -> table.data()[i]);
    return values;
  }
}
