package dev.headlight.analysis.pairs;

import dev.headlight.analysis.text.TokenSpans;
import dev.headlight.analysis.text.Tokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** A word of one prompt beside the word of the other that stands in its place. */
record WordMatch(Word clean, Word corrupt) {
  /** Most cells of the table of costs: 64 MB. */
  private static final long CELLS = 16L << 20;

  /**
   * Neighbouring tokens that make a word; none, where a prompt has no word there.
   *
   * @param ids of its tokens
   */
  record Word(int first, int[] ids, String text) {
    int tokens() {
      return ids.length;
    }

    boolean same(Word other) {
      return Arrays.equals(ids, other.ids);
    }
  }

  LengthDifference difference() {
    return new LengthDifference(clean.text(), clean.tokens(), corrupt.text(), corrupt.tokens());
  }

  /**
   * Matches the words of two prompts with as few changed, added and left-out ones as can be
   * (Levenshtein), changed ones before others.
   */
  static List<WordMatch> all(Tokens clean, Tokens corrupt) {
    List<Word> a = words(clean);
    List<Word> b = words(corrupt);
    int begin = 0;
    int shorter = Math.min(a.size(), b.size());
    while (begin < shorter && a.get(begin).same(b.get(begin))) {
      begin++;
    }
    int end = 0;
    while (end < shorter - begin && a.get(a.size() - 1 - end).same(b.get(b.size() - 1 - end))) {
      end++;
    }
    List<WordMatch> all = new ArrayList<>(straight(a.subList(0, begin), b.subList(0, begin)));
    all.addAll(between(a.subList(begin, a.size() - end), b.subList(begin, b.size() - end)));
    all.addAll(straight(a.subList(a.size() - end, a.size()), b.subList(b.size() - end, b.size())));
    return all;
  }

  /** Words; blanks that are tokens of their own belong to the word behind them. */
  private static List<Word> words(Tokens tokens) {
    TokenSpans spans = TokenSpans.words(tokens);
    List<Word> words = new ArrayList<>();
    int from = 0;
    for (int s = 0; s < spans.size(); s++) {
      int to = spans.end(s);
      boolean blank = !tokens.special(to - 1) && text(tokens, from, to).isBlank();
      if (!blank || s == spans.size() - 1) {
        String text = text(tokens, from, to).strip();
        int[] ids = Arrays.copyOfRange(tokens.ids(), from, to);
        words.add(new Word(from, ids, text.isEmpty() ? spans.labels(tokens).get(s) : text));
        from = to;
      }
    }
    return words;
  }

  private static String text(Tokens tokens, int from, int to) {
    return tokens
        .text()
        .substring(tokens.start(from), Math.max(tokens.start(from), tokens.end(to - 1)));
  }

  /** One after the other; what one has more stands alone. */
  private static List<WordMatch> straight(List<Word> a, List<Word> b) {
    List<WordMatch> matches = new ArrayList<>();
    for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
      matches.add(
          new WordMatch(i < a.size() ? a.get(i) : none(), i < b.size() ? b.get(i) : none()));
    }
    return matches;
  }

  private static Word none() {
    return new Word(-1, new int[0], "");
  }

  private static List<WordMatch> between(List<Word> a, List<Word> b) {
    if ((a.size() + 1L) * (b.size() + 1L) > CELLS) {
      return straight(a, b);
    }
    int[][] cost = costs(a, b);
    List<WordMatch> matches = new ArrayList<>();
    int i = a.size();
    int j = b.size();
    while (i > 0 || j > 0) {
      if (i > 0 && j > 0 && cost[i][j] == cost[i - 1][j - 1] + change(a, i, b, j)) {
        matches.add(new WordMatch(a.get(--i), b.get(--j)));
      } else if (i > 0 && cost[i][j] == cost[i - 1][j] + 1) {
        matches.add(new WordMatch(a.get(--i), none()));
      } else {
        matches.add(new WordMatch(none(), b.get(--j)));
      }
    }
    Collections.reverse(matches);
    return matches;
  }

  private static int[][] costs(List<Word> a, List<Word> b) {
    int[][] cost = new int[a.size() + 1][b.size() + 1];
    for (int i = 0; i <= a.size(); i++) {
      for (int j = 0; j <= b.size(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
        } else {
          int gap = 1 + Math.min(cost[i - 1][j], cost[i][j - 1]);
          cost[i][j] = Math.min(cost[i - 1][j - 1] + change(a, i, b, j), gap);
        }
      }
    }
    return cost;
  }

  private static int change(List<Word> a, int i, List<Word> b, int j) {
    return a.get(i - 1).same(b.get(j - 1)) ? 0 : 1;
  }
}
