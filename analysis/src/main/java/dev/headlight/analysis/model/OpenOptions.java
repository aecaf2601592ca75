package dev.headlight.analysis.model;

/**
 * How a model is opened.
 *
 * @param device where it computes
 * @param residency where its weights stay
 * @param memoryShare share of the free memory that may be taken where residency is chosen by what
 *     fits, above 0, at most 1; room for passes is left inside it
 */
public record OpenOptions(Device device, Residency residency, double memoryShare) {
  /** Everything chosen by what the machine has. */
  public static final OpenOptions AUTO = new OpenOptions(Device.AUTO, Residency.AUTO);

  /** Checks the share. */
  public OpenOptions {
    if (!(memoryShare > 0 && memoryShare <= 1)) {
      throw new IllegalArgumentException(
          "a share of memory lies above 0, at most at 1, found " + memoryShare);
    }
  }

  /** All free memory may be taken. */
  public OpenOptions(Device device, Residency residency) {
    this(device, residency, 1);
  }

  /** The part of some bytes that may be taken. */
  public long shareOf(long bytes) {
    return memoryShare == 1 ? bytes : (long) (bytes * memoryShare);
  }
}
