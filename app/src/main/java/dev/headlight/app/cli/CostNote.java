package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.cost.Calibration;
import dev.headlight.analysis.cost.CostEstimate;
import dev.headlight.analysis.cost.FlopCount;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.FreeMemory;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.sweep.SweepCost;
import dev.headlight.analysis.sweep.SweepRequest;
import java.util.stream.IntStream;

/** Tells what a capture will cost before it is done. */
final class CostNote {
  private CostNote() {}

  /** The estimate; measures this machine first, for less than a second. */
  static CostEstimate estimate(Model model, RunRequest request, Progress progress) {
    model.runner().check(request);
    Calibration calibration = Calibration.measure(model, progress.silent());
    CostEstimate together = CostEstimate.capture(calibration, request);
    if (CaptureRuns.acrossSequences(request)) {
      return together;
    }
    long most =
        IntStream.range(0, request.sequences().size())
            .mapToLong(i -> CostEstimate.capture(calibration, request.only(i)).bytes())
            .max()
            .orElse(0);
    return new CostEstimate(together.seconds(), most);
  }

  /**
   * The same line before a sweep.
   *
   * @throws HeadlightException when it needs more memory than is free, with what would need less
   */
  static void tell(Model model, SweepRequest sweep, Terminal terminal) {
    Progress silent = terminal.progress().silent();
    boolean worthwhile =
        SweepCost.parts(model, sweep, silent).stream()
            .map(part -> FlopCount.computed(model.spec(), part))
            .reduce(FlopCount::plus)
            .filter(Calibration::worthwhile)
            .isPresent();
    if (worthwhile) {
      CostEstimate cost = SweepCost.of(model, sweep, Calibration.measure(model, silent), silent);
      requireRoom(cost, FreeMemory.bytes());
      if (cost.slow()) {
        terminal.note("this will take " + cost.text() + " of memory above the weights");
      }
    }
  }

  /** Refuses what does not fit. */
  static void requireRoom(CostEstimate cost, long free) {
    if (cost.bytes() > free) {
      throw new HeadlightException(
          HeadlightException.Kind.INPUT,
          "this map needs %.1f GB of memory above the weights, %.1f GB are free; --method attribution needs one backward pass for all cells, and shorter prompts need less"
              .formatted(cost.bytes() / 1e9, free / 1e9));
    }
  }

  /** A line on standard error before work that takes over two seconds. */
  static void tell(Model model, RunRequest request, Terminal terminal) {
    model.runner().check(request);
    if (Calibration.worthwhile(CostEstimate.flops(model.spec(), request))) {
      CostEstimate cost = estimate(model, request, terminal.progress());
      if (cost.slow()) {
        terminal.note("this will take " + cost.text() + " of memory above the weights");
      }
    }
  }
}
