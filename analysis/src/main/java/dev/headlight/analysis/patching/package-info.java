/**
 * Patching between two prompts: values of one pass take the place of another's, cell by cell
 * ({@link dev.headlight.analysis.patching.ActivationPatching}), or are estimated to first order
 * from one backward pass ({@link dev.headlight.analysis.patching.AttributionPatching}).
 */
package dev.headlight.analysis.patching;
