package dev.headlight.analysis.sweep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.Parity;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.run.Site;
import dev.headlight.analysis.run.Sites;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sweep's numbers are those of whole passes, one a cell. */
class SweepTest {
  private static final int[] FIRST = {7, 3, 11, 5, 2, 9, 14, 6, 1};
  private static final int[] SECOND = {4, 8, 11, 2, 2, 13, 10, 6, 12};
  private static final String DONOR = "[4,8,11,2,2,13,10,6,12]";

  /** Changes at every kind of site, at the first and the last block, at all and at some rows. */
  private static List<Cell> everyKind(Model model) {
    List<Cell> cells = new ArrayList<>();
    for (String text :
        List.of(
            "zero:L0H0",
            "zero:L1H1",
            "zero:L1H*",
            "mean:L0H1",
            "resample:L1H0",
            "uniform:L0H1",
            "uniform:L1H0@5-7",
            "scale:L0H0=0.5@-1",
            "scale:L1H0=2@3",
            "column:L0H1/2=0.1",
            "move:L0H1/4,2=0.3",
            "move:L1H0/5=0.3",
            "temperature:L1H1@4=2",
            "mask:L1H*/q=6-8/k=0-2")) {
      cells.add(Cell.of(Intervention.parse(text)));
    }
    for (Site site : Sites.of(model.spec())) {
      if (site != Site.POS_EMBED && site != Site.LOGITS && site != Site.ROUTER_LOGITS) {
        String place = site.shortName() + (site.perLayer() ? "/L1" : "");
        cells.add(Cell.of(Intervention.parse("patch:" + place + "@6<-" + DONOR)));
        cells.add(Cell.of(Intervention.parse("patch:" + place + "<-" + DONOR)));
      }
    }
    cells.add(
        new Cell(List.of(Intervention.parse("zero:L1H0"), Intervention.parse("zero:L0H1@4"))));
    return cells;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gpt2",
        "llama_tied",
        "mistral",
        "gemma2",
        "bloom",
        "gpt_neox",
        "cohere",
        "phi",
        "bert",
        "mixtral",
        "olmo2",
        "granite",
        "opt_350m"
      })
  void equalsWholePasses(String family) {
    try (Model model = Model.open(Parity.folder(family), Progress.NONE)) {
      int before = model.liveArrays();
      List<int[]> sequences = List.of(FIRST, SECOND);
      List<Cell> cells = everyKind(model);
      for (Metric metric : metrics()) {
        SweepRequest request = new SweepRequest(sequences, cells, metric);
        SweepResult result = Sweep.run(model, request, SweepListener.NONE, Progress.NONE);
        assertTrue(result.complete());
        for (int c = 0; c < cells.size(); c++) {
          double[] expected = whole(model, sequences, cells.get(c), metric);
          String what = metric.name() + " of " + texts(cells.get(c));
          assertArrayEquals(expected, result.values()[c], 2e-4, what);
        }
      }
      assertEquals(before, model.liveArrays(), "arrays are left behind");
    }
  }

  private static List<Metric> metrics() {
    int[] right = {3, 4};
    int[] wrong = {9, 1};
    return List.of(
        Metrics.logitDiff(right, wrong),
        Metrics.loss(),
        Metrics.kl(),
        Metrics.logProbability(right));
  }

  private static String texts(Cell cell) {
    return cell.changes().stream().map(Intervention::text).toList().toString();
  }

  /** The metric of each sequence by the plain way: a whole pass with the changes. */
  private static double[] whole(Model model, List<int[]> sequences, Cell cell, Metric metric) {
    RunRequest request = RunRequest.ofSequences(sequences).withAllLogits();
    List<Run> base = model.run(request, Progress.NONE);
    List<Run> changed = model.run(request.withInterventions(cell.changes()), Progress.NONE);
    double[] values = new double[sequences.size()];
    for (int s = 0; s < values.length; s++) {
      values[s] = metric.value(s, read(base.get(s), metric, s), read(changed.get(s), metric, s));
    }
    Stream.of(base, changed).flatMap(List::stream).forEach(Run::close);
    return values;
  }

  private static float[] read(Run run, Metric metric, int sequence) {
    if (metric.reads(sequence) instanceof ReadOut.LastLogits last) {
      float[] logits = run.logits(-1);
      int[] ids = last.ids().length == 0 ? IntStream.range(0, logits.length).toArray() : last.ids();
      float[] read = new float[ids.length];
      for (int i = 0; i < ids.length; i++) {
        read[i] = logits[ids[i]];
      }
      return read;
    }
    int[] tokens = run.tokens();
    float[] read = new float[tokens.length - 1];
    for (int p = 0; p < read.length; p++) {
      float[] logits = run.logits(p);
      double sum = 0;
      for (float logit : logits) {
        sum += Math.exp(logit);
      }
      read[p] = (float) (logits[tokens[p + 1]] - Math.log(sum));
    }
    return read;
  }

  @Test
  void nothingChangedIsTheBaselineAndSomethingIsNot() {
    try (Model model = Model.open(Parity.folder("llama"), Progress.NONE)) {
      List<Cell> cells =
          List.of(
              Cell.of(),
              Cell.of(Intervention.parse("scale:L0H0=1")),
              Cell.of(Intervention.parse("zero:L0H0")));
      Metric metric = Metrics.logitDiff(new int[] {3}, new int[] {9});
      SweepResult result =
          Sweep.run(
              model,
              new SweepRequest(List.of(FIRST), cells, metric),
              SweepListener.NONE,
              Progress.NONE);
      assertEquals(0, result.delta(0), 1e-5);
      assertEquals(0, result.delta(1), 1e-5);
      assertTrue(Math.abs(result.delta(2)) > 1e-3);
    }
  }

  @Test
  void goesOnWhereItWasCancelledAndLeavesNoArrays() {
    try (Model model = Model.open(Parity.folder("gpt2"), Progress.NONE)) {
      int before = model.liveArrays();
      List<Cell> cells = everyKind(model);
      SweepRequest request = new SweepRequest(List.of(FIRST, SECOND), cells, Metrics.kl());
      Sweep sweep = new Sweep(model, request);
      List<Integer> heard = new ArrayList<>();
      Progress stops =
          new Progress() {
            @Override
            public void report(double fraction, String message) {}

            @Override
            public boolean cancelled() {
              return !heard.isEmpty();
            }
          };
      assertThrows(CancellationException.class, () -> sweep.run((c, s, v) -> heard.add(c), stops));
      assertEquals(before, model.liveArrays(), "arrays are left behind");
      assertFalse(sweep.result().complete());
      int first = heard.size();
      SweepResult result = sweep.run((c, s, v) -> heard.add(c), Progress.NONE);
      assertEquals(2 * cells.size(), heard.size(), "cells are computed twice, " + first);
      SweepResult whole = Sweep.run(model, request, SweepListener.NONE, Progress.NONE);
      for (int c = 0; c < cells.size(); c++) {
        assertArrayEquals(whole.values()[c], result.values()[c], 1e-5);
      }
    }
  }

  @Test
  void refusesWhatDoesNotFit() {
    try (Model model = Model.open(Parity.folder("gpt2"), Progress.NONE)) {
      HeadlightException layer =
          assertThrows(
              HeadlightException.class, () -> kl(model, "patch:resid_pre/L9<-" + DONOR, FIRST));
      assertTrue(layer.getMessage().contains("layers"), layer.getMessage());
      HeadlightException shorter =
          assertThrows(
              HeadlightException.class, () -> kl(model, "patch:resid_pre/L1@8<-[1,2]", FIRST));
      assertTrue(shorter.getMessage().contains("2 positions"), shorter.getMessage());
      HeadlightException pair =
          assertThrows(
              HeadlightException.class,
              () ->
                  new Sweep(
                      model, new SweepRequest(List.of(new int[] {3}), List.of(), Metrics.loss())));
      assertTrue(pair.getMessage().contains("1 token"), pair.getMessage());
      assertEquals(0, kl(model, "scale:L*H*=1", 3), 1e-6);
    }
  }

  private static double kl(Model model, String change, int... tokens) {
    List<Cell> cells = List.of(Cell.of(Intervention.parse(change)));
    SweepRequest request = new SweepRequest(List.of(tokens), cells, Metrics.kl());
    return Arrays.stream(Sweep.run(model, request, SweepListener.NONE, Progress.NONE).values()[0])
        .sum();
  }
}
