package dev.headlight.samples.world;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Draws facts whose owners and answers share no word. */
public final class Needles {
  static final Set<String> SMALL_WORDS = Set.of("a", "an", "the", "in", "under", "behind", "near");

  private static final List<String> WORD_KINDS =
      List.of("adjective", "animal", "thing", "place", "stuff");
  private static final List<String> WHERE = List.of("in", "under", "behind", "near");
  private static final double IN_WORDS = 0.6;
  private static final double NAMED = 0.75;

  private final Vocabulary vocabulary;

  /** Facts in this vocabulary. */
  public Needles(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** Facts for one text. */
  public List<Needle> draw(Random random, int count) {
    Set<String> used = new HashSet<>();
    List<Needle> needles = new ArrayList<>();
    while (needles.size() < count) {
      Needle needle = one(random);
      if (Collections.disjoint(used, needle.words())) {
        used.addAll(needle.words());
        needles.add(needle);
      }
    }
    return needles;
  }

  private Needle one(Random random) {
    boolean named = random.nextDouble() < NAMED;
    String owner = any(named ? "name" : "person", random);
    boolean words = random.nextDouble() < IN_WORDS;
    String relation = words ? "password" : any("relation", random);
    String subject = "the " + relation + " of " + (named ? "" : "the ") + owner;
    return new Needle(subject, owner, words ? password(random) : thing(random));
  }

  /** Three to five words that nothing connects. */
  private String password(Random random) {
    int count = 3 + random.nextInt(3);
    Set<String> words = new LinkedHashSet<>();
    while (words.size() < count) {
      words.add(any(WORD_KINDS.get(random.nextInt(WORD_KINDS.size())), random));
    }
    return String.join(" ", words);
  }

  /** "a silver flute", "a silver flute under the bridge". */
  private String thing(Random random) {
    String thing = Articles.with(any("adjective", random) + " " + any("thing", random));
    String where = WHERE.get(random.nextInt(WHERE.size()));
    return random.nextBoolean() ? thing : thing + " " + where + " the " + any("place", random);
  }

  private String any(String kind, Random random) {
    List<String> words = vocabulary.kind(kind);
    return words.get(random.nextInt(words.size()));
  }
}
