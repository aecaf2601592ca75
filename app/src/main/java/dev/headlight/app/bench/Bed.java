package dev.headlight.app.bench;

import dev.headlight.analysis.cost.Calibration;
import dev.headlight.analysis.cost.FlopCount;
import dev.headlight.analysis.engine.MatmulRate;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Device;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.VisionSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * An open model on which things are measured. The matmul rate is measured before and after each,
 * since other programs may come and go.
 */
public final class Bed {
  private final Model model;
  private final Random random;
  private final Progress progress;
  private final List<Double> rates = new ArrayList<>();
  private Calibration calibration;

  /** Measures on this model, with random prompts of this seed. */
  public Bed(Model model, long seed, Progress progress) {
    this.model = model;
    this.random = new Random(seed);
    this.progress = progress;
  }

  Model model() {
    return model;
  }

  ModelSpec spec() {
    return model.spec();
  }

  Progress progress() {
    return progress;
  }

  /** What predictions are made from; measured when first asked for, before what it predicts. */
  Calibration calibration() {
    if (calibration == null) {
      calibration = Calibration.measure(model, progress);
    }
    return calibration;
  }

  /** A random prompt of text. */
  int[] ids(int length) {
    int image = model.spec().vision().map(VisionSpec::imageToken).orElse(-1);
    return random.ints(0, model.spec().vocab()).filter(id -> id != image).limit(length).toArray();
  }

  int random(int bound) {
    return random.nextInt(bound);
  }

  /** All matmul rates that were measured between the things, in GFLOP/s. */
  public List<Double> rates() {
    return List.copyOf(rates);
  }

  /**
   * Times work.
   *
   * @param warmUp how often it is done before
   * @param repeats how often it is timed
   */
  BenchRow time(String what, int tokens, FlopCount count, int warmUp, int repeats, Runnable work) {
    double before = MatmulRate.gflops(Device.parse(model.device()), progress.silent());
    double[] times = new double[repeats];
    for (int i = -warmUp; i < repeats; i++) {
      progress.check();
      long start = System.nanoTime();
      work.run();
      if (i >= 0) {
        times[i] = (System.nanoTime() - start) / 1e6;
      }
    }
    double after = MatmulRate.gflops(Device.parse(model.device()), progress.silent());
    rates.add(before);
    rates.add(after);
    Arrays.sort(times);
    return BenchRow.of(what, tokens, times[repeats / 2], times[0])
        .with(count, (before + after) / 2);
  }
}
