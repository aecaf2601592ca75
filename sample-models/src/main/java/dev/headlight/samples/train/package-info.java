/** Trains samples through the program's own forward pass. */
package dev.headlight.samples.train;
