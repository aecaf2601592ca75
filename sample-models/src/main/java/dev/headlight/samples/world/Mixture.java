package dev.headlight.samples.world;

import java.util.Random;

/**
 * Sequences of two worlds, most of them after a beginning-of-sequence token.
 *
 * @param often the world most sequences come from
 * @param sometimes the world the others come from
 * @param share share of the others, 0 to 1
 * @param beginning share of sequences that begin with {@link Vocabulary#BOS}, 0 to 1
 */
public record Mixture(World often, World sometimes, double share, double beginning)
    implements World {
  @Override
  public Example draw(Random random, int length) {
    boolean begun = random.nextDouble() < beginning;
    World world = random.nextDouble() < share ? sometimes : often;
    Example example = world.draw(random, begun ? length - 1 : length);
    return begun ? after(example) : example;
  }

  private static Example after(Example rest) {
    Growing sequence = new Growing(rest.length() + 1);
    sequence.add(Vocabulary.BOS_ID, 0);
    sequence.append(rest);
    return sequence.done();
  }
}
