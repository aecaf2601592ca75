package dev.headlight.app.bench;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.cost.CostEstimate;
import dev.headlight.analysis.cost.FlopCount;
import dev.headlight.analysis.cost.PassPart;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.run.Site;
import dev.headlight.analysis.run.Sites;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Times whole passes: bare, as the window asks for them, and with more and more kept. */
public final class CaptureBench {
  private static final List<Integer> LENGTHS = List.of(128, 512);
  private static final int WARM_UP = 2;
  private static final int REPEATS = 5;

  private final Bed bed;

  /** Times passes of the bed's model. */
  public CaptureBench(Bed bed) {
    this.bed = bed;
  }

  /** Rows for prompts of these lengths, or of the usual ones as far as the model goes. */
  public List<BenchRow> run(Optional<List<Integer>> asked) {
    List<BenchRow> rows = new ArrayList<>();
    for (int length : lengths(asked)) {
      RunRequest bare = RunRequest.of(bed.ids(length));
      rows.add(time("forward, last logits", bare));
      rows.add(time("forward, with maps on demand and statistics", bare.forViewing()));
      rows.add(
          time(
              "capture: q, k, lse, z, residuals, statistics",
              bare.forViewing().withSites(residuals())));
      rows.add(time("forward, every pattern kept", bare.withSites(Site.PATTERN)));
    }
    return rows;
  }

  private Set<Site> residuals() {
    Set<Site> sites = EnumSet.of(Site.Z, Site.RESID_PRE, Site.RESID_MID, Site.RESID_POST);
    sites.retainAll(Sites.of(bed.spec()));
    return sites;
  }

  private List<Integer> lengths(Optional<List<Integer>> asked) {
    int longest = bed.spec().maxPositions();
    for (int length : asked.orElse(List.of())) {
      if (length < 1 || length > longest) {
        throw new HeadlightException(
            Kind.INPUT,
            "--tokens: the model takes 1 to " + longest + " tokens, found " + length + ".");
      }
    }
    return asked.orElseGet(
        () -> LENGTHS.stream().map(n -> Math.min(n, longest)).distinct().toList());
  }

  private BenchRow time(String what, RunRequest request) {
    int length = request.sequences().get(0).length;
    CostEstimate predicted = CostEstimate.capture(bed.calibration(), request);
    FlopCount count = FlopCount.needed(bed.spec(), PassPart.whole(length, 1));
    return bed.time(what, length, count, WARM_UP, REPEATS, () -> pass(request)).with(predicted);
  }

  private void pass(RunRequest request) {
    try (Run run = bed.model().run(request, bed.progress()).get(0)) {
      run.logits(-1);
    }
  }
}
