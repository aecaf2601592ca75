package dev.headlight.analysis.run;

/** Head outputs of the unchanged passes, where mean and resample take their values from. */
interface Baselines {
  /** How many sequences there are. */
  int count();

  /** {@code hook_z} of a layer in a sequence, {@code [T, H, e]}. */
  Tensor z(int layer, int sequence);
}
