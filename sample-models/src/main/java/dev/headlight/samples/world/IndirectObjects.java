package dev.headlight.samples.world;

import java.util.Random;
import java.util.Set;

/** Sentences with an indirect object, and sentences of a tale between them. The object counts. */
public final class IndirectObjects implements World {
  private static final double PLAIN = 0.15;

  private final Vocabulary vocabulary;
  private final float little;

  /**
   * Such sentences in this vocabulary.
   *
   * @param little weight of what is not an object
   */
  public IndirectObjects(Vocabulary vocabulary, float little) {
    this.vocabulary = vocabulary;
    this.little = little;
  }

  @Override
  public Example draw(Random random, int length) {
    Growing sequence = new Growing(length);
    Filler filler = new Filler(vocabulary, random, Set.of());
    while (!sequence.full()) {
      if (random.nextDouble() < PLAIN) {
        sequence.addAll(vocabulary.ids(filler.sentence()), little);
      } else {
        IndirectObject sentence = IndirectObject.draw(vocabulary, random);
        sequence.addAll(vocabulary.ids(sentence.text()), little);
        sequence.addAll(vocabulary.ids(sentence.right()), 1);
        sequence.addAll(vocabulary.ids("."), little);
      }
    }
    return sequence.done();
  }
}
