package dev.headlight.analysis.checkpoint;

/** Placeholder of the interface being written beside. */
public final class Checkpoint {
  /** Folder name. */
  public String name() {
    return "";
  }
}
