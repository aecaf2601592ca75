/**
 * Whether a model computes what the reference implementation computed: stored values beside the
 * weights against a pass of ours.
 */
package dev.headlight.analysis.parity;
