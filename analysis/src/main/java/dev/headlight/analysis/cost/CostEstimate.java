package dev.headlight.analysis.cost;

import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.Intervention.Ablate;
import dev.headlight.analysis.run.Intervention.AddVector;
import dev.headlight.analysis.run.Intervention.LowRank;
import dev.headlight.analysis.run.Intervention.Mode;
import dev.headlight.analysis.run.Intervention.Patch;
import dev.headlight.analysis.run.PatchSource;
import dev.headlight.analysis.run.RunRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What work will cost, told before it is done.
 *
 * @param seconds it will take
 * @param bytes of memory it will need at most, above the model's weights
 */
public record CostEstimate(double seconds, long bytes) {
  /** Seconds from which a person is told beforehand. */
  private static final double SLOW = 2;

  private static final double GIGA = 1e9;

  /** A capture of all the request's prompts whose runs are kept until the last one is done. */
  public static CostEstimate capture(Calibration calibration, RunRequest request) {
    PassMemory memory = new PassMemory(calibration.spec());
    double seconds = 0;
    double kept = 0;
    double passing = 0;
    for (int s = 0; s < request.sequences().size(); s++) {
      int length = request.sequences().get(s).length;
      PassPart part = part(calibration.spec(), request, length);
      double floats = memory.kept(request, length);
      CostEstimate looking = looking(calibration, request, s);
      seconds += calibration.seconds(part) * passes(request) + calibration.copy(floats);
      seconds += looking.seconds();
      kept += Float.BYTES * floats + looking.bytes();
      passing = Math.max(passing, memory.passing(part));
    }
    return new CostEstimate(seconds, (long) (kept + passing));
  }

  /** What it takes to see the pictures of one prompt; nothing where it has none. */
  private static CostEstimate looking(Calibration calibration, RunRequest request, int sequence) {
    return LookCost.of(calibration.spec(), request)
        .map(look -> look.estimate(calibration, sequence))
        .orElse(new CostEstimate(0, 0));
  }

  /** What it takes to see the pictures of all prompts once. */
  public static CostEstimate looking(Calibration calibration, RunRequest request) {
    CostEstimate all = new CostEstimate(0, 0);
    for (int s = 0; s < request.sequences().size(); s++) {
      all = all.plus(looking(calibration, request, s));
    }
    return all;
  }

  /** Operations of a capture: what it will really compute, pictures seen included. */
  public static FlopCount flops(ModelSpec spec, RunRequest request) {
    Optional<LookCost> look = LookCost.of(spec, request);
    return IntStream.range(0, request.sequences().size())
        .mapToObj(
            s -> {
              int length = request.sequences().get(s).length;
              FlopCount text = FlopCount.computed(spec, part(spec, request, length));
              return look.map(l -> text.plus(l.flops(s))).orElse(text);
            })
        .reduce(FlopCount::plus)
        .orElseThrow();
  }

  private static PassPart part(ModelSpec spec, RunRequest request, int tokens) {
    int logits = request.allLogits() ? tokens : 1;
    int last = Math.min(tokens, request.lastRows(spec));
    PassPart part = PassPart.whole(tokens, logits).reading(last, logits);
    return request.statistics() || request.maps() ? part.withStatistics() : part;
  }

  /** Means and outputs of other prompts are read off a pass of their own. */
  private static int passes(RunRequest request) {
    return request.interventions().stream().anyMatch(CostEstimate::needsBaseline) ? 2 : 1;
  }

  private static boolean needsBaseline(Intervention change) {
    return change instanceof LowRank
        || (change instanceof Ablate a && (a.mode() == Mode.MEAN || a.mode() == Mode.RESAMPLE))
        || (change instanceof Patch p && p.source() instanceof PatchSource.Prompt)
        || (change instanceof AddVector v && v.source() instanceof PatchSource.Prompt);
  }

  /** Parts of passes, one after the other, that keep nothing. */
  public static CostEstimate parts(Calibration calibration, List<PassPart> parts) {
    PassMemory memory = new PassMemory(calibration.spec());
    double seconds = parts.stream().mapToDouble(calibration::seconds).sum();
    double bytes = parts.stream().mapToDouble(memory::passing).max().orElse(0);
    return new CostEstimate(seconds, (long) bytes);
  }

  /**
   * A sweep: a whole pass that keeps what enters each layer, then the cells of each layer in
   * batches from that layer on.
   *
   * @param cell what one cell computes, whatever layer it starts at
   * @param cellsPerLayer number of cells that start at each layer
   * @param batch most cells that are computed side by side
   */
  public static CostEstimate sweep(
      Calibration calibration, PassPart cell, int[] cellsPerLayer, int batch) {
    ModelSpec spec = calibration.spec();
    List<PassPart> parts = new ArrayList<>();
    parts.add(PassPart.whole(cell.tokens(), cell.logitRows()));
    for (int layer = 0; layer < cellsPerLayer.length; layer++) {
      for (int left = cellsPerLayer[layer]; left > 0; left -= batch) {
        parts.add(cell.from(layer).times(Math.min(batch, left)));
      }
    }
    long entering = (long) Float.BYTES * spec.layers() * cell.tokens() * spec.width();
    return parts(calibration, parts).plus(new CostEstimate(0, entering));
  }

  /** Writing {@code written} tokens after a prompt, with a cache. */
  public static CostEstimate generation(Calibration calibration, int prompt, int written) {
    ModelSpec spec = calibration.spec();
    List<PassPart> parts = new ArrayList<>();
    parts.add(PassPart.whole(prompt, 1).reading(1));
    for (int i = 1; i < written; i++) {
      parts.add(PassPart.step(prompt + i - 1));
    }
    long row = 2L * Float.BYTES * spec.layers() * spec.kvHeads() * spec.headDim();
    return parts(calibration, parts).plus(new CostEstimate(0, row * (prompt + written)));
  }

  /** One after the other, with what the first needs still alive. */
  public CostEstimate plus(CostEstimate other) {
    return new CostEstimate(seconds + other.seconds, bytes + other.bytes);
  }

  /** Whether it is long enough to be told of beforehand: over two seconds. */
  public boolean slow() {
    return seconds > SLOW;
  }

  /** For people: {@code about 12 s, 0.8 GB}. */
  public String text() {
    return "about " + time() + ", " + memory();
  }

  private String time() {
    if (seconds < 100) {
      return number(seconds < 1 ? "%.1f s" : "%.0f s", seconds);
    }
    double minutes = seconds / 60;
    return minutes < 100 ? number("%.0f min", minutes) : number("%.1f h", minutes / 60);
  }

  private String memory() {
    return bytes < GIGA / 10 ? number("%.0f MB", bytes / 1e6) : number("%.1f GB", bytes / GIGA);
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
