package dev.headlight.app.visual;

import java.util.Locale;
import java.util.Set;

/** Words that mean nothing by themselves, whose attention can be taken off as a baseline. */
final class FunctionWords {
  private static final Set<String> WORDS =
      Set.of("the", "a", "an", "of", "is", "in", "to", "and", "on", "at", "it", "are", "be");

  private FunctionWords() {}

  /** The first of the prompt, or the first word behind the picture. */
  static int first(Looked looked) {
    int[] words = looked.words();
    for (int word : words) {
      if (looked.rows().has(word) && is(looked.labels().get(word))) {
        return word;
      }
    }
    for (int word : words) {
      if (looked.rows().has(word) && word >= looked.span().behind()) {
        return word;
      }
    }
    return looked.rows().queries()[0];
  }

  private static boolean is(String label) {
    return WORDS.contains(label.replaceAll("[^\\p{L}]", "").toLowerCase(Locale.ROOT));
  }
}
