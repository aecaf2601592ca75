package dev.headlight.app.bench;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.circuit.EdgeAttribution;
import dev.headlight.analysis.circuit.EdgeScores;
import dev.headlight.analysis.circuit.Ungrouped;
import dev.headlight.analysis.circuit.Wiring;
import dev.headlight.analysis.cost.FlopCount;
import dev.headlight.analysis.cost.PassPart;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.pairs.TokenPair;
import dev.headlight.analysis.patching.AttributionPatching;
import dev.headlight.analysis.patching.Contrast;
import dev.headlight.analysis.patching.Direction;
import dev.headlight.analysis.patching.PatchGrid;
import dev.headlight.analysis.patching.PatchRequest;
import dev.headlight.analysis.patching.Places;
import dev.headlight.analysis.run.HookName;
import dev.headlight.analysis.run.Site;
import dev.headlight.analysis.sweep.Cell;
import dev.headlight.analysis.sweep.Gradients;
import dev.headlight.analysis.sweep.SweepRequest;
import java.util.List;
import java.util.Set;

/** Times first-order estimates beside the passes that they are made of. */
public final class CircuitBench {
  private static final int TOKENS = 15;
  private static final int REPEATS = 3;
  private static final int TRIES = 50;
  private static final double EDGES_LIMIT = 30_000;

  private CircuitBench() {}

  /** A forward and a backward pass, attribution of every head, and every edge's score. */
  public static List<BenchRow> run(Bed bed) {
    int length = Math.min(TOKENS, bed.spec().maxPositions());
    TokenPair pair = pair(bed, length);
    SweepRequest both =
        new SweepRequest(
            List.of(pair.clean()), List.of(Cell.of()), TokenPair.logitDiff(List.of(pair)));
    Set<HookName> first = Set.of(HookName.of(Site.RESID_PRE, 0));
    FlopCount pass = FlopCount.needed(bed.spec(), PassPart.whole(length, 1).reading(1));
    // A backward pass through values, not weights, has the products of a forward one.
    FlopCount there = pass.plus(pass);
    BenchRow once =
        bed.time(
            "one forward and one backward pass",
            length,
            there,
            1,
            REPEATS,
            () -> Gradients.run(bed.model(), both, first, bed.progress()));
    PatchRequest heads =
        new PatchRequest(pair, Site.Z, PatchGrid.HEAD, Places.ALL, Direction.DENOISING);
    BenchRow attribution =
        bed.time(
                "attribution patching, every head",
                length,
                there.plus(pass),
                1,
                REPEATS,
                () -> AttributionPatching.run(bed.model(), heads, bed.progress()))
            .with(Fact.Kind.LIMIT, 3 * once.milliseconds());
    return List.of(once, attribution, edges(bed, pair, there));
  }

  private static BenchRow edges(Bed bed, TokenPair pair, FlopCount step) {
    int steps = EdgeAttribution.STEPS;
    FlopCount all = step;
    for (int i = 1; i < steps; i++) {
      all = all.plus(step);
    }
    try (Ungrouped ungrouped = Ungrouped.of(bed.model())) {
      Model model = ungrouped.model();
      String what = "EAP-IG, %d steps, %d edges".formatted(steps, Wiring.of(model.spec()).edges());
      return bed.time(
              what,
              pair.clean().length,
              all,
              0,
              1,
              () ->
                  EdgeAttribution.run(
                      model, List.of(pair), EdgeScores.Method.EAP_IG, steps, bed.progress()))
          .with(Fact.Kind.LIMIT, EDGES_LIMIT);
    }
  }

  /** Random prompts whose answers differ enough to be a scale. */
  private static TokenPair pair(Bed bed, int length) {
    for (int i = 0; i < TRIES; i++) {
      TokenPair pair = new TokenPair(bed.ids(length), bed.ids(length), bed.ids(1), bed.ids(1));
      if (Contrast.measure(bed.model(), pair, bed.progress().silent()).distinct()) {
        return pair;
      }
    }
    throw new HeadlightException(
        Kind.MODEL, "no two of %d random prompts differ in their answer".formatted(2 * TRIES));
  }
}
