package dev.headlight.analysis.run;

/** Values of unchanged passes, which interventions put in place of those of this one. */
interface Baselines {
  /** How many sequences there are. */
  int count();

  /** {@code hook_z} of a layer in a sequence, {@code [T, H, e]}. */
  Tensor z(int layer, int sequence);

  /** A value of the pass over another prompt, in the shape that {@link Site} states. */
  Tensor donor(PatchSource.Prompt prompt, HookName name);
}
