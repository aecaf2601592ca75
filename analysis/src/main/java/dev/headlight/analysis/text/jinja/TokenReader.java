package dev.headlight.analysis.text.jinja;

import java.util.List;

/** Walks over the words of one tag. */
final class TokenReader {
  private final List<Token> tokens;
  private int at;

  TokenReader(List<Token> tokens) {
    this.tokens = tokens;
  }

  Token peek() {
    return tokens.get(at);
  }

  Token peekNext() {
    return tokens.get(Math.min(at + 1, tokens.size() - 1));
  }

  Token next() {
    Token token = tokens.get(at);
    if (token.kind() != Token.Kind.END) {
      at++;
    }
    return token;
  }

  boolean takeName(String name) {
    return take(peek().isName(name));
  }

  boolean takeSymbol(String symbol) {
    return take(peek().isSymbol(symbol));
  }

  private boolean take(boolean there) {
    at += there ? 1 : 0;
    return there;
  }

  String name() {
    Token token = next();
    if (token.kind() != Token.Kind.NAME) {
      throw unexpected(token, "a name");
    }
    return token.text();
  }

  void symbol(String symbol) {
    Token token = next();
    if (!token.isSymbol(symbol)) {
      throw unexpected(token, "'" + symbol + "'");
    }
  }

  void end() {
    if (peek().kind() != Token.Kind.END) {
      throw unexpected(peek(), "the end of the tag");
    }
  }

  int line() {
    return peek().line();
  }

  static JinjaException unexpected(Token token, String expected) {
    return new JinjaException("expected " + expected + ", found '" + token.text() + "'")
        .at(token.line());
  }
}
