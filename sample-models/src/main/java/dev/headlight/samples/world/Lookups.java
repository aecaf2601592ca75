package dev.headlight.samples.world;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Lists of pairs of words, some of which are looked up again (associative recall): "fox: lamp, owl:
 * bread. owl: bread". What is looked up counts.
 */
public final class Lookups implements World {
  private static final int FEWEST = 2;
  private static final int MOST = 12;

  private final Vocabulary vocabulary;

  /** Pairs in this vocabulary. */
  public Lookups(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  @Override
  public Example draw(Random random, int length) {
    Growing sequence = new Growing(length);
    while (!sequence.full()) {
      list(random, sequence);
    }
    return sequence.done();
  }

  private void list(Random random, Growing sequence) {
    List<String> words = new ArrayList<>();
    for (String kind : List.of("adjective", "animal", "thing", "place", "stuff", "name")) {
      words.addAll(vocabulary.kind(kind));
    }
    Collections.shuffle(words, random);
    int count = FEWEST + random.nextInt(MOST - FEWEST + 1);
    for (int i = 0; i < count; i++) {
      pair(words, i, i == count - 1 ? "." : ",", 0, sequence);
    }
    int questions = count + random.nextInt(count);
    for (int i = 0; i < questions; i++) {
      pair(words, random.nextInt(count), i == questions - 1 ? "." : ",", 1, sequence);
    }
  }

  private void pair(List<String> words, int pair, String mark, float weight, Growing sequence) {
    sequence.addAll(vocabulary.ids(words.get(2 * pair) + ":"), 0);
    sequence.addAll(vocabulary.ids(words.get(2 * pair + 1)), weight);
    sequence.addAll(vocabulary.ids(mark), 0);
  }
}
