package dev.headlight.analysis.roles;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.model.Model;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.IntStream;

/**
 * From which tokens to which: regular expressions that a token's decoded text contains a match of,
 * its space in front included; an id's digits where there is no tokenizer.
 *
 * @param query of the token that attends
 * @param key of the token that is attended to
 */
public record TokenRule(String query, String key) {
  /**
   * Reads an expression.
   *
   * @throws HeadlightException when it is none, saying what is wrong and where
   */
  public static Pattern parse(String expression) {
    try {
      return Pattern.compile(expression, Pattern.UNICODE_CHARACTER_CLASS);
    } catch (PatternSyntaxException e) {
      int at = e.getIndex() < 0 ? expression.length() : e.getIndex();
      throw new HeadlightException(
          Kind.INPUT,
          "\"%s\" is no regular expression: %s (character %d)"
              .formatted(expression, lower(e.getDescription()), at + 1),
          e);
    }
  }

  private static String lower(String text) {
    return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }

  /** Which texts contain a match of an expression. */
  public static BitSet matches(String expression, List<String> texts) {
    Pattern pattern = parse(expression);
    BitSet found = new BitSet();
    IntStream.range(0, texts.size())
        .filter(i -> pattern.matcher(texts.get(i)).find())
        .forEach(found::set);
    return found;
  }

  /** What expressions are matched against. */
  public static List<String> texts(Model model, int[] ids) {
    return IntStream.of(ids)
        .mapToObj(id -> model.tokenizer().map(t -> t.decode(id)).orElse(Integer.toString(id)))
        .toList();
  }

  @Override
  public String toString() {
    return "/%s/ → /%s/".formatted(query, key);
  }
}
