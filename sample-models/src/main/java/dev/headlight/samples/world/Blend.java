package dev.headlight.samples.world;

import java.util.List;
import java.util.Random;

/**
 * Sequences of several worlds.
 *
 * @param parts the worlds, and how often each is drawn from
 */
public record Blend(List<Part> parts) implements World {
  /**
   * A world in a blend.
   *
   * @param share how often it is drawn from, against the others' shares
   * @param world the world
   * @param longest the longest passage from it, in tokens; a longer sequence has several, each from
   *     any world of the blend that does not fill it alone
   */
  public record Part(double share, World world, int longest) {}

  @Override
  public Example draw(Random random, int length) {
    Growing sequence = new Growing(length);
    while (!sequence.full()) {
      Part part = any(random);
      int passage = Math.min(sequence.room(), part.longest());
      sequence.append(part.world().draw(random, passage));
    }
    return sequence.done();
  }

  private Part any(Random random) {
    double at = random.nextDouble() * parts.stream().mapToDouble(Part::share).sum();
    for (Part part : parts) {
      at -= part.share();
      if (at < 0) {
        return part;
      }
    }
    return parts.get(parts.size() - 1);
  }
}
