package dev.headlight.app.bench;

import dev.headlight.analysis.cost.FlopCount;
import dev.headlight.analysis.cost.PassPart;
import dev.headlight.analysis.engine.MatmulRate;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Device;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.OpenOptions;
import dev.headlight.analysis.model.Residency;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A model larger than the memory it may take: 3 GB of bf16 that stay on disk. */
public final class StreamedBench {
  private static final int TOKENS = 64;
  private static final int REPEATS = 3;
  private static final double MEGA = 1 << 20;

  private StreamedBench() {}

  /** Writes the model into a temporary folder, runs it and deletes it. */
  public static List<BenchRow> run(Device device, long seed, Progress progress) {
    try (LargeCheckpoint large = LargeCheckpoint.write(seed, progress.part(0, 0.6))) {
      double before = MatmulRate.gflops(device, progress.silent());
      long code = MemoryWatch.field("RssFile:");
      OpenOptions options = new OpenOptions(device, Residency.STREAMED);
      try (MemoryWatch memory = new MemoryWatch();
          Model model = Model.open(large.folder(), options, progress.silent())) {
        int[] ids = new Random(seed).ints(TOKENS, 0, model.spec().vocab()).toArray();
        double[] times = new double[REPEATS];
        for (int i = -1; i < REPEATS; i++) {
          long start = System.nanoTime();
          try (Run run = model.run(RunRequest.of(ids).forViewing(), progress.silent()).get(0)) {
            run.logits(-1);
          }
          if (i >= 0) {
            times[i] = (System.nanoTime() - start) / 1e6;
          }
        }
        double rate = (before + MatmulRate.gflops(device, progress.silent())) / 2;
        Arrays.sort(times);
        FlopCount count = FlopCount.needed(model.spec(), PassPart.whole(TOKENS, 1));
        String what =
            "streamed, %.0f MB on disk: peak %.0f MB and %.0f MB of program"
                .formatted(model.residency().diskBytes() / MEGA, memory.peak() / MEGA, code / MEGA);
        return List.of(BenchRow.of(what, TOKENS, times[REPEATS / 2], times[0]).with(count, rate));
      }
    }
  }
}
