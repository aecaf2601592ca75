package dev.headlight.app.workbench;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * In which order the heads stand.
 *
 * @param score id of the score they are sorted by; empty for by layer and head
 * @param descending whether the largest comes first
 */
public record GridOrder(String score, boolean descending) {
  /** Layers as rows, heads as columns. */
  public static final GridOrder LAYER = new GridOrder("", false);

  /** Every order there is. */
  public static List<GridOrder> values() {
    List<GridOrder> orders = new ArrayList<>(List.of(LAYER));
    for (String id : KnownScores.all().ids()) {
      orders.add(new GridOrder(id, true));
      orders.add(new GridOrder(id, false));
    }
    return orders;
  }

  /**
   * Finds one by {@link #toString}.
   *
   * @throws HeadlightException when there is none
   */
  public static GridOrder valueOf(String name) {
    return values().stream()
        .filter(order -> order.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new HeadlightException(Kind.INPUT, "\"%s\" is no order of heads".formatted(name)));
  }

  /** Whether heads stand by layer. */
  public boolean byLayer() {
    return score.isEmpty();
  }

  /** Name in the menu. */
  public String title() {
    if (byLayer()) {
      return "By layer";
    }
    return KnownScores.all().get(score).title() + " " + arrow();
  }

  /** Down where the largest comes first. */
  public String arrow() {
    return descending ? "↓" : "↑";
  }

  /** As text that names it for good. */
  @Override
  public String toString() {
    return byLayer() ? "layer" : score + (descending ? ".descending" : ".ascending");
  }
}
