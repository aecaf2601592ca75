package dev.headlight.analysis.text;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The tokens of a prompt cut into spans of neighbours: words, sentences, or each token alone. Every
 * token lies in exactly one span. Immutable.
 */
public final class TokenSpans {
  /** First token of each span, and the number of tokens at the end. */
  private final int[] starts;

  private TokenSpans(int[] starts) {
    this.starts = starts;
  }

  /** Each token alone. */
  public static TokenSpans single(int tokens) {
    int[] starts = new int[tokens + 1];
    Arrays.setAll(starts, i -> i);
    return new TokenSpans(starts);
  }

  /**
   * Words, as {@link BreakIterator} finds them in the text: a token belongs to the word in which
   * its first character stands that is no space. Special tokens, and tokens without text, stand
   * alone.
   */
  public static TokenSpans words(Tokens tokens) {
    return cut(tokens, BreakIterator.getWordInstance(Locale.ROOT), false);
  }

  /** Sentences, likewise; a new line also ends one. */
  public static TokenSpans sentences(Tokens tokens) {
    return cut(tokens, BreakIterator.getSentenceInstance(Locale.ROOT), true);
  }

  private static TokenSpans cut(Tokens tokens, BreakIterator breaks, boolean lines) {
    String text = tokens.text();
    breaks.setText(text);
    int[] starts = new int[tokens.size() + 1];
    int spans = 0;
    for (int i = 0; i < tokens.size(); i++) {
      if (i == 0 || begins(tokens, i, breaks, lines)) {
        starts[spans++] = i;
      }
    }
    starts[spans] = tokens.size();
    return new TokenSpans(Arrays.copyOf(starts, spans + 1));
  }

  private static boolean begins(Tokens tokens, int i, BreakIterator breaks, boolean lines) {
    if (alone(tokens, i) || alone(tokens, i - 1)) {
      return true;
    }
    if (tokens.start(i) < tokens.end(i - 1)) {
      return false; // A part of the same character.
    }
    String text = tokens.text();
    int before = content(text, tokens.start(i - 1), tokens.end(i - 1));
    before = before == tokens.end(i - 1) ? tokens.start(i - 1) : before;
    int now = content(text, tokens.start(i), tokens.end(i));
    if (lines && now == tokens.end(i)) {
      return false; // Spaces and new lines end a sentence; they do not begin one.
    }
    boolean newLine = lines && text.substring(before, now).indexOf('\n') >= 0;
    int boundary = now < text.length() ? breaks.preceding(now + 1) : breaks.last();
    return newLine || boundary > before;
  }

  private static boolean alone(Tokens tokens, int i) {
    return tokens.special(i) || tokens.start(i) == tokens.end(i);
  }

  /** Where the first character stands that is no space; the end where there is none. */
  private static int content(String text, int start, int end) {
    int at = start;
    while (at < end && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /** Number of spans. */
  public int size() {
    return starts.length - 1;
  }

  /** Number of tokens. */
  public int tokens() {
    return starts[starts.length - 1];
  }

  /** First token of a span. */
  public int start(int span) {
    return starts[span];
  }

  /** One past the last token of a span. */
  public int end(int span) {
    return starts[span + 1];
  }

  /** Number of tokens of a span, at least 1. */
  public int count(int span) {
    return end(span) - start(span);
  }

  /** The span of a token. */
  public int of(int token) {
    int found = Arrays.binarySearch(starts, 0, size(), token);
    return found >= 0 ? found : -found - 2;
  }

  /** Whether each token stands alone. */
  public boolean single() {
    return size() == tokens();
  }

  /**
   * A label for each span: those of its tokens, one after the other.
   *
   * @param tokens what was cut
   */
  public List<String> labels(Tokens tokens) {
    List<String> labels = new ArrayList<>(size());
    for (int span = 0; span < size(); span++) {
      labels.add(String.join("", tokens.labels().subList(start(span), end(span))));
    }
    return labels;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TokenSpans spans && Arrays.equals(starts, spans.starts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(starts);
  }

  @Override
  public String toString() {
    return Arrays.toString(starts);
  }
}
