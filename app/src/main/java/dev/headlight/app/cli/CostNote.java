package dev.headlight.app.cli;

import dev.headlight.analysis.cost.Calibration;
import dev.headlight.analysis.cost.CostEstimate;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.RunRequest;
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
