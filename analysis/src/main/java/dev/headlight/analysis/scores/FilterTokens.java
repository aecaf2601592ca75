package dev.headlight.analysis.scores;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts the text of a filter into words, numbers, names in quotes and signs. */
final class FilterTokens {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:(?<number>[-−]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?)(?<percent>\\s*%)?"
              + "|(?<word>[\\p{L}_][\\p{L}\\p{N}_]*)"
              + "|\"(?<name>[^\"]*)\""
              + "|(?<sign><=|>=|==|!=|<>|&&|\\|\\||[<>=≤≥≠!()]))");

  /** What a token is. */
  enum Kind {
    NUMBER,
    WORD,
    NAME,
    SIGN,
    END
  }

  /**
   * A part of the text.
   *
   * @param text the word, the name without its quotes, or the sign in its plain form
   * @param number its value, for a number
   * @param start where it begins
   * @param end one past where it ends
   */
  record Token(Kind kind, String text, double number, int start, int end) {
    boolean is(String word) {
      return (kind == Kind.WORD || kind == Kind.SIGN) && text.equalsIgnoreCase(word);
    }
  }

  private FilterTokens() {}

  /**
   * The tokens, closed by one of {@link Kind#END}.
   *
   * @throws HeadFilterException at a character that begins none
   */
  static List<Token> of(String text) {
    List<Token> tokens = new ArrayList<>();
    Matcher m = TOKEN.matcher(text);
    int at = 0;
    while (m.region(at, text.length()).lookingAt()) {
      tokens.add(token(m));
      at = m.end();
    }
    int end = text.stripTrailing().length();
    if (at < end) {
      int start = at + text.substring(at).length() - text.substring(at).stripLeading().length();
      String found = new String(Character.toChars(text.codePointAt(start)));
      String problem =
          found.equals("\"") ? "a name without its closing quote" : "\"" + found + "\"";
      throw new HeadFilterException("found " + problem, start, found.length());
    }
    tokens.add(new Token(Kind.END, "", Double.NaN, text.length(), text.length()));
    return tokens;
  }

  private static Token token(Matcher m) {
    if (m.group("number") != null) {
      double value = Double.parseDouble(m.group("number").replace('−', '-'));
      boolean percent = m.group("percent") != null;
      return new Token(
          Kind.NUMBER,
          m.group().strip(),
          percent ? value / 100 : value,
          m.start("number"),
          m.end());
    }
    if (m.group("word") != null) {
      return new Token(Kind.WORD, m.group("word"), Double.NaN, m.start("word"), m.end());
    }
    if (m.group("name") != null) {
      return new Token(Kind.NAME, m.group("name"), Double.NaN, m.start("name") - 1, m.end());
    }
    return new Token(Kind.SIGN, plain(m.group("sign")), Double.NaN, m.start("sign"), m.end());
  }

  private static String plain(String sign) {
    return switch (sign) {
      case "≤" -> "<=";
      case "≥" -> ">=";
      case "≠", "<>" -> "!=";
      case "==" -> "=";
      case "&&" -> "and";
      case "||" -> "or";
      case "!" -> "not";
      default -> sign;
    };
  }
}
