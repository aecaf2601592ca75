package dev.headlight.samples.world;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Story text in which nothing is hidden yet: one {@link Tale} after another. Certain words never
 * occur in it, so that an answer cannot be found by chance.
 */
public final class Filler {
  private static final int SHORTEST_TALE = 6;
  private static final int SENTENCES_MORE = 7;

  private final Vocabulary vocabulary;
  private final Random random;
  private final Set<String> without;
  private Tale tale;
  private int left;

  /**
   * Filler that depends on the random numbers only.
   *
   * @param without words that do not occur
   */
  public Filler(Vocabulary vocabulary, Random random, Set<String> without) {
    this.vocabulary = vocabulary;
    this.random = random;
    this.without = Set.copyOf(without);
  }

  /** The next sentence, with its full stop. */
  public String sentence() {
    String said;
    do {
      if (left == 0) {
        tale = new Tale(vocabulary, random);
        left = SHORTEST_TALE + random.nextInt(SENTENCES_MORE);
      }
      left--;
      said = tale.sentence();
    } while (words(said).anyMatch(without::contains));
    return said;
  }

  private static Stream<String> words(String sentence) {
    return Arrays.stream(sentence.split("[ ,.]+"));
  }

  /** As many whole sentences as fit into so many tokens. */
  public List<String> sentences(int tokens) {
    List<String> all = new ArrayList<>();
    int room = tokens;
    while (true) {
      String next = sentence();
      room -= vocabulary.ids(next).length;
      if (room < 0) {
        return all;
      }
      all.add(next);
    }
  }

  /** The same as one text. */
  public String text(int tokens) {
    return String.join(" ", sentences(tokens));
  }
}
