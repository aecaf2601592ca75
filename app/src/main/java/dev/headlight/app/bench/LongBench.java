package dev.headlight.app.bench;

import dev.headlight.analysis.cost.CostEstimate;
import dev.headlight.analysis.cost.FlopCount;
import dev.headlight.analysis.cost.PassPart;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import java.util.Optional;

/**
 * One pass over a long prompt with statistics of every head and maps on demand: its time, and its
 * memory above the weights. Belongs into a process that does nothing else: memory that others gave
 * back to Java, not to the system, would hide what this pass takes.
 */
public final class LongBench {
  private static final double LIMIT = 60_000;
  private static final double LIMIT_BYTES = 1.2e9;

  private LongBench() {}

  /** The row; measured once, as it takes long. */
  public static BenchRow run(Bed bed, int length) {
    RunRequest request = RunRequest.of(bed.ids(length)).forViewing();
    CostEstimate predicted = CostEstimate.capture(bed.calibration(), request);
    FlopCount count = FlopCount.needed(bed.spec(), PassPart.whole(length, 1));
    String what = "all heads and statistics, " + bed.model().name();
    PeakMemory memory = new PeakMemory();
    BenchRow row = bed.time(what, length, count, 0, 1, () -> pass(bed, request)).with(predicted);
    Optional<Long> peak = memory.bytes();
    return peak.map(bytes -> row.with(Fact.Kind.PEAK, bytes.doubleValue()))
        .orElse(row)
        .with(Fact.Kind.PREDICTED_PEAK, (double) predicted.bytes())
        .with(Fact.Kind.LIMIT_BYTES, LIMIT_BYTES)
        .with(Fact.Kind.LIMIT, LIMIT);
  }

  private static void pass(Bed bed, RunRequest request) {
    try (Run run = bed.model().run(request, bed.progress()).get(0)) {
      run.logits(-1);
    }
  }
}
