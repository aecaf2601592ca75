package dev.headlight.analysis.cost;

import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelSpec;
import java.util.Optional;

/**
 * How fast this machine is with an open model: a block of it at a few numbers of rows, attention
 * and statistics at a few sizes, the unembedding, and copying values out. It takes less than a
 * second on a machine that can use the model, holds for the model and its device, and belongs to
 * whoever made it.
 */
public final class Calibration {
  /** Operations of matrix products that no machine fit for a model needs two seconds for. */
  private static final double QUICK = 40e9;

  private final ModelSpec spec;
  private final int layer;
  private final Curve block;
  private final Curve attention;
  private final Curve statistics;
  private final Curve logits;
  private final double bytesPerSecond;
  private final Optional<Calibration> tower;

  /**
   * @param layer the block that was measured
   * @param block of it without what happens between tokens, by rows
   * @param attention of a block of attention, by its cells in all heads
   * @param statistics of the same cells
   * @param logits by rows
   * @param bytesPerSecond that leave the engine
   */
  Calibration(
      ModelSpec spec,
      int layer,
      Curve block,
      Curve attention,
      Curve statistics,
      Curve logits,
      double bytesPerSecond) {
    this(spec, layer, block, attention, statistics, logits, bytesPerSecond, Optional.empty());
  }

  private Calibration(
      ModelSpec spec,
      int layer,
      Curve block,
      Curve attention,
      Curve statistics,
      Curve logits,
      double bytesPerSecond,
      Optional<Calibration> tower) {
    this.tower = tower;
    this.spec = spec;
    this.layer = layer;
    this.block = block;
    this.attention = attention;
    this.statistics = statistics;
    this.logits = logits;
    this.bytesPerSecond = bytesPerSecond;
  }

  /**
   * Measures; on the thread that uses the model.
   *
   * @throws java.util.concurrent.CancellationException when the progress was cancelled
   */
  public static Calibration measure(Model model, Progress progress) {
    return new Calibrator(model, progress).measure();
  }

  /** The same with how fast the machine is with the tower of pictures. */
  Calibration seeing(Calibration ofTower) {
    return new Calibration(
        spec, layer, block, attention, statistics, logits, bytesPerSecond, Optional.of(ofTower));
  }

  /** How fast the machine is with the tower of pictures; empty where the model has none. */
  Optional<Calibration> tower() {
    return tower;
  }

  /**
   * Seconds of matrices beside the blocks.
   *
   * @param rows that they map
   * @param operations a row
   */
  double beside(double rows, double operations) {
    return block.seconds(rows) * operations / FlopCount.layer(spec, layer);
  }

  /** Whether work may take long enough to be worth measuring for. */
  public static boolean worthwhile(FlopCount count) {
    return count.total() > QUICK;
  }

  /** Shape of the model that was measured. */
  public ModelSpec spec() {
    return spec;
  }

  /** Seconds of a part of a pass, without what it keeps. */
  double seconds(PassPart part) {
    double seconds = copy(3.0 * part.batch() * part.rows() * spec.width());
    for (int l = part.firstLayer(); l < spec.layers(); l++) {
      seconds += matrices(part, l) + (part.attends(l) ? between(part, l) : 0);
    }
    double rows = (double) part.batch() * part.logitRows();
    return rows == 0 ? seconds : seconds + logits.seconds(rows) + copy(rows * spec.vocab());
  }

  /** A layer's work on single rows, from that of the measured one. */
  private double matrices(PassPart part, int l) {
    double all = FlopCount.layer(spec, l);
    double qkv = 2.0 * spec.width() * spec.headDim() * (spec.heads() + 2.0 * spec.kvHeads());
    double read = part.attends(l) ? part.rows() : 0;
    double rows = (qkv * read + (all - qkv) * part.queries(l, spec)) / all;
    return block.seconds(part.batch() * rows) * all / FlopCount.layer(spec, layer);
  }

  /** A layer's work between tokens. */
  private double between(PassPart part, int l) {
    double cells = part.batch() * spec.heads() * part.computedCells(l, spec);
    int blocks = part.blocks(l, spec);
    double size = cells / blocks;
    double seconds = blocks * attention.seconds(size);
    return part.statistics() ? seconds + blocks * statistics.seconds(size) : seconds;
  }

  /** Seconds for so many floats to leave the engine. */
  double copy(double floats) {
    return floats * Float.BYTES / bytesPerSecond;
  }
}
