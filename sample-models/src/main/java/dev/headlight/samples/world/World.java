package dev.headlight.samples.world;

import java.util.Random;

/** A source of sequences. The same state of the random numbers gives the same sequence. */
public interface World {
  /**
   * Draws a sequence.
   *
   * @param random source of every choice
   * @param length number of tokens
   */
  Example draw(Random random, int length);
}
