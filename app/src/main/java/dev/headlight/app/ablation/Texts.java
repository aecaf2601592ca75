package dev.headlight.app.ablation;

import java.util.ArrayList;
import java.util.List;

/**
 * What was written so far.
 *
 * @param baseline with all heads
 * @param without some
 */
public record Texts(List<Piece> baseline, List<Piece> without) {
  /** Nothing yet. */
  public static final Texts NONE = new Texts(List.of(), List.of());

  /** Copies the lists. */
  public Texts {
    baseline = List.copyOf(baseline);
    without = List.copyOf(without);
  }

  /** With one token more. */
  Texts with(Piece piece) {
    List<Piece> longer = new ArrayList<>(piece.ablated() ? without : baseline);
    longer.add(piece);
    return piece.ablated() ? new Texts(baseline, longer) : new Texts(longer, without);
  }

  /** For each token of the second text whether the first has none that fits to it. */
  public boolean[] differs() {
    return TwoTexts.differs(ids(baseline), ids(without));
  }

  /** The same for the first text, once the second is there. */
  public boolean[] missing() {
    return without.isEmpty()
        ? new boolean[baseline.size()]
        : TwoTexts.differs(ids(without), ids(baseline));
  }

  private static int[] ids(List<Piece> pieces) {
    return pieces.stream().mapToInt(Piece::id).toArray();
  }
}
