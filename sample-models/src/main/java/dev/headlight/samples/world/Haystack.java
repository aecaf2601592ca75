package dev.headlight.samples.world;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Story text and facts to hide in it.
 *
 * @param text whole sentences, in which no word of the facts stands
 * @param needles the facts; no two share a word
 */
public record Haystack(String text, List<Needle> needles) {
  /** Copies the list. */
  public Haystack {
    needles = List.copyOf(needles);
  }

  /**
   * Draws one.
   *
   * @param tokens length of the text at most
   * @param count number of facts
   */
  public static Haystack draw(Vocabulary vocabulary, Random random, int tokens, int count) {
    List<Needle> needles = new Needles(vocabulary).draw(random, count);
    Set<String> without =
        needles.stream().flatMap(n -> n.words().stream()).collect(Collectors.toSet());
    return new Haystack(new Filler(vocabulary, random, without).text(tokens), needles);
  }
}
