package dev.headlight.analysis.text.jinja;

import java.util.ArrayList;
import java.util.List;

/** The words between an opening and a closing mark. */
final class Lexer {
  private static final List<String> LONG = List.of("==", "!=", ">=", "<=", "//", "**");
  private static final String SHORT = "+-*/%~()[]{}<>=.,:|";
  private static final String OPENING = "([{";
  private static final String CLOSING = ")]}";

  private final String source;
  private final String close;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int line;
  private int depth;
  private char sign = ' ';

  Lexer(String source, int from, int line, String close) {
    this.source = source;
    this.at = from;
    this.line = line;
    this.close = close;
  }

  List<Token> tokens() {
    while (true) {
      skipBlanks();
      if (closed()) {
        tokens.add(new Token(Token.Kind.END, close, line));
        return tokens;
      }
      tokens.add(next());
    }
  }

  /** Just behind the closing mark. */
  int end() {
    return at;
  }

  /** The {@code -} or {@code +} of the closing mark, or a blank. */
  char sign() {
    return sign;
  }

  private void skipBlanks() {
    while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
      line += source.charAt(at++) == '\n' ? 1 : 0;
    }
    if (at >= source.length()) {
      throw new JinjaException("a tag is not closed by " + close).at(line);
    }
  }

  private boolean closed() {
    char c = source.charAt(at);
    boolean signed = (c == '-' || c == '+') && source.startsWith(close, at + 1);
    if (depth > 0 || !(signed || source.startsWith(close, at))) {
      return false;
    }
    sign = signed ? c : ' ';
    at += close.length() + (signed ? 1 : 0);
    return true;
  }

  private Token next() {
    char c = source.charAt(at);
    if (Character.isLetter(c) || c == '_') {
      return name();
    }
    if (c >= '0' && c <= '9') {
      return number();
    }
    if (c == '"' || c == '\'') {
      return text(c);
    }
    return symbol(c);
  }

  private Token name() {
    int start = at;
    while (at < source.length()
        && (Character.isLetterOrDigit(source.charAt(at)) || source.charAt(at) == '_')) {
      at++;
    }
    return new Token(Token.Kind.NAME, source.substring(start, at), line);
  }

  private Token number() {
    int start = at;
    digits();
    boolean whole = true;
    if (at + 1 < source.length() && source.charAt(at) == '.' && digit(at + 1)) {
      whole = false;
      at++;
      digits();
    }
    String text = source.substring(start, at).replace("_", "");
    return new Token(whole ? Token.Kind.INTEGER : Token.Kind.FLOAT, text, line);
  }

  private void digits() {
    while (digit(at) || (at < source.length() && source.charAt(at) == '_')) {
      at++;
    }
  }

  private boolean digit(int position) {
    return position < source.length()
        && source.charAt(position) >= '0'
        && source.charAt(position) <= '9';
  }

  private Token text(char quote) {
    int first = line;
    StringBuilder text = new StringBuilder();
    at++;
    while (at < source.length() && source.charAt(at) != quote) {
      char c = source.charAt(at++);
      line += c == '\n' ? 1 : 0;
      if (c == '\\' && at < source.length()) {
        escape(text);
      } else {
        text.append(c);
      }
    }
    if (at >= source.length()) {
      throw new JinjaException("a text in quotes is not closed").at(first);
    }
    at++;
    return new Token(Token.Kind.TEXT, text.toString(), first);
  }

  private void escape(StringBuilder text) {
    char c = source.charAt(at++);
    switch (c) {
      case 'n' -> text.append('\n');
      case 't' -> text.append('\t');
      case 'r' -> text.append('\r');
      case 'f' -> text.append('\f');
      case 'b' -> text.append('\b');
      case '\\', '\'', '"' -> text.append(c);
      case 'x' -> text.appendCodePoint(hex(2));
      case 'u' -> text.appendCodePoint(hex(4));
      case 'U' -> text.appendCodePoint(hex(8));
      case '\n' -> line++;
      default -> text.append('\\').append(c);
    }
  }

  private int hex(int digits) {
    try {
      int value = Integer.parseInt(source.substring(at, at + digits), 16);
      at += digits;
      if (Character.isValidCodePoint(value)) {
        return value;
      }
    } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
      throw new JinjaException("an escape in quotes has no hexadecimal digits").at(line);
    }
    throw new JinjaException("an escape in quotes is no character").at(line);
  }

  private Token symbol(char c) {
    for (String symbol : LONG) {
      if (source.startsWith(symbol, at)) {
        at += symbol.length();
        return new Token(Token.Kind.SYMBOL, symbol, line);
      }
    }
    if (SHORT.indexOf(c) < 0) {
      throw new JinjaException("unexpected character '" + c + "'").at(line);
    }
    depth += OPENING.indexOf(c) >= 0 ? 1 : CLOSING.indexOf(c) >= 0 ? -1 : 0;
    at++;
    return new Token(Token.Kind.SYMBOL, String.valueOf(c), line);
  }
}
