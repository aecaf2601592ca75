package dev.headlight.samples.world;

import java.util.Random;

/**
 * Short tales of plain sentences, in which three characters, two things and two places come back
 * again and again: "The red fox met the old owl near the river. The old owl gave the key to Anna."
 */
public final class Tales implements World {
  private final Vocabulary vocabulary;

  /** Tales in this vocabulary. */
  public Tales(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  @Override
  public Example draw(Random random, int length) {
    Growing sequence = new Growing(length);
    Tale tale = new Tale(vocabulary, random);
    while (!sequence.full()) {
      sequence.addAll(vocabulary.ids(tale.sentence()), 1);
    }
    return sequence.done();
  }
}
