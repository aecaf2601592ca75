/** The worlds that samples are trained on: seeded generators of token sequences. */
package dev.headlight.samples.world;
