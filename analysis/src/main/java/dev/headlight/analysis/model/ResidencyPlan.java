package dev.headlight.analysis.model;

import dev.headlight.analysis.checkpoint.Checkpoint;
import dev.headlight.analysis.checkpoint.TensorInfo;
import java.util.Locale;

/**
 * Where a model's weights stay, and why.
 *
 * @param residency what was decided; never {@link Residency#AUTO}
 * @param why the reason, for people
 * @param residentBytes bytes the weights take in memory between passes
 * @param diskBytes bytes of the weight files
 * @param freeBytes bytes that were free when it was decided
 */
public record ResidencyPlan(
    Residency residency, String why, long residentBytes, long diskBytes, long freeBytes) {
  /** Bytes left for passes where there is plenty. */
  static final long HEADROOM = 1L << 30;

  private static final double GIGA = 1 << 30;

  /**
   * The plan for a checkpoint.
   *
   * @param asked the plan asked for, or {@link Residency#AUTO}: the first of full, stored and
   *     streamed that leaves room for passes, 1 GiB or a quarter of what is free
   * @param freeBytes bytes that may be taken where passes compute, by fp32 weights
   * @param hostBytes bytes that may be taken of the CPU's memory, by weights as they are stored;
   *     the same memory unless passes compute on another device
   */
  public static ResidencyPlan choose(
      Checkpoint checkpoint, Residency asked, long freeBytes, long hostBytes) {
    if (asked != Residency.AUTO) {
      return of(checkpoint, asked, "asked for", freeBytes);
    }
    long full = bytes(checkpoint, Residency.FULL);
    long stored = bytes(checkpoint, Residency.STORED);
    if (full <= room(freeBytes)) {
      return of(checkpoint, Residency.FULL, "all fits as fp32", freeBytes);
    }
    if (stored < full && stored <= room(hostBytes)) {
      String why = "fp32 would take " + giga(full) + ", the stored type fits";
      return of(checkpoint, Residency.STORED, why, freeBytes);
    }
    String why = "even the stored type would take " + giga(Math.min(full, stored));
    return of(checkpoint, Residency.STREAMED, why, freeBytes);
  }

  private static long room(long free) {
    return free - Math.min(HEADROOM, free / 4);
  }

  private static ResidencyPlan of(
      Checkpoint checkpoint, Residency residency, String why, long free) {
    return new ResidencyPlan(
        residency, why, bytes(checkpoint, residency), checkpoint.storedBytes(), free);
  }

  /** What a plan is likely to take, from the headers alone. */
  private static long bytes(Checkpoint checkpoint, Residency residency) {
    long sum = 0;
    long largest = 0;
    for (String name : checkpoint.tensorNames()) {
      TensorInfo tensor = checkpoint.info(name);
      long wide = tensor.elements() * Float.BYTES;
      boolean matrix = tensor.rank() > 1;
      boolean narrow = matrix && tensor.bytes() < wide;
      sum +=
          switch (residency) {
            case STORED -> narrow ? tensor.bytes() : wide;
            case STREAMED -> matrix ? 0 : wide;
            default -> wide;
          };
      boolean lent = narrow || (matrix && residency == Residency.STREAMED);
      largest = lent ? Math.max(largest, Math.min(wide, Weight.PANEL_BYTES)) : largest;
    }
    return residency == Residency.FULL ? sum : sum + largest;
  }

  /** The same plan with the bytes that were really taken. */
  ResidencyPlan withResident(long bytes) {
    return new ResidencyPlan(residency, why, bytes, diskBytes, freeBytes);
  }

  /** The next cheaper plan, after memory ran out under this one. */
  ResidencyPlan cheaper(Checkpoint checkpoint) {
    Residency next = residency == Residency.FULL ? Residency.STORED : Residency.STREAMED;
    String name = residency.name().toLowerCase(Locale.ROOT);
    return of(checkpoint, next, "memory ran out with the plan " + name, freeBytes);
  }

  /** One line, such as "full: fp32 in memory, 0.5 of 14.2 GB free (all fits as fp32)". */
  public String text() {
    return "%s: %s, %s of %s free (%s)"
        .formatted(
            residency.name().toLowerCase(Locale.ROOT),
            place(),
            giga(residentBytes),
            giga(freeBytes),
            why);
  }

  private String place() {
    return switch (residency) {
      case STORED -> "in memory as stored, widened as they are needed";
      case STREAMED -> "on disk, read as they are needed";
      default -> "fp32 in memory";
    };
  }

  private static String giga(long bytes) {
    return String.format(Locale.ROOT, "%.1f GB", bytes / GIGA);
  }
}
