package dev.headlight.analysis.pairs;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A word that has as many tokens as its counterpart, in place of one that has not.
 *
 * @param from the word it replaces, everywhere in the pair
 * @param to the word it puts there
 */
public record Substitute(String from, String to) {
  private static final int MOST = 6;

  /**
   * Words of the same kind that would make both sides as long.
   *
   * @param pair in which the difference is
   * @param difference of two words; one that stands alone has no substitutes
   * @return first those for the word of the corrupt prompt, then those for the clean one's; at most
   *     six each
   */
  public static List<Substitute> of(
      PromptPair pair, LengthDifference difference, PairWords words, PairReader reader) {
    if (difference.clean().isEmpty() || difference.corrupt().isEmpty()) {
      return List.of();
    }
    List<String> kind = kind(difference, words);
    Set<String> used = new LinkedHashSet<>(words(pair.clean()));
    used.addAll(words(pair.corrupt()));
    List<Substitute> found = new ArrayList<>();
    fitting(kind, difference.cleanTokens(), used, reader)
        .forEach(w -> found.add(new Substitute(difference.corrupt(), w)));
    fitting(kind, difference.corruptTokens(), used, reader)
        .forEach(w -> found.add(new Substitute(difference.clean(), w)));
    return found;
  }

  private static List<String> kind(LengthDifference difference, PairWords words) {
    return words
        .kindOf(difference.clean())
        .or(() -> words.kindOf(difference.corrupt()))
        .or(() -> names(difference))
        .map(words::list)
        .orElse(List.of());
  }

  /** Two words with a capital that no list has are taken for names. */
  private static Optional<String> names(LengthDifference d) {
    boolean capitals =
        Character.isUpperCase(d.clean().codePointAt(0))
            && Character.isUpperCase(d.corrupt().codePointAt(0));
    return capitals ? Optional.of("name") : Optional.empty();
  }

  private static List<String> fitting(
      List<String> kind, int tokens, Set<String> used, PairReader reader) {
    return kind.stream()
        .filter(w -> !used.contains(w))
        .filter(w -> reader.count(w) == tokens)
        .limit(MOST)
        .toList();
  }

  private static List<String> words(String text) {
    return List.of(text.split("[^\\p{L}\\p{M}\\p{N}]+", -1));
  }

  /** The pair with the word in its place; roles move along. */
  public PromptPair in(PromptPair pair) {
    List<Integer> clean = places(pair.clean());
    List<Integer> corrupt = places(pair.corrupt());
    List<PairRole> roles =
        pair.roles().stream()
            .map(r -> new PairRole(r.name(), moved(r.clean(), clean), moved(r.corrupt(), corrupt)))
            .toList();
    return new PromptPair(
        replaced(pair.clean()),
        replaced(pair.corrupt()),
        replaced(pair.answer()),
        replaced(pair.wrong()),
        roles);
  }

  private Pattern pattern() {
    return Pattern.compile(
        "(?<![\\p{L}\\p{M}\\p{N}])" + Pattern.quote(from) + "(?![\\p{L}\\p{M}\\p{N}])");
  }

  private String replaced(String text) {
    return pattern().matcher(text).replaceAll(Matcher.quoteReplacement(to));
  }

  private List<Integer> places(String text) {
    return pattern().matcher(text).results().map(MatchResult::start).toList();
  }

  private TextSpan moved(TextSpan span, List<Integer> places) {
    return new TextSpan(moved(span.start(), places), moved(span.end(), places));
  }

  /** Where a place of the old text is in the new one. */
  private int moved(int at, List<Integer> places) {
    int shift = 0;
    for (int place : places) {
      if (at >= place + from.length()) {
        shift += to.length() - from.length();
      } else if (at > place) {
        return place + shift + Math.min(at - place, to.length());
      }
    }
    return at + shift;
  }
}
