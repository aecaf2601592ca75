package dev.headlight.app.visual;

import dev.headlight.analysis.run.Head;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The order of the small maps of all heads. */
public final class HeadOrder {
  private HeadOrder() {}

  /** Heads in order. */
  public static List<Head> of(VisualState state) {
    List<Head> all = new ArrayList<>(state.maps().all());
    number(state)
        .ifPresent(n -> all.sort(Comparator.comparingDouble((Head h) -> -n.applyAsDouble(h))));
    return all;
  }

  /** The number that orders them; empty where they stand by layer, or it is not known. */
  public static Optional<ToDoubleFunction<Head>> number(VisualState state) {
    return switch (state.choice().order()) {
      case LAYER -> Optional.empty();
      case SHARE -> Optional.of(state.maps()::share);
      case VHD -> {
        int heads = state.looked().heads();
        yield state.divergence().map(d -> h -> d.divergence().data()[h.layer() * heads + h.head()]);
      }
      case POINTING -> {
        Map<Head, Double> iou = new HashMap<>();
        state.groundings().forEach(g -> iou.put(g.head(), g.iou()));
        yield iou.isEmpty()
            ? Optional.empty()
            : Optional.of(h -> iou.getOrDefault(h, Double.NEGATIVE_INFINITY));
      }
    };
  }
}
