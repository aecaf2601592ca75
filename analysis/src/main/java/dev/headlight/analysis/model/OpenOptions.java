package dev.headlight.analysis.model;

/**
 * How a model is opened.
 *
 * @param device where it computes
 * @param residency where its weights stay
 */
public record OpenOptions(Device device, Residency residency) {
  /** Everything chosen by what the machine has. */
  public static final OpenOptions AUTO = new OpenOptions(Device.AUTO, Residency.AUTO);
}
