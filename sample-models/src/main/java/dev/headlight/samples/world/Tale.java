package dev.headlight.samples.world;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** One tale: its characters, things and places are drawn once. */
final class Tale {
  private static final int FORMS = 9;

  private final Vocabulary vocabulary;
  private final Random random;
  private final List<String> adjectives;
  private final List<String> cast = new ArrayList<>();
  private final List<String> things = new ArrayList<>();
  private final List<String> places = new ArrayList<>();

  Tale(Vocabulary vocabulary, Random random) {
    this.vocabulary = vocabulary;
    this.random = random;
    adjectives = new ArrayList<>(vocabulary.kind("adjective"));
    Collections.shuffle(adjectives, random);
    for (int i = 0; i < 3; i++) {
      String kind = random.nextBoolean() ? "animal" : "person";
      boolean named = random.nextDouble() < 0.4;
      cast.add(named ? any("name") : "the " + adjectives.get(i) + " " + any(kind));
    }
    for (int i = 3; i < 5; i++) {
      boolean plain = random.nextDouble() < 0.4;
      things.add("the " + (plain ? "" : adjectives.get(i) + " ") + any("thing"));
    }
    IntStream.range(0, 2).forEach(i -> places.add("the " + any("place")));
  }

  private String any(String kind) {
    return any(vocabulary.kind(kind));
  }

  private String any(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** The next sentence, with a capital and a full stop. */
  String sentence() {
    String said = clause();
    return said.startsWith("the ") ? "The" + said.substring(3) : said;
  }

  private String clause() {
    Collections.shuffle(cast, random);
    String a = cast.get(0);
    String b = cast.get(1);
    String thing = any(things);
    String place = any(places);
    return switch (random.nextInt(FORMS)) {
      case 0 -> a + " " + any("verb") + " " + b + " " + any(where("near")) + " " + place + ".";
      case 1 -> a + " " + any("exchange") + " " + thing + " to " + b + ".";
      case 2 -> a + " " + any("motion") + " to " + place + " with " + b + ".";
      case 3 -> "Then " + a + " " + any("verb") + " " + b + ".";
      case 4 -> "When " + a + " " + any("motion") + " to " + place + ", " + b + wasSomehow();
      case 5 -> a + " had " + thing + ", and " + b + " " + any("told") + " it.";
      case 6 -> "At night " + a + " was in " + place + ".";
      case 7 -> thing + " was " + any(where("under")) + " " + place + ".";
      default -> a + " " + any("verb") + " " + b + ", but " + b + " " + any("verb") + " " + a + ".";
    };
  }

  private List<String> where(String more) {
    return List.of("in", "behind", more);
  }

  private String wasSomehow() {
    return " was " + adjectives.get(random.nextInt(6)) + ".";
  }
}
