package dev.headlight.analysis.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.Parity;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.GradientRun;
import dev.headlight.analysis.run.HookName;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.run.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The probability of several tokens, against the logits of whole passes. */
class ContinuationTest {
  /** A prompt of six tokens, and two of the three that follow it. */
  private static final int[] SEQUENCE = {7, 3, 11, 5, 2, 9, 14, 6};

  private static final int[] NEXT = {14, 6, 1};

  private static double expected(Model model, List<Intervention> changes) {
    RunRequest request = RunRequest.of(SEQUENCE).withAllLogits().withInterventions(changes);
    try (Run run = model.run(request, Progress.NONE).get(0)) {
      double sum = 0;
      for (int i = 0; i < NEXT.length; i++) {
        float[] logits = run.logits(SEQUENCE.length - NEXT.length + i);
        double all = 0;
        for (float logit : logits) {
          all += Math.exp(logit);
        }
        sum += logits[NEXT[i]] - Math.log(all);
      }
      return sum;
    }
  }

  private static SweepResult sweep(Model model, List<Cell> cells) {
    Metric metric = Metrics.continuation(List.of(NEXT));
    SweepRequest request = new SweepRequest(List.of(SEQUENCE), cells, metric);
    return Sweep.run(model, request, SweepListener.NONE, Progress.NONE);
  }

  /** Changes at all positions, at the last alone, and at one before those that are read. */
  @ParameterizedTest
  @ValueSource(strings = {"gpt2", "llama", "gemma2"})
  void cellsAreThoseOfWholePasses(String family) {
    try (Model model = Model.open(Parity.folder(family), Progress.NONE)) {
      List<Cell> cells = new ArrayList<>();
      for (String text :
          List.of(
              "zero:L0H1", "zero:L1H0@-1", "zero:L1H*@2", "scale:L0H0=0.5@-2", "uniform:L1H1")) {
        cells.add(Cell.of(Intervention.parse(text)));
      }
      SweepResult result = sweep(model, cells);
      assertEquals(expected(model, List.of()), result.baseline()[0], 1e-4);
      for (int c = 0; c < cells.size(); c++) {
        double whole = expected(model, cells.get(c).changes());
        assertEquals(whole, result.values()[c][0], 1e-4, cells.get(c).toString());
      }
    }
  }

  @Test
  void gradientsPredictSmallSteps() {
    try (Model model = Model.open(Parity.folder("llama"), Progress.NONE)) {
      HookName z = HookName.of(Site.Z, 1);
      Metric metric = Metrics.continuation(List.of(NEXT));
      SweepRequest request = new SweepRequest(List.of(SEQUENCE), List.of(Cell.of()), metric);
      GradientRun run = Gradients.run(model, request, Set.of(z), Progress.NONE).get(0);
      assertEquals(expected(model, List.of()), run.objective(), 1e-4);
      float[] gradient = run.values().get(z).gradient().data();
      float[] value = run.values().get(z).value().data();
      double slope = 0;
      for (int i = 0; i < value.length; i++) {
        slope += (double) gradient[i] * value[i];
      }
      double up = expected(model, List.of(Intervention.parse("scale:L1H*=1.01")));
      double down = expected(model, List.of(Intervention.parse("scale:L1H*=0.99")));
      assertEquals((up - down) / 0.02, slope, 0.03 * Math.max(0.1, Math.abs(slope)));
    }
  }

  @Test
  void moreTokensThanPositionsAreRefused() {
    try (Model model = Model.open(Parity.folder("gpt2"), Progress.NONE)) {
      Metric metric = Metrics.continuation(List.of(new int[] {1, 2, 3}));
      SweepRequest request = new SweepRequest(List.of(new int[] {1, 2}), List.of(), metric);
      HeadlightException e =
          assertThrows(HeadlightException.class, () -> new Sweep(model, request));
      assertTrue(
          e.getMessage().contains("needs 3 tokens or more: prompt 0 has 2 tokens"), e.getMessage());
    }
  }
}
