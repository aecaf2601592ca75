package dev.headlight.samples.world;

/** The indefinite article. */
final class Articles {
  private Articles() {}

  /** "a cup", "an apple". */
  static String with(String words) {
    boolean vowel = "aeiou".indexOf(words.charAt(0)) >= 0;
    return (vowel ? "an " : "a ") + words;
  }
}
