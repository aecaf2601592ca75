package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.engine.MatmulRate;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Device;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.run.Site;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Times whole passes: bare, as the window asks for them, and with every pattern kept. The matmul
 * rate is measured before and after each, since other programs may come and go.
 */
final class CaptureBench {
  private static final List<Integer> LENGTHS = List.of(128, 512);
  private static final int WARM_UP = 2;
  private static final int REPEATS = 5;

  private final Model model;
  private final Device device;
  private final List<Double> rates = new ArrayList<>();
  private final Random random;

  CaptureBench(Model model, long seed) {
    this.model = model;
    device = Device.parse(model.device());
    this.random = new Random(seed);
  }

  /** Mean of the matmul rates that were measured between the passes, in GFLOP/s. */
  double rate() {
    return rates.stream().mapToDouble(r -> r).average().orElse(Double.NaN);
  }

  List<BenchRow> run(Optional<List<Integer>> asked, Progress progress) {
    List<BenchRow> rows = new ArrayList<>();
    for (int length : lengths(asked)) {
      int[] ids = random.ints(length, 0, model.spec().vocab()).toArray();
      RunRequest bare = RunRequest.of(ids);
      rows.add(time("forward, last logits", bare, progress));
      rows.add(time("forward, with maps on demand and statistics", bare.forViewing(), progress));
      rows.add(time("forward, every pattern kept", bare.withSites(Site.PATTERN), progress));
    }
    return rows;
  }

  private List<Integer> lengths(Optional<List<Integer>> asked) {
    int longest = model.spec().maxPositions();
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

  private BenchRow time(String what, RunRequest request, Progress progress) {
    double before = MatmulRate.gflops(device, progress.silent());
    double[] times = new double[REPEATS];
    for (int i = -WARM_UP; i < REPEATS; i++) {
      long start = System.nanoTime();
      try (Run run = model.run(request, progress).get(0)) {
        run.logits(-1);
      }
      if (i >= 0) {
        times[i] = (System.nanoTime() - start) / 1e6;
      }
    }
    double after = MatmulRate.gflops(device, progress.silent());
    rates.add(before);
    rates.add(after);
    Arrays.sort(times);
    int length = request.sequences().get(0).length;
    double gflop = gflop(model.spec(), length);
    return BenchRow.pass(what, length, times[REPEATS / 2], times[0], gflop, (before + after) / 2);
  }

  /**
   * The matrix products that a pass cannot avoid, in 10⁹ operations: projections and MLP of every
   * token, q·k and A·v of every pair the mask allows, logits of the last token.
   */
  static double gflop(ModelSpec spec, int length) {
    double pairs = 0;
    for (int layer = 0; layer < spec.layers(); layer++) {
      int window = spec.layer(layer).window();
      for (int query = 0; query < length; query++) {
        int keys = spec.causal() ? query + 1 : length;
        pairs += window == 0 ? keys : Math.min(window, keys);
      }
    }
    double perHead = spec.headDim();
    double projections = spec.width() * perHead * 2.0 * (spec.heads() + spec.kvHeads());
    double mlp = (spec.mlp().gated() ? 3.0 : 2.0) * spec.width() * spec.mlp().inner();
    double products =
        spec.layers() * length * (projections + mlp)
            + 2 * spec.heads() * perHead * pairs
            + (double) spec.width() * spec.vocab();
    return 2 * products / 1e9;
  }
}
