package dev.headlight.analysis.sinks;

import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.Intervention.MaskEdges;
import dev.headlight.analysis.run.Intervention.MoveAttention;
import dev.headlight.analysis.run.Intervention.ScaleColumn;
import dev.headlight.analysis.run.Intervention.Temperature;
import dev.headlight.analysis.run.Positions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What papers do to sinks, as changes of a pass. */
public final class SinkInterventions {
  /** ACT's β: what a calibrated sink keeps. */
  public static final double BETA = 0.4;

  /** ACT's θ: column mean from which a later token is a sink. */
  public static final double THETA = 0.1;

  private SinkInterventions() {}

  /**
   * ZeroTuning (Han et al. 2025): the first token's attention a₀ becomes γ a₀ / ((γ − 1) a₀ + 1),
   * the others' a_k / ((γ − 1) a₀ + 1). γ = 1 is the identity.
   *
   * @param gamma γ, above 0
   */
  public static Intervention zeroTuning(HeadSet heads, double gamma) {
    if (!(gamma > 0) || Double.isInfinite(gamma)) {
      throw new IllegalArgumentException("γ must be above 0, found " + gamma);
    }
    return new ScaleColumn(heads, 0, gamma);
  }

  /**
   * Takes a sink away: no query sees the key any more, its own included, and what rested there goes
   * to the other keys. A query that sees nothing else keeps itself.
   */
  public static Intervention drop(HeadSet heads, int key) {
    return new MaskEdges(heads, Positions.ALL, Positions.at(key));
  }

  /** Divides the logits of chosen queries; 1 is the identity, see {@link Temperature}. */
  public static Intervention temperature(HeadSet heads, Positions queries, double temperature) {
    return new Temperature(heads, temperature, queries);
  }

  /**
   * ACT (Yu et al. 2024) for one prompt: each head's later sinks keep β of their attention, what is
   * freed goes to the head's other keys in proportion. The first token is never one of them,
   * whether it is a sink or not. Heads that have no later sink stay as they are.
   *
   * @param sinks of the prompt, unchanged
   * @param theta θ, at least the floor that the sinks were kept from
   * @param beta β, 0 to 1; 1 is the identity
   * @return one change for all heads that have the same sinks
   */
  public static List<Intervention> act(
      SequenceSinks sinks, Collection<Head> heads, double theta, double beta) {
    Map<List<Integer>, List<Head>> bySinks = new LinkedHashMap<>();
    for (Head head : heads) {
      List<Integer> keys =
          sinks.later(head, theta, sinks.length()).stream()
              .map(LaterSink::position)
              .sorted()
              .toList();
      if (!keys.isEmpty()) {
        bySinks.computeIfAbsent(keys, k -> new ArrayList<>()).add(head);
      }
    }
    List<Intervention> changes = new ArrayList<>();
    bySinks.forEach((keys, same) -> changes.add(new MoveAttention(HeadSet.of(same), keys, beta)));
    return List.copyOf(changes);
  }
}
