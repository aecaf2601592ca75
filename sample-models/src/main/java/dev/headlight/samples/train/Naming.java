package dev.headlight.samples.train;

/**
 * How much it counts, from a step on, that what takes the place of a picture's tokens says by
 * itself, through the language model's norm and unembedding, what is in each patch.
 *
 * @param from the first step
 * @param weight of its loss against the answers'; 0 for not at all
 * @param alone whether nothing else is learnt: the language model's blocks then do not run
 */
record Naming(int from, double weight, boolean alone) {}
