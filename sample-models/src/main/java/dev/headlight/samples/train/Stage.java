package dev.headlight.samples.train;

/**
 * A part of the training with batches of one shape.
 *
 * @param until last step of the stage, not included
 * @param rows sequences a batch
 * @param length tokens a sequence that are read
 */
record Stage(int until, int rows, int length) {}
