package dev.headlight.analysis.pairs;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A sentence whose gaps are filled.
 *
 * @param text the sentence
 * @param spans where each gap's words stand; of a gap that comes several times, the last
 */
record Filled(String text, Map<String, TextSpan> spans) {
  private static final Pattern GAP = Pattern.compile("\\{(\\w+)}");
  private static final Pattern NEXT =
      Pattern.compile("\\s*([\\p{L}\\p{M}]+|\\p{N}+|[^\\s\\p{L}\\p{M}\\p{N}])");
  private static final Pattern LAST =
      Pattern.compile("([\\p{L}\\p{M}]+|\\p{N}+|[^\\s\\p{L}\\p{M}\\p{N}])\\s*$");

  /**
   * Fills the gaps {@code {name}} of a sentence.
   *
   * @throws IllegalArgumentException when a gap has no words
   */
  static Filled of(String sentence, Map<String, String> words) {
    StringBuilder text = new StringBuilder();
    Map<String, TextSpan> spans = new HashMap<>();
    Matcher gap = GAP.matcher(sentence);
    int from = 0;
    while (gap.find()) {
      String word = words.get(gap.group(1));
      if (word == null) {
        throw new IllegalArgumentException("nothing to fill {" + gap.group(1) + "} with");
      }
      text.append(sentence, from, gap.start());
      spans.put(gap.group(1), new TextSpan(text.length(), text.length() + word.length()));
      text.append(word);
      from = gap.end();
    }
    text.append(sentence.substring(from));
    return new Filled(text.toString(), spans);
  }

  TextSpan span(String gap) {
    return spans.get(gap);
  }

  /** Where a word between two others stands inside of a gap. */
  TextSpan inside(String gap, String word) {
    TextSpan span = spans.get(gap);
    int before = span.in(text).indexOf(" " + word + " ");
    if (before < 0) {
      throw new IllegalArgumentException("{" + gap + "} has no " + word);
    }
    int start = span.start() + before + 1;
    return new TextSpan(start, start + word.length());
  }

  /** The word, number or mark behind a place. */
  TextSpan after(TextSpan span) {
    Matcher next = NEXT.matcher(text);
    if (!next.find(span.end())) {
      throw new IllegalArgumentException("nothing follows");
    }
    return new TextSpan(next.start(1), next.end(1));
  }

  /** The last word, number or mark. */
  TextSpan last() {
    Matcher last = LAST.matcher(text);
    if (!last.find()) {
      throw new IllegalArgumentException("no word in: " + text);
    }
    return new TextSpan(last.start(1), last.end(1));
  }
}
