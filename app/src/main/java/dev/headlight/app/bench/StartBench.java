package dev.headlight.app.bench;

import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Times a cold start once: a process can only start once. */
public final class StartBench {
  private static final int TOKENS = 32;

  private StartBench() {}

  /** Rows for the way from the start of the process to the first map. */
  public static List<BenchRow> run(Supplier<Model> open, Progress progress) {
    List<BenchRow> rows = new ArrayList<>();
    ProcessHandle.current()
        .info()
        .startInstant()
        .ifPresent(
            started ->
                rows.add(once("start of the process to this command", since(started), null)));
    long before = System.nanoTime();
    try (Model model = open.get()) {
      rows.add(once("open the model", milliseconds(before), null));
      int length = Math.min(TOKENS, model.spec().maxPositions());
      int[] ids = new int[length];
      for (int i = 0; i < length; i++) {
        ids[i] = i % model.spec().vocab();
      }
      long pass = System.nanoTime();
      try (Run run = model.run(RunRequest.of(ids).forViewing(), progress).get(0)) {
        run.map(new Head(0, 0)).weights();
      }
      rows.add(once("first pass and first map", milliseconds(pass), length));
    }
    return rows;
  }

  private static double since(Instant started) {
    return Duration.between(started, Instant.now()).toMillis();
  }

  private static double milliseconds(long start) {
    return (System.nanoTime() - start) / 1e6;
  }

  private static BenchRow once(String what, double milliseconds, Integer tokens) {
    return BenchRow.of(what, tokens, milliseconds, milliseconds);
  }
}
