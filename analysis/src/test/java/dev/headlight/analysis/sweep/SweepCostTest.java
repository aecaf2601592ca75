package dev.headlight.analysis.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.Parity;
import dev.headlight.analysis.cost.Calibration;
import dev.headlight.analysis.cost.CostEstimate;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.Intervention;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A sweep costs what its batches cost; one calibration, so that the comparisons are exact. */
class SweepCostTest {
  private static SweepRequest request(Metric metric, String... changes) {
    List<Cell> cells = Stream.of(changes).map(Intervention::parse).map(c -> Cell.of(c)).toList();
    return new SweepRequest(List.of(new int[] {1, 2, 3, 4, 5, 6, 7, 8}), cells, metric);
  }

  @Test
  void whatStartsLaterOrReadsLessCostsLess() {
    try (Model model = Model.open(Parity.folder("llama"), Progress.NONE)) {
      Calibration calibration = Calibration.measure(model, Progress.NONE);
      int last = model.spec().layers() - 1;
      CostEstimate early = of(model, calibration, Metrics.kl(), "zero:L0H0");
      CostEstimate late = of(model, calibration, Metrics.kl(), "zero:L" + last + "H0");
      CostEstimate nothing = of(model, calibration, Metrics.kl());
      CostEstimate loss = of(model, calibration, Metrics.loss(), "zero:L" + last + "H0");

      assertTrue(nothing.seconds() < late.seconds(), nothing + " " + late);
      assertTrue(late.seconds() < early.seconds(), late + " " + early);
      assertTrue(late.bytes() <= loss.bytes(), late + " " + loss);
      assertEquals(early, of(model, calibration, Metrics.kl(), "zero:L0H1"));
    }
  }

  private static CostEstimate of(
      Model model, Calibration calibration, Metric metric, String... changes) {
    return SweepCost.of(model, request(metric, changes), calibration, Progress.NONE);
  }
}
