package dev.headlight.samples.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random tokens with repeats, of any period and beginning anywhere, so that neither position nor a
 * fixed distance tells what comes: only what followed the same token before does. Three kinds of
 * sequence: a block repeated at once; a block that returns after gaps; several short blocks in
 * turn. In some, single tokens of the copies are replaced.
 */
public final class Repeats implements World {
  private static final double ANY_BYTE = 0.4;
  private static final double NOISY = 0.3;
  private static final double MOST_NOISE = 0.15;

  private final Vocabulary vocabulary;

  /** Repeats over this vocabulary. */
  public Repeats(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  @Override
  public Example draw(Random random, int length) {
    int first = random.nextDouble() < ANY_BYTE ? 1 : vocabulary.firstWord();
    double noise = random.nextDouble() < NOISY ? random.nextDouble() * MOST_NOISE : 0;
    Draw draw = new Draw(random, first, noise, length);
    int kind = random.nextInt(3);
    while (!draw.sequence.full()) {
      switch (kind) {
        case 0 -> draw.atOnce();
        case 1 -> draw.afterGaps();
        default -> draw.inTurn();
      }
    }
    return draw.sequence.done();
  }

  /** One sequence being drawn. */
  private final class Draw {
    private final Random random;
    private final int first;
    private final double noise;
    private final int length;
    private final Growing sequence;

    Draw(Random random, int first, double noise, int length) {
      this.random = random;
      this.first = first;
      this.noise = noise;
      this.length = length;
      this.sequence = new Growing(length);
    }

    void atOnce() {
      if (random.nextInt(3) == 0) {
        fresh(1 + random.nextInt(19));
      }
      int longest = Math.max(5, Math.min(100, length / 2));
      int[] block = fresh(4 + random.nextInt(longest - 4));
      do {
        again(block);
      } while (!sequence.full() && random.nextDouble() < 0.7);
    }

    void afterGaps() {
      int[] block = fresh(5 + random.nextInt(45));
      int copies = 1 + random.nextInt(3);
      for (int i = 0; i < copies; i++) {
        fresh(1 + random.nextInt(11));
        again(block);
      }
    }

    void inTurn() {
      List<int[]> blocks = new ArrayList<>();
      int count = 2 + random.nextInt(3);
      for (int i = 0; i < count; i++) {
        blocks.add(fresh(3 + random.nextInt(17)));
      }
      int copies = 2 + random.nextInt(5);
      for (int i = 0; i < copies; i++) {
        again(blocks.get(random.nextInt(count)));
      }
    }

    /** Appends new random tokens; nobody can foresee them. */
    private int[] fresh(int count) {
      int[] block = random.ints(count, first, vocabulary.size()).toArray();
      sequence.addAll(block, 0);
      return block;
    }

    /** Appends a copy; a token counts when the one before it was the block's. */
    private void again(int[] block) {
      boolean known = false;
      for (int token : block) {
        boolean replaced = noise > 0 && random.nextDouble() < noise;
        int next = replaced ? first + random.nextInt(vocabulary.size() - first) : token;
        sequence.add(next, known && !replaced ? 1 : 0);
        known = !replaced;
      }
    }
  }
}
