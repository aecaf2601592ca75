package dev.headlight.app.bench;

import dev.headlight.analysis.cost.CostEstimate;
import dev.headlight.analysis.cost.FlopCount;
import dev.headlight.analysis.cost.PassPart;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.run.Intervention.Ablate;
import dev.headlight.analysis.run.Intervention.Mode;
import dev.headlight.analysis.run.Intervention.Patch;
import dev.headlight.analysis.run.PatchSource;
import dev.headlight.analysis.run.Positions;
import dev.headlight.analysis.run.Site;
import dev.headlight.analysis.sweep.Cell;
import dev.headlight.analysis.sweep.Metric;
import dev.headlight.analysis.sweep.Metrics;
import dev.headlight.analysis.sweep.Sweep;
import dev.headlight.analysis.sweep.SweepCost;
import dev.headlight.analysis.sweep.SweepListener;
import dev.headlight.analysis.sweep.SweepRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Times sweeps against the plain loop: a whole pass for every cell. */
public final class SweepBench {
  private static final int ABLATED = 64;
  private static final int PATCHED = 15;
  private static final int REPEATS = 3;

  /** Most cells of a plain loop; of more, so many are taken evenly and their time is scaled. */
  private static final int LOOPED = 200;

  private final Bed bed;

  /** Times sweeps over the bed's model. */
  public SweepBench(Bed bed) {
    this.bed = bed;
  }

  /** Zero ablation of every head. */
  public List<BenchRow> heads() {
    int length = Math.min(ABLATED, bed.spec().maxPositions());
    List<Cell> cells = new ArrayList<>();
    for (int l = 0; l < bed.spec().layers(); l++) {
      for (int h = 0; h < bed.spec().heads(); h++) {
        HeadSet head = HeadSet.of(new Head(l, h));
        cells.add(Cell.of(new Ablate(Mode.ZERO, head, Positions.ALL)));
      }
    }
    String what = "zero ablation of %d heads, KL".formatted(cells.size());
    return both(what, new SweepRequest(List.of(bed.ids(length)), cells, Metrics.kl()));
  }

  /** Patching from another prompt: the residual stream, then every head, position by position. */
  public List<BenchRow> patches() {
    int length = Math.min(PATCHED, bed.spec().maxPositions());
    int layers = bed.spec().layers();
    int heads = bed.spec().heads();
    PatchSource clean = PatchSource.Prompt.of(bed.ids(length));
    List<int[]> corrupt = List.of(bed.ids(length));
    Metric metric = Metrics.logitDiff(bed.ids(1), bed.ids(1));
    List<Cell> stream = new ArrayList<>();
    List<Cell> single = new ArrayList<>();
    for (int l = 0; l < layers; l++) {
      for (int p = 0; p < length; p++) {
        stream.add(cell(Site.RESID_PRE, l, Optional.empty(), p, clean));
        for (int h = 0; h < heads; h++) {
          single.add(cell(Site.Z, l, Optional.of(h), p, clean));
        }
      }
    }
    List<BenchRow> rows = new ArrayList<>();
    String grid = "%d × %d".formatted(layers, length);
    rows.addAll(both("patching resid_pre, " + grid, new SweepRequest(corrupt, stream, metric)));
    String cells = "%d cells".formatted(single.size());
    rows.addAll(
        both("patching head × position, " + cells, new SweepRequest(corrupt, single, metric)));
    return rows;
  }

  private static Cell cell(
      Site site, int layer, Optional<Integer> head, int position, PatchSource clean) {
    return Cell.of(new Patch(site, layer, head, Positions.at(position), clean));
  }

  private List<BenchRow> both(String what, SweepRequest request) {
    BenchRow loop = loop(what + ", plain loop", request);
    List<PassPart> parts = SweepCost.parts(bed.model(), request, bed.progress());
    CostEstimate predicted = SweepCost.of(bed.model(), request, bed.calibration(), bed.progress());
    BenchRow sweep =
        bed.time(
                what + ", sweep",
                request.sequences().get(0).length,
                count(parts),
                1,
                REPEATS,
                () -> Sweep.run(bed.model(), request, SweepListener.NONE, bed.progress()))
            .with(predicted);
    double faster = loop.milliseconds() / sweep.milliseconds();
    return List.of(loop, sweep.with(Fact.Kind.TIMES_FASTER, faster));
  }

  private FlopCount count(List<PassPart> parts) {
    return parts.stream()
        .map(p -> FlopCount.needed(bed.spec(), p))
        .reduce(FlopCount::plus)
        .orElseThrow();
  }

  private BenchRow loop(String what, SweepRequest request) {
    int length = request.sequences().get(0).length;
    PlainLoop loop = new PlainLoop(bed, request);
    int all = request.cells().size();
    int some = Math.min(LOOPED, all);
    PassPart pass = PassPart.whole(length, 1);
    BenchRow row =
        bed.time(
            what,
            length,
            count(Collections.nCopies(some, pass)),
            0,
            1,
            () -> IntStream.range(0, some).forEach(i -> loop.cell((int) ((long) i * all / some))));
    CostEstimate predicted = CostEstimate.parts(bed.calibration(), Collections.nCopies(all, pass));
    return row.with(predicted).times((double) all / some);
  }
}
