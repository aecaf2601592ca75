package dev.headlight.analysis.attention;

import dev.headlight.analysis.run.Tensor;
import java.util.Arrays;

/**
 * Shares of attention that tell roles of heads apart, gathered with {@link HeadStatistics}. Letters
 * as there.
 *
 * @param near mean over rows {@link #NEAR}… of the attention to keys that are d = 0, 1, … tokens
 *     away, to both sides where the model looks both ways: {@code [L, H, NEAR]}, 0 to 1; NaN for
 *     prompts of {@link #NEAR} tokens or fewer
 * @param streaming mean over rows {@link #SINK} + {@link #NEAR}… of the attention to the first
 *     {@link #SINK} keys and to those fewer than {@link #NEAR} tokens away: {@code [L, H]}, 0 to 1;
 *     NaN for prompts that have no such row
 * @param duplicate mean over the rows whose token stood before of the attention to where it stood:
 *     {@code [L, H]}, 0 to 1; NaN where none did, or the pass did not know its tokens
 * @param induction mean over the same rows of the attention to what followed there: {@code [L, H]},
 *     0 to 1, NaN as before
 */
public record RoleShares(Tensor near, Tensor streaming, Tensor duplicate, Tensor induction) {
  /** How many distances are told apart. */
  public static final int NEAR = 8;

  /** How many of the first keys a streaming head keeps, as StreamingLLM recommends. */
  public static final int SINK = 4;

  /** Nothing is known. */
  public static RoleShares unknown(int layers, int heads) {
    return new RoleShares(
        filled(layers, heads, NEAR),
        filled(layers, heads),
        filled(layers, heads),
        filled(layers, heads));
  }

  private static Tensor filled(int... shape) {
    float[] values = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    Arrays.fill(values, Float.NaN);
    return new Tensor(values, shape);
  }

  /** Mean attention to keys fewer than {@link #NEAR} tokens away, the query's own counted. */
  public Tensor local() {
    float[] sums = new float[duplicate.data().length];
    for (int i = 0; i < near.data().length; i++) {
      sums[i / NEAR] += near.data()[i];
    }
    return new Tensor(sums, near.size(0), near.size(1));
  }
}
