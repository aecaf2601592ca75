package dev.headlight.analysis.run;

/** Values of unchanged passes, which interventions put in place of those of this one. */
interface Baselines {
  /** How many sequences heads are resampled from. */
  int count();

  /** Whether these sequences are the request's own, so that a head must not get its own output. */
  boolean own();

  /** {@code hook_z} of a layer in one of them, {@code [T, H, e]}. */
  Tensor z(int layer, int sequence);

  /** Means of {@code hook_z} of a layer over them. */
  HeadMeans means(int layer);

  /** Whether means are over all positions even where all sequences have one length. */
  boolean overall();

  /** How keys or values of a layer's groups are spread over directions in these sequences. */
  Directions directions(HookName name);

  /** A value of the pass over another prompt, in the shape that {@link Site} states. */
  Tensor donor(PatchSource.Prompt prompt, HookName name);
}
