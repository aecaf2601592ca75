package dev.headlight.analysis.cost;

import ai.djl.ndarray.NDArray;
import dev.headlight.analysis.model.Hooks;
import dev.headlight.analysis.model.ModelSpec.BlockForm;
import dev.headlight.analysis.run.Site;

/** Listens to a pass through one block and tells its time from that of its attention. */
final class BlockTimer implements Hooks {
  private final Site leaving;
  private long entered;
  private long rotated;
  private long mixed;
  private long left;

  BlockTimer(BlockForm form) {
    leaving = form == BlockForm.POST_NORM ? Site.NORMALIZED_RESID_POST : Site.RESID_POST;
  }

  @Override
  public NDArray at(Site site, int layer, NDArray value) {
    if (site == Site.RESID_PRE) {
      entered = now(value);
    } else if (site == Site.Z) {
      mixed = now(value);
    } else if (site == leaving) {
      left = now(value);
    }
    return value;
  }

  @Override
  public void rotated(int layer, NDArray q, NDArray k) {
    rotated = now(q);
  }

  /** A device that works behind our back is waited for by reading a number. */
  private static long now(NDArray value) {
    if (value.getDevice().isGpu()) {
      value.flatten().getFloat(0);
    }
    return System.nanoTime();
  }

  /** Seconds of the whole block. */
  double block() {
    return (left - entered) / 1e9;
  }

  /** Seconds of the block without what happens between tokens. */
  double apart() {
    return (rotated - entered + left - mixed) / 1e9;
  }
}
