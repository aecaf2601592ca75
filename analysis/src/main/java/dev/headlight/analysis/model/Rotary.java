package dev.headlight.analysis.model;

/**
 * Rotary positions of a layer (Su et al. 2021).
 *
 * @param dims how many of a head's first dimensions are rotated, even
 * @param theta base of the frequencies
 * @param neighbours true: dimensions (2i, 2i+1) turn together (GPT-J); false: (i, i + dims/2)
 * @param scaling how frequencies change for long contexts
 */
public record Rotary(int dims, double theta, boolean neighbours, RopeScaling scaling) {}
