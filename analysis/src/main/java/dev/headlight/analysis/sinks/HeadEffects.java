package dev.headlight.analysis.sinks;

import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.sinks.HeadEffect.Direction;
import java.util.List;

/**
 * A metric with each head changed alone.
 *
 * @param metric its name, {@code loss} for instance
 * @param unit its unit
 * @param settings factors that were tried: γ of ZeroTuning, β of ACT
 * @param baseline the metric of the unchanged model, mean over the sequences
 * @param heads one a head, in order
 */
public record HeadEffects(
    String metric, String unit, List<Double> settings, double baseline, List<HeadEffect> heads) {
  /** Copies the lists. */
  public HeadEffects {
    settings = List.copyOf(settings);
    heads = List.copyOf(heads);
  }

  /** The heads that should be turned one way. */
  public List<HeadEffect> of(Direction direction) {
    return heads.stream().filter(h -> h.direction() == direction).toList();
  }

  /** The same as a choice of heads. */
  public HeadSet heads(Direction direction) {
    return HeadSet.of(of(direction).stream().map(HeadEffect::head).toList());
  }

  /**
   * The way that more heads should be turned, which is the one to turn together (40 to 70 % of
   * heads in the ZeroTuning paper); {@link Direction#UP} when equally many.
   */
  public Direction dominant() {
    return of(Direction.DOWN).size() > of(Direction.UP).size() ? Direction.DOWN : Direction.UP;
  }
}
